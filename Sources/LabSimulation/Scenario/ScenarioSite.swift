internal import LabStatistics

/// A sampling site, played up to any time that is asked for, without a list of events.
///
/// The line that can begin first takes the next person. The site draws from its own streams, so
/// that it does not matter when, or in which order with others, it is asked.
struct ScenarioSite: ~Copyable {
    private let plan: SitePlan
    private let secondsLeast: Double
    private let secondsSpan: Double
    private let timeout: Double
    private let capacity: Int
    private var arrivals: Arrivals
    private var nextArrival: Double
    private var swabbing: SeededGenerator
    private var people: SeededGenerator
    private var lines: Block<SiteLine>
    private var begins = WaitingLine(capacity: 8, blank: 0.0)
    private var open: Int32 = -1
    private var opened = 0.0
    // The stair of the duty that the last arrival found.
    private var stair = 0
    private var first: Int32 = -1
    private var last: Int32 = -1

    init(
        _ plan: SitePlan, _ compiled: CompiledScenario, _ master: SeededGenerator
    ) {
        self.plan = plan
        let sampling = compiled.scenario.sampling
        secondsLeast = sampling.secondsLeast / 60
        secondsSpan = (sampling.secondsMost - sampling.secondsLeast) / 60
        timeout = sampling.tubeTimeout
        capacity = compiled.zones[plan.zone].peopleInTube
        let own = plan.stream
        let profile = compiled.profiles[plan.district]
        arrivals = Arrivals(
            expected: plan.expected, profile: profile,
            random: master.stream(named: "arrivals", number: own))
        swabbing = master.stream(named: "sampling", number: own)
        people = master.stream(named: "infections", number: own)
        lines = Block(capacity: plan.lines, filledWith: SiteLine())
        nextArrival = plan.expected > 0 ? arrivals.next(profile) ?? .infinity : .infinity
    }

    /// Whether everybody has come, and every tube was fetched.
    var isEmpty: Bool {
        guard nextArrival == .infinity, open < 0, first < 0 else { return false }
        return (0..<plan.lines).allSatisfy { lines[$0].pending == 0 }
    }

    /// Plays up to a time, which never falls from one call to the next.
    mutating func advance(
        to time: Double, _ profile: ArrivalProfile, _ zone: borrowing ScenarioZone,
        _ world: inout ScenarioWorld
    ) {
        while nextArrival <= time {
            if plan.duty == nil { serve(zone, &world) } else { serveByDuty(zone, &world) }
            nextArrival = arrivals.next(profile) ?? .infinity
        }
        packAll(to: time, zone, &world)
        if open >= 0, opened + timeout <= time {
            world.tally.tubesByTimeout += 1
            close(at: opened + timeout, zone, &world)
        }
    }

    /// Gives away up to `most` tubes that are closed by a time: the chain's ends and its length.
    mutating func fetch(
        at time: Double, most: Int, _ tubes: inout ScenarioTubes
    ) -> (first: Int32, last: Int32, count: Int) {
        guard first >= 0, most > 0, tubes[first].closed <= time else { return (-1, -1, 0) }
        let head = first
        var (end, count) = (first, 1)
        while count < most, case let next = tubes[end].next, next >= 0, tubes[next].closed <= time {
            end = next
            count += 1
        }
        first = tubes[end].next
        if first < 0 { last = -1 }
        tubes[end].next = -1
        return (head, end, count)
    }

    /// All lines work at all times: the one free longest takes the person.
    @inline(__always)
    private mutating func serve(_ zone: borrowing ScenarioZone, _ world: inout ScenarioWorld) {
        let arrival = nextArrival
        var line = 0
        for other in 1..<max(1, plan.lines) where lines[other].free < lines[line].free {
            line = other
        }
        let free = lines[line].free
        // Its last swab is the earliest of all that are under way.
        if lines[line].pending > 0 { pack(free, zone, &world) }
        greet(arrival, begin: max(free, arrival), &world)
        let end = max(free, arrival) + swab()
        lines[line] = SiteLine(free: end, pending: end)
    }

    /// Lines work when somebody is on duty: the one that can begin first takes the person.
    private mutating func serveByDuty(
        _ zone: borrowing ScenarioZone, _ world: inout ScenarioWorld
    ) {
        var (line, begin) = (-1, Double.infinity)
        if let stairs = plan.duty {
            while stair + 1 < stairs.count, stairs[stair + 1].from <= nextArrival { stair += 1 }
        }
        for other in 0..<plan.lines {
            let start = onDuty(other, from: max(lines[other].free, nextArrival))
            if start < begin { (line, begin) = (other, start) }
        }
        guard line >= 0 else {
            world.tally.persons += 1
            world.tally.unserved += 1
            return
        }
        packAll(to: begin, zone, &world)
        greet(nextArrival, begin: begin, &world)
        let end = begin + swab()
        lines[line] = SiteLine(free: end, pending: end)
    }

    private func onDuty(_ line: Int, from time: Double) -> Double {
        guard let stairs = plan.duty else { return time }
        var level = 0
        // Nobody begins before the last arrival, nor do stairs before its own matter.
        for place in stair..<stairs.count {
            let stair = stairs[place]
            if stair.from <= time {
                level = stair.count
            } else {
                if level > line { return time }
                if stair.count > line { return stair.from }
            }
        }
        return level > line ? time : .infinity
    }

    @inline(__always)
    private mutating func swab() -> Double { secondsLeast + secondsSpan * swabbing.uniform() }

    @inline(__always)
    private mutating func greet(_ arrival: Double, begin: Double, _ world: inout ScenarioWorld) {
        world.tally.persons += 1
        if world.tally.isLean { return }
        guard begin > arrival else {
            world.tally.wait.addZero()
            return
        }
        world.tally.addWait(begin - arrival, at: arrival)
        while let first = begins.first, first <= arrival { _ = begins.removeFirst() }
        begins.append(begin)
        if begins.count > world.tally.mostAtSite { world.tally.mostAtSite = begins.count }
    }

    /// Packs every swab that ends by a time, in order.
    private mutating func packAll(
        to time: Double, _ zone: borrowing ScenarioZone, _ world: inout ScenarioWorld
    ) {
        while true {
            var line = -1
            for other in 0..<plan.lines where lines[other].pending > 0 {
                if line < 0 || lines[other].pending < lines[line].pending { line = other }
            }
            guard line >= 0, lines[line].pending <= time else { return }
            pack(lines[line].pending, zone, &world)
            lines[line].pending = 0
        }
    }

    /// Puts a swab into the open tube; first closes the tube whose time is up.
    @inline(__always)
    private mutating func pack(
        _ swab: Double, _ zone: borrowing ScenarioZone, _ world: inout ScenarioWorld
    ) {
        if open >= 0, swab > opened + timeout {
            world.tally.tubesByTimeout += 1
            close(at: opened + timeout, zone, &world)
        }
        if open < 0 {
            open = world.tubes.take(zone: Int32(truncatingIfNeeded: plan.zone))
            opened = swab
        }
        world.tally.sampled(at: swab, district: plan.district)
        if world.tubes.add(swabbedAt: swab, to: open) == capacity { close(at: swab, zone, &world) }
    }

    /// Closes the open tube; who in it is infected, and what a test will read, is drawn now.
    private mutating func close(
        at time: Double, _ zone: borrowing ScenarioZone, _ world: inout ScenarioWorld
    ) {
        let tube = open
        let members = Int(world.tubes[tube].members)
        world.tally.closed(zone: plan.zone, members: members)
        var infected = 0
        if people.uniform() >= zone.infection.clear[members] {
            let bits = zone.infection.draw(members, &people)
            infected = bits.nonzeroBitCount
            world.tubes[tube].infected = bits
            world.tally.infected += infected
        }
        let chance = zone.reading.positive(infected)
        if chance > 0, zone.tubesInWell == 1 {
            world.tubes[tube].reads = people.uniform() < chance
        }
        world.tubes[tube].open = UInt8(truncatingIfNeeded: members)
        world.tubes[tube].closed = time
        if first < 0 { first = tube } else { world.tubes[last].next = tube }
        last = tube
        open = -1
    }
}

/// A line: when it is free again, and when its last swab ends that is in no tube yet (0: none).
struct SiteLine: BitwiseCopyable {
    var free = 0.0
    var pending = 0.0
}
