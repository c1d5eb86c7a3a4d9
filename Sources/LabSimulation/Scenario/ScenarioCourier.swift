internal import LabStatistics

/// What happens in a scenario.
enum ScenarioEvent {
    static let round: UInt8 = 1
    static let receipt: UInt8 = 2
    static let receptionEnd: UInt8 = 3
    static let poolTimeout: UInt8 = 4
    static let plateTimeout: UInt8 = 5
    static let extractionEnd: UInt8 = 6
    static let pcrEnd: UInt8 = 7
    static let reviewEnd: UInt8 = 8
    static let callBack: UInt8 = 9
    static let keptReady: UInt8 = 10
    static let change: UInt8 = 11
    static let departure: UInt8 = 12
    static let breakdown: UInt8 = 13
    static let repaired: UInt8 = 14
}

/// A courier: rounds over a few sites, then to a laboratory and back.
struct ScenarioCourier: ~Copyable {
    let plan: CourierPlan
    private let transport: Scenario.Transport
    private var random: SeededGenerator
    private var rounds = 0
    // What is carried from the sites until the departure for the laboratory.
    private var first: Int32 = -1
    private var last: Int32 = -1
    private var count = 0
    private var began = 0.0

    init(_ number: Int, _ compiled: CompiledScenario, _ master: SeededGenerator) {
        plan = compiled.couriers[number]
        transport = compiled.scenario.transport
        random = master.stream(named: "couriers", number: plan.stream)
    }

    /// Visits the sites, one stop after the other, beginning with another one each time.
    /// - Returns: When the courier leaves for the laboratory; nil when nothing was there.
    mutating func visit(
        from time: Double, _ compiled: CompiledScenario,
        _ sites: UnsafeMutablePointer<ScenarioSite>, _ world: inout ScenarioWorld
    ) -> Double? {
        began = time
        var now = time
        for turn in plan.sites.indices {
            let site = plan.sites[(rounds + turn) % plan.sites.count]
            now += transport.stop
            sites[site].advance(
                to: now, compiled.profiles[plan.district],
                compiled.zones[compiled.sites[site].zone], &world)
            let fetched = sites[site].fetch(
                at: now, most: transport.capacity - count, &world.tubes)
            guard fetched.count > 0 else { continue }
            if first < 0 { first = fetched.first } else { world.tubes[last].next = fetched.first }
            last = fetched.last
            count += fetched.count
        }
        rounds += 1
        return count > 0 ? now : nil
    }

    /// Leaves for a laboratory: the tubes, and when they arrive.
    mutating func leave(
        at time: Double, minutes: Double
    ) -> (first: Int32, count: Int, arrival: Double) {
        defer { (first, last, count) = (-1, -1, 0) }
        let travel = minutes * random.uniform(from: transport.slowLeast, to: transport.slowMost)
        return (first, count, time + travel)
    }

    /// When the next round begins: after the interval, and not before the courier is back.
    func nextRound(back: Double) -> Double { max(began + transport.interval, back) }

    /// Whether every site of the round is empty for good.
    func isDone(_ sites: UnsafeMutablePointer<ScenarioSite>) -> Bool {
        count == 0 && plan.sites.allSatisfy { sites[$0].isEmpty }
    }
}
