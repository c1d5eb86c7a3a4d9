extension Future {
    /// Lets tubes wait at reception that are not there yet when the forecast is made.
    mutating func join(_ count: Int32, isUrgent: Bool, _ time: Double) {
        let group = FutureGroup(
            left: count, isUrgent: isUrgent, holdsPools: !isUrgent, subject: -1,
            deadline: time + work.limit)
        wait(group, key: order == .firstCome ? time : group.deadline)
        take(time)
    }

    /// Lets a group wait.
    mutating func wait(_ group: FutureGroup, key: Double) {
        groups.reserve(groupCount + 1)
        groups[groupCount] = group
        reception.append(
            Int32(truncatingIfNeeded: groupCount), key: key - (group.isUrgent ? 1e9 : 0))
        groupCount += 1
    }

    /// Takes in the next few tubes, no more than the open plate has room for.
    mutating func take(_ time: Double) {
        guard taking.group < 0 else { return }
        while let done = reception.first, groups[Int(done)].left == 0 {
            _ = reception.removeFirst()
        }
        guard let next = reception.first else { return }
        let group = groups[Int(next)]
        let open = group.isUrgent ? filling.singles : filling.pools
        let there = open < 0 ? 0 : plates[Int(open)].wells
        let room = max(1, Int32(times.samplesOnPlate) - there)
        taking = (next, min(group.left, Self.chunk, room))
        agenda.schedule(FutureEvent.taken, at: time + Double(taking.count) / rate)
    }

    /// Puts the tubes that were taken in on their plate, and takes the next.
    mutating func finishTaking(_ time: Double) {
        let (number, count) = taking
        taking.group = -1
        groups[Int(number)].left -= count
        let group = groups[Int(number)]
        if order == .earliestDeadline {
            takeIn(group, count, time)
            take(time)
            return
        }
        let plate = openPlate(singles: group.isUrgent, time)
        plates[Int(plate)].wells += count
        if group.holdsPools { plates[Int(plate)].holdsPools = true }
        plates[Int(plate)].deadline = min(plates[Int(plate)].deadline, group.deadline)
        if group.left == 0, group.subject >= 0 {
            plateOf[Int(group.subject)] = plate
            plates[Int(plate)].watched += 1
        }
        if plates[Int(plate)].wells >= Int32(times.samplesOnPlate) { close(plate, time) }
        take(time)
    }

    /// The plate that is being filled with samples of a kind.
    mutating func openPlate(singles: Bool, _ time: Double) -> Int32 {
        let open = singles ? filling.singles : filling.pools
        if open >= 0 { return open }
        var plate = FuturePlate()
        (plate.isUrgent, plate.isOpen, plate.holdsPools) = (singles, true, !singles)
        let number = add(plate)
        agenda.schedule(
            FutureEvent.patienceOver,
            at: time + (singles ? times.patience.singles : times.patience.routine), detail: number)
        if singles { filling.singles = number } else { filling.pools = number }
        return number
    }

    @discardableResult
    mutating func add(_ plate: FuturePlate) -> Int32 {
        plates.reserve(plateCount + 1)
        plates[plateCount] = plate
        plateCount += 1
        return Int32(truncatingIfNeeded: plateCount - 1)
    }

    /// A plate is complete and waits for extraction.
    mutating func close(_ plate: Int32, _ time: Double) {
        plates[Int(plate)].isOpen = false
        if filling.singles == plate { filling.singles = -1 }
        if filling.pools == plate { filling.pools = -1 }
        enter(.extraction, plate, since: time)
        begin(.extraction, time)
    }
}
