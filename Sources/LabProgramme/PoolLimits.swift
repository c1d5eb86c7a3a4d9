package import LabDomain
internal import LabSettings

/// What keeps laboratory pools within bounds; a programme may leave any of it out.
package struct PoolLimits: Hashable, Sendable {
    /// The share of positives in a class below which pools are proposed.
    ///
    /// Source of the default: the guide on pooled samples of 21 July 2020 (mass screening below
    /// 0.1 %).
    package let highestPrevalence: Double
    /// Of the positives that single tests find, the least share that pools must find too.
    ///
    /// Source of the default: FDA, template for pooled tests, 2020.
    package let sensitivityFloor: Double
    /// The share of tests that a scheme must save over one with fewer stages or smaller pools.
    ///
    /// Each stage costs a round, and larger pools miss more. A choice of this house.
    package let worthwhileSaving: Double
    /// The age, since the swab was taken, that a pooled tube may reach by its last retest.
    package let oldest: Span
    /// The correlation of two people of one household.
    ///
    /// Source of the default: a secondary attack rate of 16.6 %, as Wan, Zhang and Frazier take it
    /// (arXiv 2111.07517).
    package let householdCorrelation: Double

    /// The bounds of a programme that names none.
    package init() {
        highestPrevalence = 0.001
        sensitivityFloor = 0.85
        worthwhileSaving = 0.05
        oldest = .hours(24)
        householdCorrelation = 0.17
    }

    /// Reads the bounds out of `laboratory_pools`.
    init(_ item: inout SettingsReader) {
        let usual = PoolLimits()
        highestPrevalence =
            item.ifPresent("highest_prevalence") { $0.double(in: 0...1) }
            ?? usual.highestPrevalence
        sensitivityFloor =
            item.ifPresent("sensitivity_floor") { $0.double(in: 0...1) } ?? usual.sensitivityFloor
        worthwhileSaving =
            item.ifPresent("worthwhile_saving") { $0.double(in: 0...1) } ?? usual.worthwhileSaving
        oldest = item.ifPresent("oldest") { Span($0.duration()) } ?? usual.oldest
        householdCorrelation =
            item.ifPresent("household_correlation") { $0.double(in: 0...0.99) }
            ?? usual.householdCorrelation
    }
}
