/// Where a tube is, as far as a log tells.
package enum TubePlace: Int, Sendable, CaseIterable {
    case atReception
    case onOpenPlate
    case beforeExtraction
    case inExtraction
    case inPCR
    case inReview
}

/// The state of a laboratory that a log shows, and where in it each tube is.
package struct LoggedState: Sendable {
    package var work: WorkInHand
    /// The tubes that are in the laboratory: their place in the log, their subject of a forecast,
    /// where they are.
    package var tubes: [(tube: Int, subject: Int, place: TubePlace)] = []

    /// Reads the state out of a log in which nothing lies in the future.
    package init(_ log: LaboratoryLog, at now: Double, _ times: LearnedTimes, order: LineOrder) {
        work = WorkInHand(now: now, stations: times.stations)
        let plates = Self.inHand(log, now, times, order)
        work.plates = plates
        var subjectOfPlate: [Int32: Int] = [:]
        for (subject, plate) in plates.enumerated() { subjectOfPlate[plate.number] = subject }
        placeTubes(log, subjectOfPlate, times, order)
        expectRetests(log, times)
        let onTheWay = log.tubes.filter {
            $0.closed.isFinite && !$0.received.isFinite
                && now - $0.closed < 2 * times.transit.seen[times.transit.seen.count - 1]
        }
        work.onTheWay = onTheWay.map(\.closed).sorted()
        work.findBroken(times)
    }

    private static func inHand(
        _ log: LaboratoryLog, _ now: Double, _ times: LearnedTimes, _ order: LineOrder
    ) -> [PlateInHand] {
        var deadlines = [Double](repeating: .infinity, count: log.plates.count)
        for tube in log.tubes where tube.plate >= 0 {
            deadlines[Int(tube.plate)] = min(deadlines[Int(tube.plate)], tube.deadline)
        }
        let begun = log.plates.filter { $0.extraction.isFinite }
        var plates: [PlateInHand] = []
        for (number, plate) in log.plates.enumerated()
        where plate.formed.isFinite && !plate.released.isFinite {
            var place = PlateInHand.Place.waiting(since: plate.formed)
            if plate.review.isFinite {
                place = .began(.review, at: plate.review)
            } else if plate.pcr.isFinite {
                place = .began(.pcr, at: plate.pcr)
            } else if plate.extraction.isFinite {
                place = .began(.extraction, at: plate.extraction)
            } else if order == .firstCome {
                let overtook = begun.filter {
                    $0.isUrgent == plate.isUrgent && $0.formed > plate.formed + 0.01
                }
                if let first = overtook.map(\.extraction).min() {
                    place = times.place(begunAt: first, now: now)
                }
            }
            plates.append(
                PlateInHand(
                    wells: Int(plate.wells), isUrgent: plate.isUrgent, holdsPools: !plate.isUrgent,
                    deadline: deadlines[number], place: place,
                    number: Int32(truncatingIfNeeded: number)))
        }
        return plates
    }

    private mutating func placeTubes(
        _ log: LaboratoryLog, _ subjectOfPlate: [Int32: Int], _ times: LearnedTimes,
        _ order: LineOrder
    ) {
        var waiting: [(tube: Int, key: Double, closed: Double, isUrgent: Bool)] = []
        var ready: [(tube: Int, key: Double, since: Double, isUrgent: Bool)] = []
        for (number, tube) in log.tubes.enumerated()
        where tube.received.isFinite && !tube.left.isFinite {
            if tube.plate >= 0 {
                guard let subject = subjectOfPlate[tube.plate] else { continue }
                tubes.append((number, subject, Self.place(work.plates[subject].place)))
            } else if tube.receptionEnd.isFinite, order == .earliestDeadline {
                ready.append((number, tube.deadline, tube.receptionEnd, tube.isSingle))
            } else if tube.receptionEnd.isFinite {
                let open = tube.isSingle ? work.onSingles : work.onPools
                let since = open.count == 0 ? tube.receptionEnd : min(open.since, tube.receptionEnd)
                if tube.isSingle {
                    work.onSingles = (open.count + 1, since)
                } else {
                    work.onPools = (open.count + 1, since)
                }
                let subject = tube.isSingle ? work.singlesSubject : work.poolsSubject
                tubes.append((number, subject, .onOpenPlate))
            } else {
                let key = order == .firstCome ? tube.received : tube.deadline
                waiting.append((number, key, tube.closed, tube.isSingle))
            }
        }
        let readyMembers = gather(ready, times)
        waiting.sort { ($0.key, $0.closed, $0.tube) < ($1.key, $1.closed, $1.tube) }
        for isUrgent in [true, false] {
            let line = waiting.filter { $0.isUrgent == isUrgent }.map { ($0.tube, $0.key) }
            form(line, isUrgent, times)
        }
        // Their subjects stand behind those of the groups at reception.
        for (number, members) in readyMembers.enumerated() {
            for tube in members {
                tubes.append((tube, work.subject(ofReady: number), .onOpenPlate))
            }
        }
    }

    /// Puts those who are ready for a plate into groups of like deadlines.
    private mutating func gather(
        _ ready: [(tube: Int, key: Double, since: Double, isUrgent: Bool)], _ times: LearnedTimes
    ) -> [[Int]] {
        let size = max(1, times.samplesOnPlate / 4)
        var members: [[Int]] = []
        for one in ready.sorted(by: { ($0.key, $0.tube) < ($1.key, $1.tube) }) {
            if let last = work.ready.last, last.isUrgent == one.isUrgent, last.count < size,
                one.key - last.key < 30
            {
                work.ready[work.ready.count - 1].count += 1
                work.ready[work.ready.count - 1].since = min(last.since, one.since)
                members[members.count - 1].append(one.tube)
            } else {
                work.ready.append(
                    TubeGroup(count: 1, key: one.key, isUrgent: one.isUrgent, since: one.since))
                members.append([one.tube])
            }
        }
        return members
    }

    /// Cuts a line into groups at the ends of the plates that it will fill, and in their middle.
    private mutating func form(
        _ waiting: [(tube: Int, key: Double)], _ isUrgent: Bool, _ times: LearnedTimes
    ) {
        let there = isUrgent ? work.onSingles.count : work.onPools.count
        let full = times.samplesOnPlate
        var (filled, inGroup) = (there % full, 0)
        for (tube, key) in waiting {
            if inGroup == 0 {
                work.reception.append(TubeGroup(count: 0, key: key, isUrgent: isUrgent))
            }
            work.reception[work.reception.count - 1].count += 1
            tubes.append((tube, work.subject(ofGroup: work.reception.count - 1), .atReception))
            (filled, inGroup) = (filled + 1, inGroup + 1)
            if filled == full { filled = 0 }
            if filled == 0 || filled == full / 2 { inGroup = 0 }
        }
    }

    /// Positive pools whose members have not come back; who does not come for long never will.
    private mutating func expectRetests(_ log: LaboratoryLog, _ times: LearnedTimes) {
        let back = Set(log.tubes.filter { $0.isSingle && $0.received.isFinite }.map(\.parent))
        let longest = 2 * times.callBack.seen[times.callBack.seen.count - 1]
        for (number, tube) in log.tubes.enumerated()
        where tube.isPositive && !tube.isSingle && tube.plate >= 0 {
            let released = log.plates[Int(tube.plate)].released
            guard released.isFinite, work.now - released < longest,
                !back.contains(Int32(truncatingIfNeeded: number))
            else { continue }
            work.calledBack.append((released, Int(tube.members)))
        }
    }

    private static func place(_ place: PlateInHand.Place) -> TubePlace {
        switch place {
        case .waiting, .before(.extraction, _): .beforeExtraction
        case .began(.extraction, _), .before(.pcr, _): .inExtraction
        case .began(.pcr, _), .before(.review, _): .inPCR
        case .began(.review, _): .inReview
        }
    }
}

extension LearnedTimes {
    /// Where a plate is that began some time ago in a pass that the log does not show.
    func place(begunAt start: Double, now: Double) -> PlateInHand.Place {
        var start = start
        for stage in PlateStage.allCases {
            let law = self[stage]
            if now - start < law.seen[law.seen.count - 1] { return .began(stage, at: start) }
            start += law.median
        }
        return .waiting(since: start)
    }
}

extension WorkInHand {
    /// Machines that stand still while somebody waits for them are out of order.
    ///
    /// Who waits for extraction is known. That a plate waits for the next station shows only in
    /// its being overdue: one such plate is stuck in its own machine, several wait for the next.
    mutating func findBroken(_ times: LearnedTimes) {
        for stage in PlateStage.allCases {
            let there = plates.count { $0.isAt(stage) }
            if stage == .extraction {
                let waits = plates.contains { $0.waitsForExtraction }
                if waits { close(stage, working: there) }
                continue
            }
            guard there < working[stage], let before = PlateStage(rawValue: stage.rawValue - 1),
                times[before].isLearned
            else { continue }
            let overdue = plates.indices.filter { plates[$0].isOverdue(before, now, times) }
            guard overdue.count >= 2 else { continue }
            close(stage, working: there)
            for plate in overdue {
                guard case .began(_, let at) = plates[plate].place else { continue }
                plates[plate].place = .before(stage, since: at + times[before].median)
            }
        }
    }

    private mutating func close(_ stage: PlateStage, working there: Int) {
        broken[stage.rawValue] = max(0, working[stage] - there)
        working[stage] = min(working[stage], there)
    }
}

extension PlateInHand {
    func isAt(_ stage: PlateStage) -> Bool {
        if case .began(stage, _) = place { return true }
        return false
    }

    var waitsForExtraction: Bool {
        if case .waiting = place { return true }
        return false
    }

    func isOverdue(_ stage: PlateStage, _ now: Double, _ times: LearnedTimes) -> Bool {
        guard case .began(stage, let at) = place else { return false }
        return times[stage].isOverdue(now - at)
    }
}
