internal import LabStatistics

/// Plays scenarios.
package enum ScenarioSimulation {
    /// Makes a scenario ready and plays it once.
    /// - Throws: `ScenarioFaults` when it cannot be played.
    package static func run(
        _ scenario: Scenario, seed: UInt64
    ) throws(ScenarioFaults) -> ScenarioOutcome {
        run(try CompiledScenario(scenario), seed: seed)
    }

    /// Plays a scenario once.
    ///
    /// Couriers and laboratories that touch each other are played with one list of events,
    /// groups one after the other; every source of chance has its own stream, so that the result
    /// is the same to the last bit as with one list for all (`runWhole`).
    /// - Parameters:
    ///   - compiled: The scenario.
    ///   - seed: Equal seeds give equal outcomes, everywhere; scenarios that differ in one
    ///     resource share all other chance.
    /// - Returns: What the run came to.
    package static func run(_ compiled: CompiledScenario, seed: UInt64) -> ScenarioOutcome {
        run(compiled, compiled.groups, seed: seed)
    }

    /// Plays a scenario once with one list of events for everything.
    package static func runWhole(_ compiled: CompiledScenario, seed: UInt64) -> ScenarioOutcome {
        let whole = ScenarioGroup(
            couriers: Array(compiled.couriers.indices),
            laboratories: Array(compiled.scenario.laboratories.indices))
        return run(compiled, [whole], seed: seed)
    }

    static func run(
        _ compiled: CompiledScenario, _ groups: [ScenarioGroup], seed: UInt64
    ) -> ScenarioOutcome {
        let master = SeededGenerator(seed: seed)
        var world = ScenarioWorld(compiled)
        var ends = [LaboratoryEnd](
            repeating: LaboratoryEnd(), count: compiled.scenario.laboratories.count)
        for group in groups {
            world.agenda.clear()
            world.nextLook = 0
            let play = ScenarioPlay(compiled, group, master)
            play.run(&world)
            for place in group.laboratories { ends[place] = play.end(of: place) }
        }
        return world.tally.outcome(compiled, ends, seed: seed)
    }
}

/// One group of couriers and laboratories with their sites, played with one list of events.
struct ScenarioPlay: ~Copyable {
    private let compiled: CompiledScenario
    private let group: ScenarioGroup
    // Their owners would be counted and checked at each event if they were objects. Places are
    // those of the whole city; only the group's are made.
    private let sites: UnsafeMutablePointer<ScenarioSite>
    private let couriers: UnsafeMutablePointer<ScenarioCourier>
    private let rooms: UnsafeMutablePointer<ScenarioLaboratory>
    private let ownSites: [Int]

    init(_ compiled: CompiledScenario, _ group: ScenarioGroup, _ master: SeededGenerator) {
        (self.compiled, self.group) = (compiled, group)
        sites = .allocate(capacity: compiled.sites.count)
        couriers = .allocate(capacity: compiled.couriers.count)
        rooms = .allocate(capacity: compiled.scenario.laboratories.count)
        var isMade = [Bool](repeating: false, count: compiled.sites.count)
        for courier in group.couriers {
            (couriers + courier).initialize(to: ScenarioCourier(courier, compiled, master))
            for site in compiled.couriers[courier].sites where !isMade[site] {
                isMade[site] = true
                (sites + site).initialize(
                    to: ScenarioSite(compiled.sites[site], compiled, master))
            }
        }
        ownSites = isMade.indices.filter { isMade[$0] }
        for place in group.laboratories {
            (rooms + place).initialize(to: ScenarioLaboratory(place, compiled, master))
        }
    }

    deinit {
        for site in ownSites { (sites + site).deinitialize(count: 1) }
        for courier in group.couriers { (couriers + courier).deinitialize(count: 1) }
        for place in group.laboratories { (rooms + place).deinitialize(count: 1) }
        sites.deallocate()
        couriers.deallocate()
        rooms.deallocate()
    }

    /// Plays to the end, or to the horizon.
    func run(_ world: inout ScenarioWorld) {
        for courier in group.couriers {
            world.agenda.schedule(
                ScenarioEvent.round, at: compiled.couriers[courier].firstRound,
                subject: Int32(courier))
        }
        let horizon = compiled.scenario.horizon
        while let event = world.agenda.next(), event.time <= horizon {
            while world.nextLook <= event.time { look(&world) }
            world.tally.events += 1
            let subject = Int(event.subject)
            switch event.kind {
            case ScenarioEvent.round: visit(subject, event.time, &world)
            case ScenarioEvent.departure: leave(subject, event.time, &world)
            case ScenarioEvent.receipt: rooms[subject].receive(event.detail, at: event.time, &world)
            default: rooms[subject].handle(event, &world)
            }
        }
        // What waits in vain is seen to the end.
        while world.nextLook <= horizon { look(&world) }
    }

    /// Plays the sites and couriers alone; `arrived` takes over what each trip brings.
    func collect(
        _ world: inout ScenarioWorld,
        _ arrived: ((first: Int32, count: Int, arrival: Double), inout ScenarioTubes) -> Void
    ) {
        for courier in group.couriers {
            world.agenda.schedule(
                ScenarioEvent.round, at: compiled.couriers[courier].firstRound,
                subject: Int32(courier))
        }
        while let event = world.agenda.next(), event.time <= compiled.scenario.horizon {
            let courier = Int(event.subject)
            guard event.kind == ScenarioEvent.departure else {
                visit(courier, event.time, &world)
                continue
            }
            let goal = compiled.couriers[courier].destinations[0]
            let trip = couriers[courier].leave(at: event.time, minutes: goal.minutes)
            arrived(trip, &world.tubes)
            world.agenda.schedule(
                ScenarioEvent.round,
                at: couriers[courier].nextRound(back: 2 * trip.arrival - event.time),
                subject: event.subject)
        }
    }

    func end(of place: Int) -> LaboratoryEnd { LaboratoryEnd(rooms[place]) }

    private func look(_ world: inout ScenarioWorld) {
        let place = Int(world.nextLook / ScenarioTally.look)
        for room in group.laboratories { rooms[room].look(place, &world.tally) }
        world.nextLook += ScenarioTally.look
    }

    private func visit(_ courier: Int, _ time: Double, _ world: inout ScenarioWorld) {
        if let departure = couriers[courier].visit(from: time, compiled, sites, &world) {
            world.agenda.schedule(
                ScenarioEvent.departure, at: departure, subject: Int32(courier))
        } else if !couriers[courier].isDone(sites) {
            world.agenda.schedule(
                ScenarioEvent.round, at: couriers[courier].nextRound(back: time),
                subject: Int32(courier))
        }
    }

    private func leave(_ courier: Int, _ time: Double, _ world: inout ScenarioWorld) {
        let goal = destination(of: courier, at: time)
        let trip = couriers[courier].leave(at: time, minutes: goal.minutes)
        world.tally.trips += 1
        rooms[goal.laboratory].load += trip.count
        world.agenda.schedule(
            ScenarioEvent.receipt, at: trip.arrival, subject: Int32(goal.laboratory),
            detail: trip.first)
        world.agenda.schedule(
            ScenarioEvent.round, at: couriers[courier].nextRound(back: 2 * trip.arrival - time),
            subject: Int32(courier))
    }

    /// Where a courier goes: the laboratory that would be through with its work first.
    private func destination(of courier: Int, at time: Double) -> CourierPlan.Destination {
        let choices = compiled.couriers[courier].destinations
        var best = choices[0]
        guard choices.count > 1 else { return best }
        var least = Double.infinity
        for choice in choices {
            let cyclers = compiled.scenario.laboratories[choice.laboratory].cyclers.level(at: time)
            let testing = compiled.scenario.testing
            let pace = Double(max(cyclers, 0) * testing.samplesOnPlate) / testing.pcr.mean
            let backlog = Double(rooms[choice.laboratory].load)
            let through = choice.minutes + (pace > 0 ? backlog / pace : 1e9 + backlog)
            if through < least { (least, best) = (through, choice) }
        }
        return best
    }
}

/// What is known of a laboratory when all is over.
struct LaboratoryEnd {
    var tubes = 0
    var plates = 0
    var firstReceipt = -1.0
    var lastRelease = -1.0
    var mostWaiting = [0, 0, 0, 0]
    var busyTimes = [0.0, 0, 0, 0]

    init() {}

    init(_ laboratory: borrowing ScenarioLaboratory) {
        (tubes, plates) = (laboratory.tubesReceived, laboratory.platesRun)
        (firstReceipt, lastRelease) = (laboratory.firstReceipt, laboratory.lastRelease)
        (mostWaiting, busyTimes) = (laboratory.mostWaiting, laboratory.busyTimes)
    }
}
