/// A rule by which control measurements tell that a method has left its usual ways.
///
/// Source: Westgard, Barry, Hunt & Groth, Clinical Chemistry 1981, 27:493-501. *s* is the standard
/// deviation of the control; "beyond" is more than that far from the mean.
package enum WestgardRule: String, CaseIterable, Hashable, Comparable, Sendable, Codable {
    /// One beyond 2 s: look at the others.
    case warning2s = "1-2s"
    /// One beyond 3 s.
    case beyond3s = "1-3s"
    /// Two of one run, or the last two of one control, beyond 2 s on the same side.
    case twice2s = "2-2s"
    /// Of one run, one beyond 2 s above and one beyond 2 s below.
    case range4s = "R-4s"
    /// The last four, of one control or of all, beyond 1 s on the same side.
    case four1s = "4-1s"
    /// The last ten, of one control or of all, on the same side of the mean.
    case ten = "10x"

    /// Whether it asks for more than a look.
    package var isRejection: Bool { self != .warning2s }

    /// The rules in their usual order.
    package static func < (one: Self, other: Self) -> Bool { one.order < other.order }

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
