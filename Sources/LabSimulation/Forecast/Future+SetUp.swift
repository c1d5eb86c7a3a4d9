import Glibc

extension WorkInHand {
    /// What a forecast answers for: each plate, the open plate of pools, that of singles, each
    /// group at reception, and each that is ready for a plate.
    package var subjects: Int { plates.count + 2 + reception.count + ready.count }
    package var poolsSubject: Int { plates.count }
    package var singlesSubject: Int { plates.count + 1 }
    /// The subject of a group at reception.
    package func subject(ofGroup group: Int) -> Int { plates.count + 2 + group }

    /// The subject of a group that is ready for a plate.
    package func subject(ofReady group: Int) -> Int {
        plates.count + 2 + reception.count + group
    }

    /// Whether somebody is surely idle at a station, so that nobody waits for it.
    func isIdle(_ stage: PlateStage) -> Bool {
        let there = plates.count { plate in
            if case .began(stage, _) = plate.place { return true }
            return false
        }
        let waits = plates.contains { plate in
            switch plate.place {
            case .waiting: stage == .extraction
            case .before(let next, _): next == stage
            case .began: false
            }
        }
        return !waits && there < working[stage]
    }
}

extension Future {
    /// Puts everything where it is now; chance decides what cannot be known.
    mutating func setUp() {
        free = (work.working.extraction, work.working.pcr, work.working.review)
        placePlates()
        placeOpen(work.onPools, singles: false, subject: work.poolsSubject)
        placeOpen(work.onSingles, singles: true, subject: work.singlesSubject)
        for (number, group) in work.reception.enumerated() where group.count > 0 {
            let subject = work.subject(ofGroup: number)
            unresolved += 1
            wait(
                FutureGroup(
                    left: Int32(truncatingIfNeeded: group.count), isUrgent: group.isUrgent,
                    holdsPools: group.holdsPools, subject: Int32(truncatingIfNeeded: subject),
                    deadline: order == .firstCome ? .infinity : group.key),
                key: group.key)
        }
        for (number, group) in work.ready.enumerated() where group.count > 0 {
            unresolved += 1
            groups.reserve(groupCount + 1)
            groups[groupCount] = FutureGroup(
                left: Int32(truncatingIfNeeded: group.count), isUrgent: group.isUrgent,
                holdsPools: group.holdsPools,
                subject: Int32(truncatingIfNeeded: work.subject(ofReady: number)),
                deadline: group.key)
            makeReady(Int32(truncatingIfNeeded: groupCount), group.since)
            groupCount += 1
        }
        expect()
        fillPlates(work.now)
        for stage in PlateStage.allCases { begin(stage, work.now) }
        take(work.now)
    }

    private mutating func placePlates() {
        let isReviewIdle = work.showsReads || work.isIdle(.review)
        let isPCRIdle = work.isIdle(.pcr)
        for plate in work.plates {
            var here = FuturePlate()
            (here.wells, here.watched) = (Int32(truncatingIfNeeded: plate.wells), 1)
            (here.isUrgent, here.holdsPools) = (plate.isUrgent, plate.holdsPools)
            here.deadline = plate.deadline
            let number = add(here)
            plateOf[Int(number)] = number
            unresolved += 1
            switch plate.place {
            case .waiting(let since): enter(.extraction, number, since: since)
            case .before(let stage, let since): enter(stage, number, since: since)
            case .began(.review, let at): resume(.review, number, at, isThere: true)
            case .began(.pcr, let at): resume(.pcr, number, at, isThere: isReviewIdle)
            case .began(.extraction, let at): resume(.extraction, number, at, isThere: isPCRIdle)
            }
        }
    }

    /// A plate that began at a station: it is still there, or it waits for the next one.
    private mutating func resume(
        _ stage: PlateStage, _ number: Int32, _ start: Double, isThere: Bool
    ) {
        let elapsed = work.now - start
        var duration =
            times[stage].draw(luck(of: number, at: stage)) + repair(of: number, at: stage)
        if !isThere, duration <= elapsed, let next = stage.next {
            enter(next, number, since: start + duration)
            return
        }
        if isThere { duration = remaining(number, stage, elapsed) + elapsed }
        switch stage {
        case .extraction: free.0 -= 1
        case .pcr: free.1 -= 1
        case .review: free.2 -= 1
        }
        agenda.schedule(
            FutureEvent.end + UInt8(stage.rawValue), at: max(work.now, start + duration),
            detail: number)
    }

    /// How much longer a plate stays at a station where it surely is.
    private func remaining(_ number: Int32, _ stage: PlateStage, _ elapsed: Double) -> Double {
        let law = times[stage]
        let luck = luck(of: number, at: stage)
        let rate = breakdowns[stage.rawValue]
        let usual = (1 - rate) * law.survival(elapsed)
        // The longer it takes, the likelier it is that the machine stands still.
        let isBroken = breakdownLuck(of: number, at: stage) * (rate + usual) < rate
        guard isBroken else { return law.draw(luck, beyond: elapsed) - elapsed }
        let left = max(0, law.draw(luck) - elapsed)
        return left - times.repair * log(max(1e-9, chance.uniform(Int(number), -1)))
    }

    private mutating func placeOpen(
        _ open: (count: Int, since: Double), singles: Bool, subject: Int
    ) {
        guard open.count > 0 else {
            add(FuturePlate())
            return
        }
        var plate = FuturePlate()
        (plate.wells, plate.watched) = (Int32(truncatingIfNeeded: open.count), 1)
        (plate.isUrgent, plate.isOpen, plate.holdsPools) = (singles, true, !singles)
        plate.deadline = open.since + work.limit
        let number = add(plate)
        plateOf[subject] = number
        unresolved += 1
        if open.count >= times.samplesOnPlate {
            close(number, work.now)
            return
        }
        let patience = singles ? times.patience.singles : times.patience.routine
        agenda.schedule(
            FutureEvent.patienceOver, at: max(work.now, open.since + patience), detail: number)
        if singles { filling.singles = number } else { filling.pools = number }
    }

    /// What is to come without our doing: machines that are repaired, tubes on their way, people
    /// who were called back.
    private mutating func expect() {
        for stage in PlateStage.allCases {
            for machine in 0..<work.broken[stage.rawValue] {
                let luck = chance.uniform(machine, FutureChance.repair + stage.rawValue)
                agenda.schedule(
                    FutureEvent.repaired, at: work.now - times.repair * log(1 - luck),
                    detail: Int32(stage.rawValue))
            }
        }
        for (number, pool) in work.calledBack.enumerated() {
            let luck = chance.uniform(number, FutureChance.callBack + 500)
            let elapsed = work.now - pool.released
            agenda.schedule(
                FutureEvent.callBack,
                at: pool.released + times.callBack.draw(luck, beyond: elapsed),
                detail: Int32(truncatingIfNeeded: pool.members))
        }
        // Two plates full are enough: who comes later cannot fill a plate that is open now.
        var number = 0
        let group = 4
        while number < min(work.onTheWay.count, 2 * times.samplesOnPlate) {
            let together = min(group, work.onTheWay.count - number)
            let luck = chance.uniform(number, FutureChance.transit)
            let closed = work.onTheWay[number]
            agenda.schedule(
                FutureEvent.arrival,
                at: closed + times.transit.draw(luck, beyond: work.now - closed),
                detail: Int32(truncatingIfNeeded: together))
            number += together
        }
    }
}
