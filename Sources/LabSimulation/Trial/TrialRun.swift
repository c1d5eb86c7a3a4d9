import LabStatistics

/// What happens on a day of a trial.
private enum TrialEvent {
    static let box: UInt8 = 1
    static let taken: UInt8 = 2
    static let patience: UInt8 = 3
    /// The end at a station: this plus the station's number.
    static let end: UInt8 = 4
    static let callBack: UInt8 = 7
    static let steer: UInt8 = 8
}

/// One day of a laboratory with breakdowns, tube by tube and machine by machine.
///
/// It shares no code with the forecaster's futures but the list of events and the lines, so that
/// what both get wrong in the same way stays small.
struct TrialRun {
    private let laboratory: TrialLaboratory
    private let day: TrialDay
    private let luck: TrialLuck
    private let order: LineOrder
    private let firstOfBox: [Int]
    private(set) var log = LaboratoryLog()
    /// The finish of each tube, wherever it was tested.
    private(set) var finishes: [Double] = []
    private var reception: [Int] = []
    private var ready: (pools: [Int], singles: [Int]) = ([], [])
    private var readySince = (pools: Double.infinity, singles: Double.infinity)
    private var onPlate: [[Int]] = []
    private var lines: [[Int]] = [[], [], []]
    private var busyDesks = 0
    /// For each machine: whether it works on a plate, and its work until the next breakdown.
    private var isBusy: [[Bool]]
    private var untilFailure: [[Double]]
    private var machineOf: [Int: Int] = [:]
    private var failures = 0

    /// Runs a day to its end.
    ///
    /// - Parameters:
    ///   - laboratory: How fast it is.
    ///   - day: What comes.
    ///   - seed: The luck of its machines and people.
    ///   - order: Who goes first.
    ///   - steer: Asked every half hour; the tubes that it names are sent to another laboratory.
    ///   - elsewhere: After how many minutes that one answers.
    init(
        _ laboratory: TrialLaboratory, _ day: TrialDay, seed: SeededGenerator, order: LineOrder,
        steer: ((LaboratoryLog, Double) -> [Int])? = nil, elsewhere: Double = 330
    ) {
        (self.laboratory, self.day, self.order) = (laboratory, day, order)
        luck = TrialLuck(random: seed)
        var first = 0
        firstOfBox = day.boxes.map { box in
            defer { first += box.tubes.count }
            return first
        }
        isBusy = PlateStage.allCases.map {
            [Bool](repeating: false, count: laboratory.stations[$0])
        }
        untilFailure = isBusy.map { $0.map { _ in 0 } }
        for stage in [PlateStage.extraction, .pcr] {
            for machine in untilFailure[stage.rawValue].indices {
                untilFailure[stage.rawValue][machine] = nextFailure()
            }
        }
        run(steer, elsewhere)
    }

    private mutating func nextFailure() -> Double {
        failures += 1
        return luck.exponential(laboratory.betweenFailures, "failure", failures)
    }

    private mutating func run(_ steer: ((LaboratoryLog, Double) -> [Int])?, _ elsewhere: Double) {
        var agenda = EventList()
        var open = 0
        for (number, box) in day.boxes.enumerated() {
            for one in box.tubes {
                var tube = LoggedTube()
                (tube.members, tube.limit) = (laboratory.poolSize, box.limit)
                (tube.closed, tube.box) = (one.closed, Int32(number))
                log.tubes.append(tube)
            }
            open += box.tubes.count
            agenda.schedule(TrialEvent.box, at: box.received, detail: Int32(number))
        }
        finishes = [Double](repeating: .infinity, count: log.tubes.count)
        if steer != nil { agenda.schedule(TrialEvent.steer, at: 30) }
        while let event = agenda.next() {
            let time = event.time
            switch event.kind {
            case TrialEvent.box: receive(Int(event.detail), time)
            case TrialEvent.taken:
                busyDesks -= 1
                finishTaking(Int(event.detail), time, &agenda)
            case TrialEvent.patience: break
            case TrialEvent.callBack: callBack(Int(event.detail), time)
            case TrialEvent.steer:
                guard let steer else { break }
                for tube in steer(log, time) { sendAway(tube, time, elsewhere) }
                if finishes.contains(where: { $0 == .infinity }) {
                    agenda.schedule(TrialEvent.steer, at: time + 30)
                }
            default:
                finish(Int(event.kind - TrialEvent.end), Int(event.detail), time, &agenda)
            }
            take(time, &agenda)
            formPlates(time)
            begin(time, &agenda)
        }
    }

    private mutating func receive(_ box: Int, _ time: Double) {
        let first = firstOfBox[box]
        for tube in first..<(first + day.boxes[box].tubes.count) {
            log.tubes[tube].received = time
            reception.append(tube)
        }
        if order == .earliestDeadline {
            let tubes = log.tubes
            reception.sort {
                (tubes[$0].isSingle ? 0 : 1, tubes[$0].deadline, $0)
                    < (tubes[$1].isSingle ? 0 : 1, tubes[$1].deadline, $1)
            }
        }
    }

    private mutating func callBack(_ pool: Int, _ time: Double) {
        for _ in 0..<laboratory.poolSize {
            var tube = LoggedTube()
            (tube.parent, tube.closed, tube.received) = (Int32(pool), time, time)
            reception.append(log.tubes.count)
            log.tubes.append(tube)
            finishes.append(.infinity)
        }
    }

    private mutating func take(_ time: Double, _ agenda: inout EventList) {
        while busyDesks < laboratory.stations.reception, !reception.isEmpty {
            let urgent = reception.firstIndex { log.tubes[$0].isSingle } ?? 0
            let tube = reception.remove(at: urgent)
            busyDesks += 1
            log.tubes[tube].receptionStart = time
            let duration = luck.duration(laboratory.receptionMean, 0.2, "reception", tube)
            agenda.schedule(TrialEvent.taken, at: time + duration, detail: Int32(tube))
        }
    }

    private mutating func finishTaking(_ tube: Int, _ time: Double, _ agenda: inout EventList) {
        log.tubes[tube].receptionEnd = time
        if log.tubes[tube].isSingle {
            if ready.singles.isEmpty { readySince.singles = time }
            ready.singles.append(tube)
            agenda.schedule(TrialEvent.patience, at: time + laboratory.patience.singles)
        } else {
            if ready.pools.isEmpty { readySince.pools = time }
            ready.pools.append(tube)
            agenda.schedule(TrialEvent.patience, at: time + laboratory.patience.routine)
        }
    }

    /// Forms plates: as soon as one is full or has waited long enough; in the order of deadlines
    /// only when a machine is free for it.
    private mutating func formPlates(_ time: Double) {
        while true {
            let free = isBusy[0].count { !$0 } - lines[0].count
            if order == .earliestDeadline, free <= 0 { return }
            let full = laboratory.samplesOnPlate
            let singlesWaited = time >= readySince.singles + laboratory.patience.singles
            let poolsWaited = time >= readySince.pools + laboratory.patience.routine
            if ready.singles.count >= full || (!ready.singles.isEmpty && singlesWaited) {
                form(singles: true, time)
            } else if ready.pools.count >= full || (!ready.pools.isEmpty && poolsWaited) {
                form(singles: false, time)
            } else {
                return
            }
        }
    }

    private mutating func form(singles: Bool, _ time: Double) {
        var waiting = singles ? ready.singles : ready.pools
        if order == .earliestDeadline {
            let tubes = log.tubes
            waiting.sort { (tubes[$0].deadline, $0) < (tubes[$1].deadline, $1) }
        }
        let chosen = Array(waiting.prefix(laboratory.samplesOnPlate))
        waiting.removeFirst(chosen.count)
        var plate = LoggedPlate()
        (plate.isUrgent, plate.wells, plate.formed) = (singles, Int32(chosen.count), time)
        let number = log.plates.count
        log.plates.append(plate)
        onPlate.append(chosen)
        for tube in chosen { log.tubes[tube].plate = Int32(number) }
        let since = waiting.reduce(.infinity) { min($0, log.tubes[$1].receptionEnd) }
        if singles {
            (ready.singles, readySince.singles) = (waiting, since)
        } else {
            (ready.pools, readySince.pools) = (waiting, since)
        }
        lines[0].append(number)
    }

    /// The place in a line of the plate that is next.
    private func next(_ line: [Int]) -> Int? {
        if let urgent = line.firstIndex(where: { log.plates[$0].isUrgent }) { return urgent }
        guard order == .earliestDeadline else { return line.isEmpty ? nil : 0 }
        return line.indices.min { deadline(line[$0]) < deadline(line[$1]) }
    }

    private func deadline(_ plate: Int) -> Double {
        onPlate[plate].reduce(.infinity) { min($0, log.tubes[$1].deadline) }
    }

    private mutating func begin(_ time: Double, _ agenda: inout EventList) {
        for stage in PlateStage.allCases {
            while let machine = isBusy[stage.rawValue].firstIndex(of: false),
                let place = next(lines[stage.rawValue])
            {
                let plate = lines[stage.rawValue].remove(at: place)
                isBusy[stage.rawValue][machine] = true
                machineOf[plate] = machine
                note(stage, plate, time)
                let duration = duration(stage, plate, machine)
                agenda.schedule(
                    TrialEvent.end + UInt8(stage.rawValue), at: time + duration,
                    detail: Int32(plate))
            }
        }
    }

    private mutating func note(_ stage: PlateStage, _ plate: Int, _ time: Double) {
        switch stage {
        case .extraction: log.plates[plate].extraction = time
        case .pcr: log.plates[plate].pcr = time
        case .review: log.plates[plate].review = time
        }
    }

    /// The time on a machine; a breakdown adds its repair, and nobody is told.
    private mutating func duration(_ stage: PlateStage, _ plate: Int, _ machine: Int) -> Double {
        let pass = Int(log.plates[plate].repeats)
        let number = (plate * 8 + pass) * 4 + stage.rawValue
        var duration = luck.duration(
            laboratory.means[stage.rawValue], laboratory.spreads[stage.rawValue], "stage", number)
        guard stage != .review else { return duration }
        untilFailure[stage.rawValue][machine] -= duration
        if untilFailure[stage.rawValue][machine] <= 0 {
            duration += luck.exponential(laboratory.repair, "repair", number)
            untilFailure[stage.rawValue][machine] = nextFailure()
        }
        return duration
    }

    private mutating func finish(
        _ stage: Int, _ plate: Int, _ time: Double, _ agenda: inout EventList
    ) {
        isBusy[stage][machineOf[plate] ?? 0] = false
        guard stage == PlateStage.review.rawValue else {
            lines[stage + 1].append(plate)
            return
        }
        let pass = Int(log.plates[plate].repeats)
        if luck.uniform("repeat", plate * 8 + pass) < laboratory.repeats {
            log.plates[plate].repeats += 1
            log.plates[plate].isUrgent = true
            log.plates[plate].extraction = .infinity
            log.plates[plate].pcr = .infinity
            log.plates[plate].review = .infinity
            lines[0].append(plate)
            return
        }
        log.plates[plate].released = time
        for tube in onPlate[plate] {
            finishes[tube] = time
            guard !log.tubes[tube].isSingle, isPositive(tube) else { continue }
            log.tubes[tube].isPositive = true
            agenda.schedule(
                TrialEvent.callBack, at: time + 90 + 60 * luck.uniform("call-back", tube),
                detail: Int32(tube))
        }
    }

    private func isPositive(_ tube: Int) -> Bool {
        let box = Int(log.tubes[tube].box)
        return day.boxes[box].tubes[tube - firstOfBox[box]].isPositive
    }

    private mutating func sendAway(_ tube: Int, _ time: Double, _ elsewhere: Double) {
        guard log.tubes[tube].plate < 0, finishes[tube] == .infinity,
            !log.tubes[tube].receptionStart.isFinite || log.tubes[tube].receptionEnd.isFinite
        else { return }
        reception.removeAll { $0 == tube }
        ready.pools.removeAll { $0 == tube }
        log.tubes[tube].left = time
        finishes[tube] = time + elsewhere
    }
}
