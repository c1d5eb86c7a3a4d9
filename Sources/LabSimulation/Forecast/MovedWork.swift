/// A laboratory's state after a move.
struct MovedWork {
    private(set) var work: WorkInHand
    private(set) var times: LearnedTimes
    private(set) var order: LineOrder
    let due: [DueTubes]
    /// Minutes to the finish of the groups that the move takes out of the line.
    private(set) var settled: [Int: Double] = [:]

    /// Before everything that came by itself.
    private static let first = -1e6

    init(_ work: WorkInHand, _ due: [DueTubes], _ times: LearnedTimes, _ order: LineOrder) {
        (self.work, self.due, self.times, self.order) = (work, due, times, order)
    }

    /// Makes a move; what it does not find it leaves as it is.
    mutating func make(_ move: Move, elsewhere: Double?) {
        switch move {
        case .earliestDeadlines: orderByDeadlines()
        case .putFirst(let plate): change(plate) { $0.putFirst(Self.first) }
        case .splitPlate: splitPlate()
        case .plateNow(let group): plateNow(group)
        case .seeTo(let plate):
            let now = work.now
            change(plate) { plate in
                guard case .began(let stage, _) = plate.place, let next = stage.next else { return }
                plate.place = .before(next, since: now)
            }
        case .otherMachine(let plate): restart(plate)
        case .release(let plate):
            let subject = work.plates.firstIndex { $0.number == plate }
            settle(after: 0) { $0.subject == subject }
        case .addServer(let stage): work.working[stage] += 1
        case .mend(let stage):
            work.working[stage] += work.broken[stage.rawValue]
            work.broken[stage.rawValue] = 0
        case .sendAway(let box):
            let sent = due.filter { $0.box == box && work.isOnNoPlate($0.subject) }
            for one in sent { work.remove(one.count, of: one.subject) }
            let subjects = Set(sent.map(\.subject))
            settle(after: elsewhere ?? 0) { $0.box == box && subjects.contains($0.subject) }
        case .both(let first, let second):
            make(first, elsewhere: elsewhere)
            make(second, elsewhere: elsewhere)
        }
    }

    private mutating func change(_ plate: Int32, _ body: (inout PlateInHand) -> Void) {
        guard let place = work.plates.firstIndex(where: { $0.number == plate }) else { return }
        body(&work.plates[place])
    }

    private mutating func settle(after minutes: Double, _ isMeant: (DueTubes) -> Bool) {
        for (place, one) in due.enumerated() where isMeant(one) { settled[place] = minutes }
    }

    /// Who waits for a plate then stands by deadline, too, not by when it came.
    private mutating func orderByDeadlines() {
        guard order != .earliestDeadline else { return }
        order = .earliestDeadline
        var least = [Double](repeating: .infinity, count: work.reception.count)
        for one in due {
            guard let group = work.group(of: one.subject) else { continue }
            least[group] = min(least[group], one.deadline)
        }
        for group in least.indices where least[group].isFinite {
            work.reception[group].key = least[group]
        }
    }

    /// Begins the open plate as if its time were up, and waits no longer for the next ones than
    /// it takes to take in who is there.
    private mutating func splitPlate() {
        work.onPools.since = min(work.onPools.since, work.now - times.patience.routine)
        let routine = work.reception.reduce(0) { $0 + ($1.isUrgent ? 0 : $1.count) }
        let urgent = work.reception.reduce(0) { $0 + ($1.isUrgent ? $1.count : 0) }
        times.patience = (
            min(times.patience.routine, minutes(ofLast: routine, behind: urgent)),
            min(times.patience.singles, minutes(ofLast: urgent, behind: 0))
        )
    }

    /// How long it takes until the plate is complete that the last of some tubes is on.
    private func minutes(ofLast count: Int, behind others: Int) -> Double {
        let last = count % max(1, times.samplesOnPlate)
        let rate = Double(work.working.reception) / max(times.reception, 1e-6)
        return Double(last + others) / rate + 0.1
    }

    private mutating func plateNow(_ group: Int) {
        guard work.reception.indices.contains(group) else { return }
        work.reception[group].isUrgent = true
        work.reception[group].key = Self.first
        times.patience.singles = min(
            times.patience.singles, minutes(ofLast: work.reception[group].count, behind: 0))
    }

    /// The machine that stands still is not used meanwhile, where there is another.
    private mutating func restart(_ plate: Int32) {
        guard let here = work.plates.first(where: { $0.number == plate }),
            case .began(let stage, _) = here.place
        else { return }
        work.working[stage] = max(1, work.working[stage] - 1)
        change(plate) { plate in
            plate.isUrgent = true
            plate.place =
                stage == .extraction
                ? .waiting(since: Self.first) : .before(stage, since: Self.first)
        }
    }
}

extension PlateInHand {
    /// Puts a plate to the head of the line that it stands in.
    fileprivate mutating func putFirst(_ time: Double) {
        isUrgent = true
        deadline = min(deadline, 0)
        switch place {
        case .waiting: place = .waiting(since: time)
        case .before(let stage, _): place = .before(stage, since: time)
        case .began: break
        }
    }
}

extension WorkInHand {
    func isOnNoPlate(_ subject: Int) -> Bool { subject >= plates.count }

    /// The group at reception that a subject is, or nil.
    func group(of subject: Int) -> Int? {
        let group = subject - plates.count - 2
        return reception.indices.contains(group) ? group : nil
    }

    mutating func remove(_ count: Int, of subject: Int) {
        let group = subject - plates.count - 2
        if subject == poolsSubject {
            onPools.count = max(0, onPools.count - count)
        } else if group >= reception.count {
            ready[group - reception.count].count =
                max(0, ready[group - reception.count].count - count)
        } else if group >= 0 {
            reception[group].count = max(0, reception[group].count - count)
        }
    }
}
