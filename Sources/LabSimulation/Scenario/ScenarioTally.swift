/// The stations of a laboratory, in the order of the sample.
package enum ScenarioStation: Int, CaseIterable, Sendable, Hashable {
    case reception
    case extraction
    case pcr
    case review
}

/// What one run counts, bounded in memory whatever the population.
///
/// Everything that groups of laboratories add to is a whole number, so that the order in which
/// they are played changes no bit.
struct ScenarioTally: ~Copyable {
    /// The length of a bin of the city's curves, in minutes.
    static let bin = 5.0
    /// The length of a bin of a district's curves, and between two looks at the queues.
    static let look = 15.0

    var persons = 0
    var unserved = 0
    var resulted = 0
    var tubesByTimeout = 0
    var infected = 0
    var found = 0
    var positiveWells = 0
    var calledBack = 0
    var keptRetested = 0
    var plates = 0
    var platesRepeated = 0
    var wells = 0
    var trips = 0
    var events = 0
    var inWindow = 0
    var mostAtSite = 0
    // Milliseconds.
    private(set) var waited = 0
    private(set) var lastSwab = 0.0
    private(set) var lastResult = 0.0
    /// The longest time from receipt to a final result; counted by lean tallies only.
    private(set) var longest = 0.0
    /// Minutes from receipt of the first tube to the final result, over people.
    var turnaround: LogHistogram
    /// Minutes from the first swab to the final result, over people.
    var sinceSwab: LogHistogram
    /// Minutes from arrival to the swab, over people.
    var wait: LogHistogram
    /// Tubes closed, by zone and members.
    private(set) var tubes: Block<Int>
    private let stride: Int
    private(set) var sampledByBin: Block<Int>
    private(set) var resultsByBin: Block<Int>
    private(set) var receivedByBin: Block<Int>
    private(set) var waitByLook: Block<Int>
    /// Waiting and at work at each look, by station.
    var waiting: Block<Int>
    var working: Block<Int>
    private(set) var sampledOf: Block<Int32>
    private(set) var resultsOf: Block<Int32>
    let looks: Int
    private let bins: Int
    private let window: Double
    /// Whether only that is counted which says if the goal was kept.
    let isLean: Bool

    init(
        _ compiled: borrowing CompiledScenario, _ goal: Scenario.Goal? = nil, isLean: Bool = false
    ) {
        self.isLean = isLean
        turnaround = isLean ? .unused() : LogHistogram()
        sinceSwab = isLean ? .unused() : LogHistogram()
        wait = isLean ? .unused() : LogHistogram()
        let horizon = compiled.scenario.horizon
        bins = isLean ? 1 : Int(horizon / Self.bin) + 2
        looks = Int(horizon / Self.look) + 2
        window = (goal ?? compiled.scenario.goal).window
        stride = compiled.mostInTube + 1
        tubes = Block(capacity: isLean ? 1 : compiled.zones.count * stride, filledWith: 0)
        sampledByBin = Block(capacity: bins, filledWith: 0)
        resultsByBin = Block(capacity: bins, filledWith: 0)
        receivedByBin = Block(capacity: bins, filledWith: 0)
        waitByLook = Block(capacity: isLean ? 1 : looks, filledWith: 0)
        waiting = Block(capacity: looks * 4, filledWith: 0)
        working = Block(capacity: looks * 4, filledWith: 0)
        let districts = isLean ? 0 : compiled.scenario.districts.count
        sampledOf = Block(capacity: looks * districts, filledWith: 0)
        resultsOf = Block(capacity: looks * districts, filledWith: 0)
    }

    /// The place of a time in the curves; what is beyond them falls into the last bin.
    @inline(__always)
    private func place(_ time: Double, _ length: Double, _ count: Int) -> Int {
        min(max(0, Int(time / length)), count - 1)
    }

    @inline(__always)
    mutating func sampled(at time: Double, district: Int) {
        if time > lastSwab { lastSwab = time }
        if isLean { return }
        sampledByBin[place(time, Self.bin, bins)] &+= 1
        sampledOf[district * looks + place(time, Self.look, looks)] &+= 1
    }

    @inline(__always)
    mutating func closed(zone: Int, members: Int) {
        if !isLean { tubes[zone * stride + members] &+= 1 }
    }

    /// Tubes of a zone that were closed with so many members.
    func tubes(zone: Int, members: Int) -> Int { tubes[zone * stride + members] }

    mutating func received(_ count: Int, at time: Double) {
        if !isLean { receivedByBin[place(time, Self.bin, bins)] &+= count }
    }

    mutating func addWait(_ minutes: Double, at time: Double) {
        wait.add(minutes)
        let milliseconds = Int((minutes * 60_000).rounded())
        waited &+= milliseconds
        waitByLook[place(time, Self.look, looks)] &+= milliseconds
    }

    /// So many people of a tube have their final result.
    @inline(__always)
    mutating func conclude(_ people: Int, received: Double, at time: Double, district: Int) {
        resulted += people
        if time - received <= window { inWindow += people }
        if time > lastResult { lastResult = time }
        if isLean {
            longest = max(longest, time - received)
            return
        }
        turnaround.add(time - received, times: people)
        resultsByBin[place(time, Self.bin, bins)] &+= people
        resultsOf[district * looks + place(time, Self.look, looks)] &+= Int32(
            truncatingIfNeeded: people)
    }
}

/// All that the parts of a group touch besides themselves.
struct ScenarioWorld: ~Copyable {
    var agenda = EventList()
    var tubes: ScenarioTubes
    var tally: ScenarioTally
    var nextLook = 0.0

    init(_ compiled: borrowing CompiledScenario) {
        tubes = ScenarioTubes(most: compiled.mostInTube)
        tally = ScenarioTally(compiled)
    }

    /// A world that counts only what says whether a goal was kept.
    init(_ compiled: borrowing CompiledScenario, leanFor goal: Scenario.Goal) {
        tubes = ScenarioTubes(most: compiled.mostInTube)
        tally = ScenarioTally(compiled, goal, isLean: true)
    }
}
