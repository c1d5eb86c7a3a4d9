extension Future {
    /// Lets tubes that were taken in wait for a plate.
    mutating func takeIn(_ group: FutureGroup, _ count: Int32, _ time: Double) {
        groups.reserve(groupCount + 1)
        var part = group
        part.left = count
        // The last part of a group answers for all of it.
        if group.left > 0 { part.subject = -1 }
        groups[groupCount] = part
        makeReady(Int32(truncatingIfNeeded: groupCount), time)
        groupCount += 1
        fillPlates(time)
        begin(.extraction, time)
    }

    /// Puts a group into the line for the next plate.
    mutating func makeReady(_ number: Int32, _ since: Double) {
        let group = groups[Int(number)]
        let patience = group.isUrgent ? times.patience.singles : times.patience.routine
        if group.isUrgent {
            readySingles.append(number, key: group.deadline)
            readyCount.singles += group.left
            readySince.singles = min(readySince.singles, since)
        } else {
            readyPools.append(number, key: group.deadline)
            readyCount.pools += group.left
            readySince.pools = min(readySince.pools, since)
        }
        agenda.schedule(
            FutureEvent.patienceOver, at: max(work.now, since + patience), detail: -1)
    }

    /// Fills plates for machines that are free: full ones, or what there is when it has waited
    /// long enough; singles first.
    mutating func fillPlates(_ time: Double) {
        guard order == .earliestDeadline else { return }
        let full = Int32(times.samplesOnPlate)
        while free.0 > extraction.count {
            let singlesWaited = time - readySince.singles >= times.patience.singles - 1e-6
            let poolsWaited = time - readySince.pools >= times.patience.routine - 1e-6
            if readyCount.singles >= full || (readyCount.singles > 0 && singlesWaited) {
                fill(singles: true, time)
            } else if readyCount.pools >= full || (readyCount.pools > 0 && poolsWaited) {
                fill(singles: false, time)
            } else {
                return
            }
        }
    }

    private mutating func fill(singles: Bool, _ time: Double) {
        var plate = FuturePlate()
        (plate.isUrgent, plate.holdsPools) = (singles, !singles)
        let number = add(plate)
        var room = Int32(times.samplesOnPlate)
        while room > 0, let next = singles ? readySingles.first : readyPools.first {
            let taken = min(room, groups[Int(next)].left)
            room -= taken
            groups[Int(next)].left -= taken
            plates[Int(number)].wells += taken
            if groups[Int(next)].holdsPools { plates[Int(number)].holdsPools = true }
            plates[Int(number)].deadline = min(
                plates[Int(number)].deadline, groups[Int(next)].deadline)
            guard groups[Int(next)].left == 0 else { break }
            _ = singles ? readySingles.removeFirst() : readyPools.removeFirst()
            let subject = groups[Int(next)].subject
            if subject >= 0 {
                plateOf[Int(subject)] = number
                plates[Int(number)].watched += 1
            }
        }
        if singles {
            readyCount.singles -= plates[Int(number)].wells
            readySince.singles = readyCount.singles > 0 ? time : .infinity
        } else {
            readyCount.pools -= plates[Int(number)].wells
            readySince.pools = readyCount.pools > 0 ? time : .infinity
        }
        agenda.schedule(
            FutureEvent.patienceOver,
            at: time + (singles ? times.patience.singles : times.patience.routine), detail: -1)
        enter(.extraction, number, since: time)
    }
}
