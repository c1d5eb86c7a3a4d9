internal import LabStatistics

/// Whether a part of a city kept a goal in one run, and what made it late.
package struct PartVerdict: Sendable {
    package let isFeasible: Bool
    /// People without a result, or with one after its window or after the city's time.
    package let late: Double
    /// Hours by which the worst result comes after its window.
    package let excess: Double
    /// Minutes by which the last swab came too late; a thousand for each who was not sampled.
    package let sampledLateBy: Double
    /// Whether sampling alone was too slow.
    package var sampledLate: Bool { sampledLateBy > 0 }
    /// Hours of waiting at each station, and the minute at which most waited there.
    package let waits: [Double]
    package let worstMinute: [Double]

    init(
        _ collected: CollectedTubes, _ tally: borrowing ScenarioTally, _ goal: Scenario.Goal
    ) {
        let missing = collected.persons - tally.resulted
        let outside = tally.resulted - tally.inWindow
        let isLate = tally.lastResult > goal.resultsWithin
        sampledLateBy =
            1_000 * Double(collected.unserved) + max(0, collected.lastSwab - goal.sampledWithin)
        isFeasible =
            sampledLateBy == 0 && missing == 0 && !isLate
            && Double(tally.inWindow) >= goal.shareInWindow * Double(tally.resulted)
        late = Double(missing + outside + (isLate && missing == 0 ? 1 : 0))
        excess = max(0, tally.longest - goal.window) / 60
        var (waits, worst) = ([0.0, 0, 0, 0], [0.0, 0, 0, 0])
        var most = [0, 0, 0, 0]
        for look in 0..<tally.looks {
            for station in 0..<4 {
                let waiting = tally.waiting[4 * look + station]
                waits[station] += Double(waiting) * ScenarioTally.look / 60
                if waiting > most[station] {
                    (most[station], worst[station]) = (waiting, Double(look) * ScenarioTally.look)
                }
            }
        }
        (self.waits, worstMinute) = (waits, worst)
    }
}

extension ScenarioSimulation {
    /// Tests what was collected in a laboratory with other machines and people, to another goal.
    ///
    /// The verdict is that of a run of the whole scenario with this laboratory. `untilLate` ends at
    /// the first result outside the window, where all must be inside: enough to know that the
    /// goal is not kept.
    package static func test(
        _ collected: CollectedTubes, _ compiled: CompiledScenario, in plan: Scenario.Laboratory,
        _ goal: Scenario.Goal, untilLate: Bool = false
    ) -> PartVerdict {
        var world = ScenarioWorld(compiled, leanFor: goal)
        var room = ScenarioLaboratory(
            collected.laboratory, compiled, SeededGenerator(seed: collected.seed), as: plan)
        let horizon = compiled.scenario.horizon
        let endsEarly = untilLate && goal.shareInWindow >= 1
        announce(0, collected, &world)
        while let event = world.agenda.next(), event.time <= horizon {
            while world.nextLook <= event.time { look(&room, &world) }
            if event.kind == ScenarioEvent.receipt {
                let trip = collected.trips[Int(event.detail)]
                announce(Int(event.detail) + 1, collected, &world)
                room.receive(collected.unpack(trip, &world.tubes), at: event.time, &world)
            } else {
                room.handle(event, &world)
            }
            if endsEarly, world.tally.resulted > world.tally.inWindow { break }
        }
        while !endsEarly, world.nextLook <= horizon { look(&room, &world) }
        return PartVerdict(collected, world.tally, goal)
    }

    private static func announce(
        _ trip: Int, _ collected: CollectedTubes, _ world: inout ScenarioWorld
    ) {
        guard trip < collected.trips.count else { return }
        world.agenda.schedule(
            ScenarioEvent.receipt, at: collected.trips[trip].arrival, detail: Int32(trip))
    }

    private static func look(
        _ room: inout ScenarioLaboratory, _ world: inout ScenarioWorld
    ) {
        room.look(Int(world.nextLook / ScenarioTally.look), &world.tally)
        world.nextLook += ScenarioTally.look
    }
}
