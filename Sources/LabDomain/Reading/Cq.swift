/// A cycle of quantification: the cycle at which a curve crosses its threshold.
package struct Cq: Hashable, Comparable, Sendable, Codable {
    /// Cycles, usually 10 to 45.
    package let cycles: Double

    /// A cycle number; nil when it is not a number between 0 and 100.
    package init?(_ cycles: Double) {
        guard cycles.isFinite, cycles >= 0, cycles <= 100 else { return nil }
        self.cycles = cycles
    }

    /// A cycle that no instrument reaches.
    package static let latest = Cq(unchecked: 100)

    private init(unchecked cycles: Double) {
        self.cycles = cycles
    }

    package static func < (one: Self, other: Self) -> Bool { one.cycles < other.cycles }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let cq = Cq(try container.decode(Double.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a Cq")
        }
        self = cq
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(cycles)
    }
}

/// What one target in one well says.
package enum Call: String, CaseIterable, Hashable, Sendable, Codable {
    case detected
    case grey
    case notDetected = "not-detected"
}
