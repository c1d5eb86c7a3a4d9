internal import LabDomain
internal import LabStatistics

/// A laboratory of a scenario: reception, pools and plates, extraction, PCR, review.
struct ScenarioLaboratory: ~Copyable {
    let number: Int32
    let testing: Scenario.Testing
    let rules: ScenarioRules
    let zones: [ScenarioZone]
    private var reception: DutyStation
    var extraction: DutyStation
    var pcr: DutyStation
    /// The machines one by one, where they break down.
    var extractionRoom: MachineRoom?
    var pcrRoom: MachineRoom?
    private var review: DutyStation
    private var plates: ScenarioPlates
    // Laboratory pools that are being formed, by the zone of their tubes.
    private var forming: [FormingPool]
    private var handling: SeededGenerator
    private var machines: SeededGenerator
    private var failing: SeededGenerator
    var reading: SeededGenerator
    var returning: SeededGenerator
    private let kits: [Levels.Stair]
    private var kitsUsed = 0
    private(set) var platesRun = 0
    private(set) var tubesReceived = 0
    /// When the first tube came and the last result was given; −1 before.
    private(set) var firstReceipt = -1.0
    private(set) var lastRelease = -1.0
    /// Tubes on the way here or without their first result.
    var load = 0

    /// A laboratory of the scenario, or one of other machines and people in its place.
    init(
        _ number: Int, _ compiled: CompiledScenario, _ master: SeededGenerator,
        as other: Scenario.Laboratory? = nil
    ) {
        self.number = Int32(number)
        let plan = other ?? compiled.scenario.laboratories[number]
        testing = compiled.scenario.testing
        rules = compiled.rules
        zones = compiled.zones
        reception = DutyStation(plan.reception)
        extraction = DutyStation(plan.extractors)
        pcr = DutyStation(plan.cyclers)
        review = DutyStation(plan.review)
        plates = ScenarioPlates(samples: testing.samplesOnPlate)
        forming = compiled.zones.map { _ in FormingPool() }
        kits = plan.kits
        let own = UInt64(number)
        handling = master.stream(named: "reception", number: own)
        machines = master.stream(named: "machines", number: own)
        failing = master.stream(named: "failure", number: own)
        reading = master.stream(named: "reading", number: own)
        returning = master.stream(named: "call-back", number: own)
        extractionRoom = testing.extractionBreakdowns.map { law in
            MachineRoom(law, machines: plan.extractors.most) {
                master.stream(named: "extraction breakdowns", number: own << 20 | UInt64($0))
            }
        }
        pcrRoom = testing.pcrBreakdowns.map { law in
            MachineRoom(law, machines: plan.cyclers.most) {
                master.stream(named: "pcr breakdowns", number: own << 20 | UInt64($0))
            }
        }
    }

    /// The most that waited at any instant, by station.
    var mostWaiting: [Int] {
        [reception.mostWaiting, extraction.mostWaiting, pcr.mostWaiting, review.mostWaiting]
    }

    /// Minutes of work, by station.
    var busyTimes: [Double] {
        [reception.busyTime, extraction.busyTime, pcr.busyTime, review.busyTime]
    }

    /// Adds who waits and works now to the city's curves.
    func look(_ place: Int, _ tally: inout ScenarioTally) {
        tally.waiting[4 * place] += reception.waiting
        tally.waiting[4 * place + 1] += extraction.waiting
        tally.waiting[4 * place + 2] += pcr.waiting
        tally.waiting[4 * place + 3] += review.waiting
        tally.working[4 * place] += reception.busy
        tally.working[4 * place + 1] += extraction.busy
        tally.working[4 * place + 2] += pcr.busy
        tally.working[4 * place + 3] += review.busy
    }

    /// All tubes of a trip are received at one instant, in the order in which they were fetched.
    mutating func receive(_ first: Int32, at time: Double, _ world: inout ScenarioWorld) {
        if firstReceipt < 0 {
            firstReceipt = time
            beginBreakdowns(time, &world)
        }
        var tube = first
        var count = 0
        while tube >= 0 {
            world.tubes[tube].receipt = time
            let zone = Int(world.tubes[tube].zone)
            reception.enter(ScenarioItem(tube: tube).code, urgently: zones[zone].isUrgent)
            let next = world.tubes[tube].next
            world.tubes[tube].next = -1
            tube = next
            count += 1
        }
        tubesReceived += count
        world.tally.received(count, at: time)
        beginReception(time, &world)
    }

    /// Does what an event of this laboratory asks for.
    mutating func handle(_ event: Event, _ world: inout ScenarioWorld) {
        let time = event.time
        switch event.kind {
        case ScenarioEvent.receptionEnd:
            reception.leave()
            accept(ScenarioItem(code: UInt32(bitPattern: event.detail)), time, &world)
            beginReception(time, &world)
        case ScenarioEvent.plateTimeout:
            if plates.isDue(event.detail, at: time) {
                finishPlate(urgent: plates.isUrgent(event.detail), time, &world)
            }
        case ScenarioEvent.poolTimeout:
            let zone = Int(event.detail)
            if forming[zone].isDue(at: time) { finishPool(zone, time, &world) }
        case ScenarioEvent.extractionEnd:
            guard extractionRoom?.end(event.detail, at: time) ?? true else { return }
            extraction.leave()
            pcr.enter(UInt32(event.detail), urgently: plates.isUrgent(event.detail))
            beginExtraction(time, &world)
            beginPCR(time, &world)
        case ScenarioEvent.pcrEnd:
            guard pcrRoom?.end(event.detail, at: time) ?? true else { return }
            pcr.leave()
            review.enter(UInt32(event.detail), urgently: plates.isUrgent(event.detail))
            beginPCR(time, &world)
            beginReview(time, &world)
        case ScenarioEvent.reviewEnd:
            review.leave()
            judge(event.detail, time, &world)
            beginReview(time, &world)
        case ScenarioEvent.callBack:
            for member in 0..<Int(world.tubes[event.detail].members) {
                reception.enter(
                    ScenarioItem(member: member, of: event.detail).code, urgently: true)
            }
            beginReception(time, &world)
        case ScenarioEvent.keptReady: retestKept(from: event.detail, time, &world)
        case ScenarioEvent.breakdown: breakDown(event.detail, time, &world)
        case ScenarioEvent.repaired: repair(event.detail, time, &world)
        default:
            beginReception(time, &world)
            beginExtraction(time, &world)
            beginPCR(time, &world)
            beginReview(time, &world)
        }
    }

    private mutating func await(_ rise: Double?, _ world: inout ScenarioWorld) {
        guard let rise else { return }
        world.agenda.schedule(ScenarioEvent.change, at: rise, subject: number)
    }

    @inline(__always)
    private mutating func beginReception(_ time: Double, _ world: inout ScenarioWorld) {
        while let item = reception.candidate(at: time) {
            let span = testing.receptionSeconds
            let duration = handling.uniform(from: span.least / 60, to: span.most / 60)
            reception.begin(for: duration)
            world.agenda.schedule(
                ScenarioEvent.receptionEnd, at: time + duration, subject: number,
                detail: Int32(bitPattern: item))
        }
        if reception.waiting > 0 { self.await(reception.riseToAwait(at: time), &world) }
    }

    mutating func beginExtraction(_ time: Double, _ world: inout ScenarioWorld) {
        if let room = extractionRoom {
            extraction.down = room.down(of: extraction.onDuty(at: time))
        }
        while let plate = extraction.candidate(at: time) {
            let wells = plates.count(Int32(plate)) + testing.controls
            guard kitsUsed + wells <= kitsDelivered(by: time) else {
                extraction.noteWaiting()
                self.await(kits.first { $0.from > time }?.from, &world)
                return
            }
            kitsUsed += wells
            let duration = draw(testing.extraction)
            extraction.begin(for: duration)
            extractionRoom?.begin(Int32(plate), until: time + duration)
            platesRun += 1
            world.tally.plates += 1
            world.tally.wells += plates.count(Int32(plate))
            world.agenda.schedule(
                ScenarioEvent.extractionEnd, at: time + duration, subject: number,
                detail: Int32(plate))
        }
        if extraction.waiting > 0 { self.await(extraction.riseToAwait(at: time), &world) }
    }

    private func kitsDelivered(by time: Double) -> Int {
        kits.isEmpty ? .max : kits.reduce(0) { $0 + ($1.from <= time ? $1.count : 0) }
    }

    mutating func beginPCR(_ time: Double, _ world: inout ScenarioWorld) {
        if let room = pcrRoom { pcr.down = room.down(of: pcr.onDuty(at: time)) }
        while let plate = pcr.candidate(at: time) {
            let duration = draw(testing.pcr)
            pcr.begin(for: duration)
            pcrRoom?.begin(Int32(plate), until: time + duration)
            world.agenda.schedule(
                ScenarioEvent.pcrEnd, at: time + duration, subject: number, detail: Int32(plate))
        }
        if pcr.waiting > 0 { self.await(pcr.riseToAwait(at: time), &world) }
    }

    private mutating func beginReview(_ time: Double, _ world: inout ScenarioWorld) {
        while let plate = review.candidate(at: time) {
            let duration = draw(testing.review)
            review.begin(for: duration)
            world.agenda.schedule(
                ScenarioEvent.reviewEnd, at: time + duration, subject: number,
                detail: Int32(plate))
        }
        if review.waiting > 0 { self.await(review.riseToAwait(at: time), &world) }
    }

    private mutating func draw(_ span: Scenario.Span) -> Double {
        span.least == span.most
            ? span.least : machines.uniform(from: span.least, to: span.most)
    }

    /// A tube was received: single tubes of pooled classes wait for their pool.
    @inline(__always)
    private mutating func accept(
        _ item: ScenarioItem, _ time: Double, _ world: inout ScenarioWorld
    ) {
        let zone = Int(world.tubes[item.tube].zone)
        guard item.isCollected, zones[zone].tubesInWell > 1 else {
            putOnPlate(item, urgently: !item.isCollected || zones[zone].isUrgent, time, &world)
            return
        }
        if forming[zone].add(item.tube, deadline: time + testing.plateTimeout, &world.tubes) {
            world.agenda.schedule(
                ScenarioEvent.poolTimeout, at: time + testing.plateTimeout, subject: number,
                detail: Int32(zone))
        }
        if forming[zone].count == zones[zone].tubesInWell { finishPool(zone, time, &world) }
    }

    /// Closes a laboratory pool; what its test will read is drawn now.
    private mutating func finishPool(
        _ zone: Int, _ time: Double, _ world: inout ScenarioWorld
    ) {
        let head = forming[zone].close()
        var infected = 0
        var tube = head
        while tube >= 0 {
            infected += world.tubes[tube].infected.nonzeroBitCount
            tube = world.tubes[tube].next
        }
        let chance = zones[zone].reading.positive(infected)
        world.tubes[head].reads = chance > 0 && reading.uniform() < chance
        let item = ScenarioItem(poolFrom: head)
        putOnPlate(item, urgently: zones[zone].isUrgent, time, &world)
    }

    /// The kept tubes of a positive pool go on the urgent plate, one well each.
    private mutating func retestKept(
        from head: Int32, _ time: Double, _ world: inout ScenarioWorld
    ) {
        var tube = head
        while tube >= 0 {
            let next = world.tubes[tube].next
            world.tubes[tube].next = -1
            world.tally.keptRetested += 1
            putOnPlate(ScenarioItem(kept: tube), urgently: true, time, &world)
            tube = next
        }
    }

    mutating func putOnPlate(
        _ item: ScenarioItem, urgently: Bool, _ time: Double, _ world: inout ScenarioWorld
    ) {
        let patience = urgently ? testing.urgentPlateTimeout : testing.plateTimeout
        let (plate, count) = plates.add(item.code, urgently: urgently, deadline: time + patience)
        if count == 1 {
            world.agenda.schedule(
                ScenarioEvent.plateTimeout, at: time + patience, subject: number, detail: plate)
        }
        if count == testing.samplesOnPlate { finishPlate(urgent: urgently, time, &world) }
    }

    private mutating func finishPlate(
        urgent: Bool, _ time: Double, _ world: inout ScenarioWorld
    ) {
        let plate = plates.close(urgent: urgent)
        extraction.enter(UInt32(plate), urgently: urgent)
        beginExtraction(time, &world)
    }

    /// The plate is extracted again, from what is kept of its samples.
    mutating func repeatPlate(_ plate: Int32, _ time: Double, _ world: inout ScenarioWorld) {
        world.tally.platesRepeated += 1
        plates.makeUrgent(plate)
        extraction.enter(UInt32(plate), urgently: true)
        beginExtraction(time, &world)
    }

    /// The end of a review: the plate is repeated as a whole, or its wells are judged.
    private mutating func judge(_ plate: Int32, _ time: Double, _ world: inout ScenarioWorld) {
        if testing.plateFailure > 0, failing.uniform() < testing.plateFailure {
            repeatPlate(plate, time, &world)
            return
        }
        lastRelease = time
        for place in 0..<plates.count(plate) {
            let item = ScenarioItem(code: plates.item(place, on: plate))
            if testing.wellFailure > 0, failing.uniform() < testing.wellFailure,
                rules.failedWell == .again
            {
                putOnPlate(item, urgently: true, time, &world)
            } else {
                resolve(item, time, &world)
            }
        }
        plates.release(plate)
    }
}

/// A laboratory pool that is being formed.
struct FormingPool {
    private var first: Int32 = -1
    private var last: Int32 = -1
    private(set) var count = 0
    private var deadline = -1.0

    /// Adds a tube; true when it is the pool's first.
    mutating func add(
        _ tube: Int32, deadline: Double, _ tubes: inout ScenarioTubes
    ) -> Bool {
        count += 1
        tubes[tube].next = -1
        guard count > 1 else {
            (first, last, self.deadline) = (tube, tube, deadline)
            return true
        }
        tubes[last].next = tube
        last = tube
        return false
    }

    /// Whether the pool whose time is up is still the one being formed.
    func isDue(at time: Double) -> Bool { count > 0 && deadline == time }

    /// Closes the pool; its tubes hang together from the head that is given.
    mutating func close() -> Int32 {
        defer { (first, last, count) = (-1, -1, 0) }
        return first
    }
}
