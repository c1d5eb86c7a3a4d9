/// How a laboratory pool is tested: all at once, then in smaller pools, then one by one.
///
/// `10>5>1` tests ten tubes in one well; when it reads positive two wells of five, and then each
/// tube of a positive five.
package struct PoolScheme: Hashable, Sendable {
    /// Tubes in a pool at each stage before the last, falling; the last stage is the single tube.
    package let sizes: [Int]

    /// The most stages that a scheme may have, single tubes included.
    ///
    /// Every further stage costs a run, and so hours of the feedback window.
    package static let mostStages = 4

    /// A scheme whose sizes fall and lie above 1; nil when they do not.
    package init?(sizes: [Int]) {
        guard let last = sizes.last, last > 1, sizes.count < Self.mostStages,
            zip(sizes, sizes.dropFirst()).allSatisfy({ $0 > $1 })
        else { return nil }
        self.sizes = sizes
    }

    /// Two stages: a pool, then its tubes.
    package init?(size: Int) {
        self.init(sizes: [size])
    }

    /// A scheme as programmes write it, like `10>5>1`.
    package init?(text: String) {
        let parts = text.split(separator: ">", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.last == 1, !parts.contains(nil) else { return nil }
        self.init(sizes: parts.dropLast().compactMap { $0 })
    }

    /// Tubes in the first pool.
    package var first: Int { sizes[0] }
    /// The stages, single tubes included.
    package var stages: Int { sizes.count + 1 }

    /// The sizes that follow when a pool reads positive; empty when its tubes are tested singly.
    package var below: [Int] { Array(sizes.dropFirst()) }
}

extension PoolScheme: CustomStringConvertible {
    package var description: String {
        sizes.map(String.init).joined(separator: ">") + ">1"
    }
}

extension PoolScheme: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let scheme = PoolScheme(text: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a scheme of falling sizes")
        }
        self = scheme
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
