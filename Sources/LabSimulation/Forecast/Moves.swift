/// Something that can be done now so that fewer results are late.
package enum Move: Sendable, Equatable {
    /// Everything in the laboratory's order of earliest deadlines.
    case earliestDeadlines
    /// A plate goes to the head of its line.
    case putFirst(plate: Int32)
    /// The open plate is begun as it is, the rest follows on another.
    case splitPlate
    /// One more machine or pair of hands at a station.
    case addServer(PlateStage)
    /// Somebody sees to the machine that stands still.
    case mend(PlateStage)
    /// A box that is on no plate goes to another laboratory.
    case sendAway(box: Int32)
}

/// A move with what it is worth.
package struct SuggestedMove: Sendable, Equatable {
    package let move: Move
    /// Breaches it avoids: the mean over futures, and where 80 % of them lie.
    package let avoided: Double
    package let low: Double
    package let high: Double
}

/// Tubes of one subject and deadline, and the box they came in.
package struct DueTubes: Sendable, Equatable {
    package var subject: Int
    package var deadline: Double
    package var count: Int
    package var box: Int32

    /// Tubes that are due together.
    package init(subject: Int, deadline: Double, count: Int, box: Int32 = -1) {
        (self.subject, self.deadline, self.count, self.box) = (subject, deadline, count, box)
    }
}

/// Finds moves by simulating them, each with the luck of the same futures.
package struct MoveFinder: Sendable {
    private let work: WorkInHand
    private let due: [DueTubes]
    private let times: LearnedTimes
    private let order: LineOrder
    private let futures: Int
    private let seed: UInt64
    /// Minutes until another laboratory has the result of what is sent now.
    private let elsewhere: Double?
    /// Breaches in each future when nothing is done; what is late already counts in all.
    package let breaches: [Double]

    /// A finder for a state.
    package init(
        _ work: WorkInHand, _ due: [DueTubes], _ times: LearnedTimes, order: LineOrder,
        futures: Int = 50, seed: UInt64, elsewhere: Double? = nil
    ) {
        (self.work, self.due, self.times, self.order) = (work, due, times, order)
        (self.futures, self.seed, self.elsewhere) = (futures, seed, elsewhere)
        breaches = Self.breaches(work, due, times, order, futures, seed)
    }

    /// The expected breaches when nothing is done.
    package var expected: Double { breaches.reduce(0, +) / Double(breaches.count) }

    /// What a move avoids.
    package func judge(_ move: Move) -> SuggestedMove {
        var work = work
        var due = due
        var order = order
        var lost = 0.0
        switch move {
        case .earliestDeadlines: order = .earliestDeadline
        case .putFirst(let plate): work.putFirst(plate)
        case .splitPlate: work.splitPlate(times)
        case .addServer(let stage): work.working[stage] += 1
        case .mend(let stage): work.mend(stage)
        case .sendAway(let box):
            let sent = due.filter { $0.box == box && work.isOnNoPlate($0.subject) }
            for one in sent { work.remove(one.count, of: one.subject) }
            let arrives = work.now + (elsewhere ?? 0)
            lost = sent.reduce(0) { $0 + (arrives > $1.deadline ? Double($1.count) : 0) }
            due.removeAll { sent.contains($0) }
        }
        let after = Self.breaches(work, due, times, order, futures, seed)
        let avoided = zip(breaches, after).map { $0 - $1 - lost }.sorted()
        let n = avoided.count
        return SuggestedMove(
            move: move, avoided: avoided.reduce(0, +) / Double(n), low: avoided[n / 10],
            high: avoided[n - 1 - n / 10])
    }

    /// The moves that avoid at least one breach, the best first.
    package func best(of moves: [Move]) -> [SuggestedMove] {
        guard expected >= 1 else { return [] }
        return moves.map(judge).filter { $0.avoided >= 1 }.sorted { $0.avoided > $1.avoided }
    }

    /// The moves that this state allows at all.
    package func possible(reserve: [PlateStage] = []) -> [Move] {
        var moves: [Move] = []
        for stage in PlateStage.allCases where work.broken[stage.rawValue] > 0 {
            moves.append(.mend(stage))
        }
        if work.onPools.count > 0 { moves.append(.splitPlate) }
        moves += reserve.map { .addServer($0) }
        moves += worstWaitingPlates(3).map { .putFirst(plate: $0) }
        if elsewhere != nil { moves += worstBoxes(3).map { .sendAway(box: $0) } }
        return moves
    }

    /// Plates that wait for extraction, the earliest deadline first.
    private func worstWaitingPlates(_ count: Int) -> [Int32] {
        let waiting = work.plates.filter { $0.waitsForExtraction && !$0.isUrgent }
        return waiting.sorted { $0.deadline < $1.deadline }.prefix(count).map(\.number)
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

    private static func breaches(
        _ work: WorkInHand, _ due: [DueTubes], _ times: LearnedTimes, _ order: LineOrder,
        _ futures: Int, _ seed: UInt64
    ) -> [Double] {
        var future = Future(work, times, order)
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: max(1, work.subjects)) {
            room in
            guard let finishes = room.baseAddress else { return [] }
            finishes.initialize(repeating: 0, count: room.count)
            return (0..<max(1, futures)).map { number in
                future.run(seed: seed, number: number, into: finishes, every: 1)
                return due.reduce(0) { sum, one in
                    let isLate = work.now + Double(finishes[one.subject]) > one.deadline
                    return sum + (isLate ? Double(one.count) : 0)
                }
            }
        }
    }
}

extension WorkInHand {
    mutating func putFirst(_ plate: Int32) {
        guard let place = plates.firstIndex(where: { $0.number == plate }) else { return }
        plates[place].isUrgent = true
        plates[place].deadline = min(plates[place].deadline, 0)
        if case .waiting = plates[place].place { plates[place].place = .waiting(since: -1e6) }
    }

    /// Begins the open plate as if its time were up.
    mutating func splitPlate(_ times: LearnedTimes) {
        onPools.since = min(onPools.since, now - times.patience.routine)
    }

    mutating func mend(_ stage: PlateStage) {
        working[stage] += broken[stage.rawValue]
        broken[stage.rawValue] = 0
    }

    func isOnNoPlate(_ subject: Int) -> Bool { subject >= plates.count }

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

extension LoggedState {
    /// The tubes in hand by subject, deadline and box.
    package func due(_ log: LaboratoryLog) -> [DueTubes] {
        var places: [[Double]: Int] = [:]
        var due: [DueTubes] = []
        for one in tubes where !log.tubes[one.tube].isSingle {
            let tube = log.tubes[one.tube]
            let key = [Double(one.subject), tube.deadline, Double(tube.box)]
            if let place = places[key] {
                due[place].count += 1
            } else {
                places[key] = due.count
                due.append(
                    DueTubes(
                        subject: one.subject, deadline: tube.deadline, count: 1, box: tube.box))
            }
        }
        return due
    }
}
