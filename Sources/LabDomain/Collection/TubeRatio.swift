/// How many people are swabbed into one tube at most, single tubes included.
package enum TubeRatio: Int, CaseIterable, Hashable, Sendable, Codable {
    case one = 1
    case five = 5
    case ten = 10
    case twenty = 20

    /// The ratio of a mixed tube.
    package init(_ mixed: MixRatio) {
        switch mixed {
        case .five: self = .five
        case .ten: self = .ten
        case .twenty: self = .twenty
        }
    }
}

extension TubeRatio: Comparable {
    package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}

extension TubeRatio: CustomStringConvertible {
    /// `10:1`, as manifests write it.
    package var description: String { "\(rawValue):1" }
}
