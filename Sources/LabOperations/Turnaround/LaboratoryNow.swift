internal import LabDomain
internal import LabSimulation
internal import LabStore

/// The laboratory's present state as its records show it, in minutes from now.
///
/// The records have the laying out of a plate, its run and its review, not the machines in
/// between: where a plate is, is what its laying out, the machines and the stage times say.
struct LaboratoryNow {
    private let plan: ForecastPlan
    private let now: Timestamp
    let open: [OpenTubes]
    let times: LearnedTimes
    private(set) var work: WorkInHand
    private(set) var due: [DueTubes] = []
    private(set) var plateNumbers: [PlateID: Int] = [:]
    private(set) var boxNumbers: [BoxID: Int32] = [:]
    /// How many tubes stand in line for a plate before each group of them.
    private(set) var tubesAhead: [Int] = []

    init(_ open: [OpenTubes], _ plates: [PlateTimes], _ plan: ForecastPlan, at now: Timestamp) {
        (self.plan, self.now, self.open) = (plan, now, open)
        times = LearnedTimes(plates: plates, stations: plan.stations, now: now)
        work = WorkInHand(now: 0, stations: plan.stations)
        work.showsReads = true
        work.plates = places(of: plates)
        placeTubes()
    }

    /// The plates that hold open tubes.
    private mutating func places(of plates: [PlateTimes]) -> [PlateInHand] {
        var deadlines: [PlateID: Double] = [:]
        var retests: Set<PlateID> = []
        for one in open {
            guard let plate = one.plate else { continue }
            deadlines[plate] = min(deadlines[plate] ?? .infinity, minutes(one.due))
            if one.isRetest { retests.insert(plate) }
        }
        var way = PlateWay(plan.stations, times)
        var inHand: [PlateInHand] = []
        for plate in plates {
            guard let deadline = deadlines[plate.plate] else { continue }
            let place =
                plate.read.map { PlateInHand.Place.before(.review, since: minutes($0)) }
                ?? way.place(laidOut: minutes(plate.laidOut))
            plateNumbers[plate.plate] = inHand.count
            var here = PlateInHand(
                wells: plate.samples, isUrgent: retests.contains(plate.plate),
                holdsPools: !retests.contains(plate.plate), deadline: deadline, place: place,
                number: Int32(clamping: inHand.count))
            here.isReviewed = plate.reviewed != nil
            inHand.append(here)
        }
        return inHand
    }

    /// Tubes on plates are due with them; all others stand in line for the next plates.
    private mutating func placeTubes() {
        let waiting = open.indices.filter { open[$0].plate.flatMap { plateNumbers[$0] } == nil }
        let line = waiting.sorted {
            key(open[$0]) < key(open[$1])
        }
        var subjects: [Int: Int] = [:]
        var ahead = 0
        for group in line {
            tubesAhead.append(ahead)
            ahead += open[group].count
            subjects[group] = work.reception.count
            work.reception.append(
                TubeGroup(
                    count: open[group].count, key: key(open[group]),
                    isUrgent: open[group].isRetest))
        }
        for (place, one) in open.enumerated() {
            let plate = one.plate.flatMap { plateNumbers[$0] }
            let subject = plate ?? work.subject(ofGroup: subjects[place] ?? 0)
            due.append(
                DueTubes(
                    subject: subject, deadline: minutes(one.due), count: one.count,
                    box: number(of: one.box)))
        }
    }

    private mutating func number(of box: BoxID) -> Int32 {
        let number = boxNumbers[box] ?? Int32(clamping: boxNumbers.count)
        boxNumbers[box] = number
        return number
    }

    private func key(_ group: OpenTubes) -> Double {
        plan.order == .firstCome ? minutes(group.received) : minutes(group.due)
    }

    private func minutes(_ instant: Timestamp) -> Double {
        Double(instant.milliseconds - now.milliseconds) / 60_000
    }

    private func instant(_ minutes: Double) -> Timestamp {
        let bounded = min(max(minutes, -1e7), 1e7)
        return now.advanced(by: Span(milliseconds: Int64((bounded * 60_000).rounded())))
    }

    /// The board of this moment, when a number of facts was known.
    func board(fact: Int) -> TurnaroundBoard {
        let forecast = Forecast(
            work, times, order: plan.order, futures: plan.futures, seed: plan.seed)
        let effort = MoveEffort(work, atMost: plan.futures)
        let finder = MoveFinder(
            work, due, times, order: plan.order, futures: effort.futures, seed: plan.seed,
            elsewhere: plan.elsewhere)
        let tried = finder.attempts(
            finder.possible(reserve: plan.reserve, atMost: effort.moves), pairs: effort.pairs)
        let lines = open.indices.map { line($0, forecast, tried) }
        return TurnaroundBoard(
            at: now, fact: fact, tubes: open.reduce(0) { $0 + $1.count },
            expectedBreaches: finder.expected,
            isLearned: times[.review].isLearned,
            lines: lines.sorted {
                ($0.slackMinutes, $0.deadline, $0.box) < ($1.slackMinutes, $1.deadline, $1.box)
            },
            moves: tried.best.map {
                TurnaroundBoard.Advice(
                    move: words($0.move), avoided: $0.avoided, low: $0.low, high: $0.high)
            })
    }

    private func line(
        _ place: Int, _ forecast: Forecast, _ tried: MoveAttempts
    ) -> TurnaroundBoard.Line {
        let one = open[place]
        let due = due[place]
        let finish = forecast.finish(due.subject, quantile: 0.5)
        let probability = forecast.lateness(due.subject, deadline: due.deadline)
        let status: TurnaroundBoard.Status =
            due.deadline < 0
            ? .breached : probability >= 0.5 ? .willBreach : probability >= 0.1 ? .atRisk : .onTime
        let (stage, reason) = reason(place)
        let helps = status == .onTime ? nil : tried.help(place)
        return TurnaroundBoard.Line(
            box: one.box, unit: one.unit, plate: one.plate, tubes: one.count,
            isRetest: one.isRetest, received: one.received, deadline: one.due,
            predicted: instant(finish),
            low: instant(forecast.finish(due.subject, quantile: 0.1)),
            high: instant(forecast.finish(due.subject, quantile: 0.9)),
            slackMinutes: Int((due.deadline - min(finish, 1e7)).rounded(.down)),
            probability: probability, status: status, stage: stage, reason: reason,
            move: helps.map { words($0.move) }, avoided: helps.map { max(0, $0.avoided) },
            earlierMinutes: helps.map { Int($0.earlier.rounded()) },
            noMove: status == .onTime || helps != nil ? nil : unhelped(place))
    }
}
