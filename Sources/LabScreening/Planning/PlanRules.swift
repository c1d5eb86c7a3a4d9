package import LabSimulation

/// What a plan must keep beside the scenario's goal, and how much it may ask for.
package struct PlanRules: Sendable, Hashable {
    /// People for each site at most: the guideline has a site for 2,000 to 3,000 people.
    package var peopleForSite = 3_000
    /// People for each site at least.
    package var leastForSite = 2_000
    /// The share of an hour that a line may be at work when most people come.
    package var busiest = 0.85
    /// Minutes from a tube's first swab to the laboratory at most: the drill of Shishi, January
    /// 2022, had four hours.
    package var collectedToReceipt = 240.0
    /// Hours of a shift of samplers, and of laboratory staff.
    package var samplerShift = 2.0
    package var staffShift = 8.0
    /// How many times the machines and people that the scenario gives a laboratory it may have.
    package var growth = 2.0
    /// Machines or people beyond that, for each laboratory, by station.
    package var extra: [ScenarioStation: Int] = [:]
    /// Laboratories that a district may send to, the nearest first.
    package var reach = 4

    /// The usual rules.
    package init() {}

    /// The most of a resource that a laboratory may have.
    func most(_ station: ScenarioStation, of laboratory: Scenario.Laboratory) -> Int {
        let given = Double(laboratory.levels(of: station).most)
        return max(1, Int((growth * given).rounded(.up))) + (extra[station] ?? 0)
    }
}
