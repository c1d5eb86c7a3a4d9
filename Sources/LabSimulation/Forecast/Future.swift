import Glibc

/// What happens in a future.
enum FutureEvent {
    static let taken: UInt8 = 1
    static let patienceOver: UInt8 = 2
    /// The end at a station: this plus the station's number.
    static let end: UInt8 = 3
    static let callBack: UInt8 = 6
    static let repaired: UInt8 = 7
    static let arrival: UInt8 = 8
}

/// A plate of a future.
struct FuturePlate: BitwiseCopyable {
    var wells: Int32 = 0
    /// Subjects of the forecast whose finish is this plate's.
    var watched: Int32 = 0
    var passes: Int32 = 0
    var isUrgent = false
    var isOpen = false
    var holdsPools = true
    var deadline = Double.infinity
    var finish = Double.infinity
}

/// Tubes of a future that wait for reception.
struct FutureGroup: BitwiseCopyable {
    var left: Int32
    var isUrgent: Bool
    var holdsPools: Bool
    /// The subject of the forecast, or −1.
    var subject: Int32
    var deadline: Double
}

/// One future of a laboratory: its present state, run forward with chance until everything that
/// is there now is released.
///
/// Plates move, not tubes: reception is a stream of its servers' joint rate, cut where a plate is
/// full. Tubes to come matter only until the open plate is full, retests to come as long as
/// anything waits, since they go first.
struct Future: ~Copyable {
    static let chunk: Int32 = 16

    let work: WorkInHand
    let times: LearnedTimes
    let order: LineOrder
    let rate: Double
    var chance: FutureChance
    /// The chance that a pool is positive, in this future: it is known from few positives alone.
    var positivity = 0.0
    /// The chance of a breakdown during a service at each station, likewise.
    var breakdowns = [0.0, 0, 0]
    var agenda = EventList()
    var plates = Block(capacity: 256, filledWith: FuturePlate())
    var plateCount = 0
    var groups = Block(
        capacity: 256,
        filledWith: FutureGroup(
            left: 0, isUrgent: false, holdsPools: false, subject: -1, deadline: 0))
    var groupCount = 0
    var reception = PriorityLine()
    var extraction = PriorityLine()
    var pcr = PriorityLine()
    var review = PriorityLine()
    /// Who was taken in and waits for a plate, in the order of earliest deadlines.
    var readyPools = PriorityLine()
    var readySingles = PriorityLine()
    var readyCount: (pools: Int32, singles: Int32) = (0, 0)
    /// Since when the oldest of them waits.
    var readySince = (pools: Double.infinity, singles: Double.infinity)
    var free = (0, 0, 0)
    /// The plate that is being filled with pools, and with singles; −1 for none.
    var filling: (pools: Int32, singles: Int32) = (-1, -1)
    /// The group that is being taken in, and how many of it.
    var taking: (group: Int32, count: Int32) = (-1, 0)
    var unresolved = 0
    /// Which plate each subject is on, or −1.
    var plateOf: Block<Int32>
    let subjects: Int

    init(_ work: WorkInHand, _ times: LearnedTimes, _ order: LineOrder) {
        (self.work, self.times, self.order) = (work, times, order)
        rate = Double(work.working.reception) / max(times.reception, 1e-6)
        subjects = work.subjects
        plateOf = Block(capacity: max(1, subjects), filledWith: -1)
        chance = FutureChance(seed: 0, future: 0)
    }

    /// Runs one future.
    /// - Parameters:
    ///   - seed: The forecast's.
    ///   - number: Which of its futures.
    ///   - finishes: Receives the minutes to the finish of each subject.
    ///   - step: How far apart they are written.
    mutating func run(
        seed: UInt64, number: Int, into finishes: UnsafeMutablePointer<Float>, every step: Int
    ) {
        chance = FutureChance(seed: seed, future: number)
        let doubt = Gamma.quantile(chance.uniform(-2, 0), shape: times.positives)
        positivity = min(0.5, times.positivity * doubt / times.positives)
        for stage in [PlateStage.extraction, .pcr] {
            breakdowns[stage.rawValue] = times.breakdowns(
                stage, chance.uniform(-2, 1 + stage.rawValue))
        }
        clear()
        setUp()
        while unresolved > 0, let event = agenda.next() { handle(event) }
        for subject in 0..<subjects {
            let plate = plateOf[subject]
            let finish = plate < 0 ? Double.infinity : plates[Int(plate)].finish
            finishes[subject * step] = Float(finish - work.now)
        }
    }

    private mutating func clear() {
        agenda.clear()
        reception.clear()
        extraction.clear()
        pcr.clear()
        review.clear()
        readyPools.clear()
        readySingles.clear()
        readyCount = (0, 0)
        readySince = (.infinity, .infinity)
        (plateCount, groupCount, unresolved) = (0, 0, 0)
        filling = (-1, -1)
        taking = (-1, 0)
        plateOf.clear()
    }

    private mutating func handle(_ event: Event) {
        let time = event.time
        switch event.kind {
        case FutureEvent.taken: finishTaking(time)
        case FutureEvent.patienceOver:
            if event.detail < 0 {
                begin(.extraction, time)
            } else if plates[Int(event.detail)].isOpen {
                close(event.detail, time)
            }
        case FutureEvent.end: leave(.extraction, event.detail, time)
        case FutureEvent.end + 1: leave(.pcr, event.detail, time)
        case FutureEvent.end + 2:
            free.2 += 1
            judge(event.detail, time)
            begin(.review, time)
        case FutureEvent.callBack: join(event.detail, isUrgent: true, time)
        case FutureEvent.arrival: join(event.detail, isUrgent: false, time)
        default:
            guard let stage = PlateStage(rawValue: Int(event.detail)) else { return }
            release(stage)
            begin(stage, time)
        }
    }

    private mutating func leave(_ stage: PlateStage, _ plate: Int32, _ time: Double) {
        guard let next = stage.next else { return }
        release(stage)
        enter(next, plate, since: time)
        begin(stage, time)
        begin(next, time)
    }

    @inline(__always)
    private mutating func release(_ stage: PlateStage) {
        switch stage {
        case .extraction: free.0 += 1
        case .pcr: free.1 += 1
        case .review: free.2 += 1
        }
    }

    /// Lets a plate wait for a station.
    @inline(__always)
    mutating func enter(_ stage: PlateStage, _ number: Int32, since time: Double) {
        let plate = plates[Int(number)]
        let key = (order == .firstCome ? time : plate.deadline) - (plate.isUrgent ? 1e9 : 0)
        switch stage {
        case .extraction: extraction.append(number, key: key)
        case .pcr: pcr.append(number, key: key)
        case .review: review.append(number, key: key)
        }
    }

    /// Begins whatever may begin at a station.
    mutating func begin(_ stage: PlateStage, _ time: Double) {
        switch stage {
        case .extraction:
            if order == .earliestDeadline { fillPlates(time) }
            while free.0 > 0, extraction.count > 0 {
                free.0 -= 1
                serve(stage, extraction.removeFirst(), time)
            }
        case .pcr:
            while free.1 > 0, pcr.count > 0 {
                free.1 -= 1
                serve(stage, pcr.removeFirst(), time)
            }
        case .review:
            while free.2 > 0, review.count > 0 {
                free.2 -= 1
                serve(stage, review.removeFirst(), time)
            }
        }
    }

    @inline(__always)
    private mutating func serve(_ stage: PlateStage, _ number: Int32, _ time: Double) {
        let duration =
            times[stage].draw(luck(of: number, at: stage)) + repair(of: number, at: stage)
        agenda.schedule(
            FutureEvent.end + UInt8(stage.rawValue), at: time + duration, detail: number)
    }

    /// What a breakdown adds to a plate's time at a station: nothing, mostly.
    @inline(__always)
    func repair(of plate: Int32, at stage: PlateStage) -> Double {
        let rate = breakdowns[stage.rawValue]
        let luck = breakdownLuck(of: plate, at: stage)
        return luck < rate ? -times.repair * log(luck / rate) : 0
    }

    @inline(__always)
    func breakdownLuck(of plate: Int32, at stage: PlateStage) -> Double {
        let pass = Int(plates[Int(plate)].passes)
        let purpose = FutureChance.breakdown + 8 * pass + stage.rawValue
        return max(1e-9, chance.uniform(Int(plate), purpose))
    }

    /// The luck of a plate at a station, another one in each pass.
    @inline(__always)
    func luck(of plate: Int32, at stage: PlateStage) -> Double {
        guard times[stage].isLearned else {
            return chance.uniform(-1, FutureChance.stage + stage.rawValue)
        }
        let pass = Int(plates[Int(plate)].passes)
        return chance.uniform(Int(plate), FutureChance.stage + 8 * pass + stage.rawValue)
    }

    /// The end of a review: the plate is repeated, or its results are out.
    private mutating func judge(_ number: Int32, _ time: Double) {
        let plate = plates[Int(number)]
        let pass = Int(plate.passes)
        if pass < 20,
            chance.uniform(Int(number), FutureChance.verdict + pass) < times.repeats
        {
            plates[Int(number)].passes += 1
            plates[Int(number)].isUrgent = true
            enter(.extraction, number, since: time)
            begin(.extraction, time)
            return
        }
        plates[Int(number)].finish = time
        unresolved -= Int(plate.watched)
        if plate.holdsPools { callBack(from: number, wells: Int(plate.wells), time) }
    }

    /// Draws how many of a plate's pools are positive, and calls their members back.
    private mutating func callBack(from plate: Int32, wells: Int, _ time: Double) {
        let members = Int32(times.singlesPerPositive.rounded())
        let p = positivity
        guard members > 0, p > 0, p < 1, wells > 0 else { return }
        // The binomial law by inversion, from zero positives upwards.
        var rest = chance.uniform(Int(plate), FutureChance.positives)
        var term = exp(Double(wells) * log1p(-p))
        var positives = 0
        while rest >= term, positives < wells {
            rest -= term
            term *= Double(wells - positives) / Double(positives + 1) * p / (1 - p)
            positives += 1
        }
        for one in 0..<positives {
            let luck = chance.uniform(Int(plate), FutureChance.callBack + one)
            agenda.schedule(
                FutureEvent.callBack, at: time + times.callBack.draw(luck), detail: members)
        }
    }
}
