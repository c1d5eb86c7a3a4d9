internal import LabDomain
internal import LabStatistics

extension ScenarioLaboratory {
    /// What a well's result means for the people behind it.
    @inline(__always)
    mutating func resolve(
        _ item: ScenarioItem, _ time: Double, _ world: inout ScenarioWorld
    ) {
        if item.isCollected {
            load -= 1
            if zones[Int(world.tubes[item.tube].zone)].peopleInTube == 1 {
                resolveSingle(item, member: 0, reads: world.tubes[item.tube].reads, time, &world)
            } else {
                resolveMixed(item.tube, time, &world)
            }
        } else if item.isPool {
            resolvePool(item.tube, time, &world)
        } else {
            let member = item.isKept ? 0 : item.member
            let isInfected = world.tubes[item.tube].infected & 1 << UInt32(member) != 0
            let zone = zones[Int(world.tubes[item.tube].zone)]
            let chance = isInfected ? zone.reading.single : zone.reading.falsePositive
            let isProved = world.tubes[item.tube].confirming & 1 << UInt32(member) != 0
            let reads = isProved || (chance > 0 && reading.uniform() < chance)
            resolveSingle(item, member: member, reads: reads, time, &world)
        }
    }

    private mutating func resolveMixed(
        _ tube: Int32, _ time: Double, _ world: inout ScenarioWorld
    ) {
        let members = Int(world.tubes[tube].members)
        guard world.tubes[tube].reads else {
            for member in 0..<members { finish(member, of: tube, time, &world) }
            conclude(members, of: tube, time, &world)
            return
        }
        world.tally.positiveWells += 1
        switch rules.positiveMixed {
        case .recollect:
            world.tally.calledBack += members
            let absence = returning.uniform(
                from: testing.callBack.least, to: testing.callBack.most)
            world.agenda.schedule(
                ScenarioEvent.callBack, at: time + absence, subject: number, detail: tube)
        default: conclude(members, of: tube, time, &world)
        }
    }

    private mutating func resolvePool(
        _ head: Int32, _ time: Double, _ world: inout ScenarioWorld
    ) {
        let isPositive = world.tubes[head].reads
        var tube = head
        while tube >= 0 {
            load -= 1
            let next = world.tubes[tube].next
            if !isPositive {
                finish(0, of: tube, time, &world)
                conclude(1, of: tube, time, &world)
            }
            tube = next
        }
        guard isPositive else { return }
        world.tally.positiveWells += 1
        let fetching = returning.uniform(
            from: testing.fetchKept.least, to: testing.fetchKept.most)
        world.agenda.schedule(
            ScenarioEvent.keptReady, at: time + fetching, subject: number, detail: head)
    }

    /// A tube of one person: final, or once more with the second kit.
    private mutating func resolveSingle(
        _ item: ScenarioItem, member: Int, reads: Bool, _ time: Double,
        _ world: inout ScenarioWorld
    ) {
        let tube = item.tube
        let bit = UInt32(1) << UInt32(member)
        if reads, rules.positiveSingle == .confirm, world.tubes[tube].confirming & bit == 0 {
            world.tubes[tube].confirming |= bit
            if item.isCollected { load += 1 }
            putOnPlate(item, urgently: true, time, &world)
            return
        }
        if reads, world.tubes[tube].infected & bit != 0 { world.tally.found += 1 }
        if reads, item.isCollected { world.tally.positiveWells += 1 }
        finish(member, of: tube, time, &world)
        conclude(1, of: tube, time, &world)
    }

    @inline(__always)
    private func finish(
        _ member: Int, of tube: Int32, _ time: Double, _ world: inout ScenarioWorld
    ) {
        if world.tally.isLean { return }
        // A swab's time is kept in single precision.
        world.tally.sinceSwab.add(max(0, time - world.tubes.swabbed(member, of: tube)))
    }

    @inline(__always)
    private func conclude(
        _ people: Int, of tube: Int32, _ time: Double, _ world: inout ScenarioWorld
    ) {
        let state = world.tubes[tube]
        world.tally.conclude(
            people, received: state.receipt, at: time,
            district: zones[Int(state.zone)].district)
        let open = Int(state.open) - people
        world.tubes[tube].open = UInt8(truncatingIfNeeded: open)
        if open == 0 { world.tubes.release(tube) }
    }
}
