/// Which moves a state allows, those first that concern who is in most danger.
extension MoveFinder {
    /// The moves that this state allows.
    /// - Parameters:
    ///   - reserve: Stations with a machine or pair of hands in reserve.
    ///   - most: How many there is time to try.
    /// - Returns: Moves of the whole laboratory first, then those of single plates and boxes.
    package func possible(reserve: [PlateStage] = [], atMost most: Int = 60) -> [Move] {
        var moves: [Move] = []
        for stage in PlateStage.allCases where work.broken[stage.rawValue] > 0 {
            moves.append(.mend(stage))
        }
        if order == .firstCome { moves.append(.earliestDeadlines) }
        if work.onPools.count > 0 || work.reception.contains(where: { $0.count > 0 }) {
            moves.append(.splitPlate)
        }
        for stage in PlateStage.allCases where reserve.contains(stage) || stage == .review {
            moves.append(.addServer(stage))
        }
        for move in concerning where !moves.contains(move) {
            guard moves.count < most else { break }
            moves.append(move)
        }
        return moves
    }

    /// Moves of single plates, groups and boxes, by the danger in which their tubes are.
    private var concerning: [Move] {
        let pressing = due.indices.map { place in (place: place, weight: weight(place)) }
            .filter { $0.weight > 0 }.sorted { ($1.weight, $0.place) < ($0.weight, $1.place) }
        var seen: Set<Move> = []
        // The first move of each comes before the second of any.
        let each = pressing.prefix(200).map { moves(of: due[$0.place]) }
        let rounds = each.map(\.count).max() ?? 0
        return (0..<rounds).flatMap { round in
            each.compactMap { $0.indices.contains(round) ? $0[round] : nil }
        }.filter { seen.insert($0).inserted }
    }

    /// Tubes that would be late, and a tenth for each that is.
    private func weight(_ place: Int) -> Double {
        let one = due[place]
        guard one.count > 0 else { return 0 }
        guard one.deadline > work.now else { return 0.1 * Double(one.count) }
        let lateness = untouched.lateness(place)
        return lateness >= 0.05 ? lateness * Double(one.count) : 0
    }

    /// What can be done for tubes where they are.
    private func moves(of one: DueTubes) -> [Move] {
        guard work.plates.indices.contains(one.subject) else {
            guard let group = work.group(of: one.subject) else { return sending(one) }
            return sending(one) + [.plateNow(group: group)]
        }
        let plate = work.plates[one.subject]
        if plate.isReviewed { return [.release(plate: plate.number)] }
        guard case .began(let stage, let start) = plate.place else {
            return isFirst(plate) ? [] : [.putFirst(plate: plate.number)]
        }
        guard times[stage].isOverdue(work.now - start), stage.next != nil else { return [] }
        let busy = work.plates.count { other in
            if case .began(stage, _) = other.place { true } else { false }
        }
        return [.seeTo(plate: plate.number)]
            + (busy < work.working[stage] ? [.otherMachine(plate: plate.number)] : [])
    }

    /// Sending a box away, where another laboratory would finish it in time.
    private func sending(_ one: DueTubes) -> [Move] {
        guard let elsewhere, one.box >= 0, one.deadline > work.now + elsewhere else { return [] }
        return [.sendAway(box: one.box)]
    }

    private func isFirst(_ plate: PlateInHand) -> Bool {
        !work.plates.contains { $0.number != plate.number && $0.isBefore(plate, order) }
    }

    /// Boxes on no plate that another laboratory would finish in time, those first that have the
    /// most tubes with little time.
    package func worstBoxes(_ count: Int) -> [Int32] {
        guard let elsewhere else { return [] }
        let forecast = Forecast(work, times, order: order, futures: min(futures, 30), seed: seed)
        var late: [Int32: Double] = [:]
        for one in due
        where one.box >= 0 && work.isOnNoPlate(one.subject)
            && one.deadline > work.now + elsewhere
        {
            late[one.box, default: 0] +=
                Double(one.count) * forecast.lateness(one.subject, deadline: one.deadline)
        }
        let worst = late.filter { $0.value >= 0.5 }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return worst.prefix(count).map(\.key)
    }
}

extension PlateInHand {
    /// Whether this one is served before another in the same line.
    fileprivate func isBefore(_ other: PlateInHand, _ order: LineOrder) -> Bool {
        guard let own = line, let others = other.line, own.stage == others.stage else {
            return false
        }
        let (key, theirs) =
            order == .firstCome ? (own.since, others.since) : (deadline, other.deadline)
        return (isUrgent ? 0 : 1, key) < (other.isUrgent ? 0 : 1, theirs)
    }

    /// The station that it waits for and since when, or nil.
    private var line: (stage: PlateStage, since: Double)? {
        switch place {
        case .waiting(let since): (.extraction, since)
        case .before(let stage, let since): (stage, since)
        case .began: nil
        }
    }
}
