/// What a solver says of a program.
package struct ProgramAnswer: Sendable {
    /// How a solver's work ended.
    package enum Status: String, Sendable {
        /// Nothing costs less.
        case optimal
        /// A choice was found; time ran out before it was known to be the best.
        case feasible
        /// No choice keeps every condition.
        case infeasible
        /// The cost falls without end: a condition is missing.
        case unbounded
        /// Time ran out, or the numbers got out of hand, before anything was found.
        case unknown
    }

    package let status: Status
    /// The cost of the choice; infinite when there is none.
    package let cost: Double
    /// No choice costs less than this; −infinity when nothing is known.
    package let bound: Double
    /// One number an unknown; empty when there is no choice.
    package let values: [Double]

    /// (cost − bound) / cost: how far from the best the choice can be.
    package var gap: Double {
        guard !values.isEmpty, bound.isFinite else { return .infinity }
        return max(0, cost - bound) / max(abs(cost), 1e-12)
    }
}
