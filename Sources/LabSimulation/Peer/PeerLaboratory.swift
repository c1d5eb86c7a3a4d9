import LabStatistics

/// What happens in the peer model.
enum PeerEvent {
    static let receipt: UInt8 = 1
    static let callBack: UInt8 = 2
    static let moreStaff: UInt8 = 3
    static let receptionEnd: UInt8 = 4
    static let plateTimeout: UInt8 = 5
    static let extractionEnd: UInt8 = 6
    static let pcrEnd: UInt8 = 7
    static let reviewEnd: UInt8 = 8
    static let arrival: UInt8 = 9
    static let swabEnd: UInt8 = 10
    static let tubeTimeout: UInt8 = 11
    static let pickUp: UInt8 = 12
}

/// All that a laboratory's events touch besides the laboratory itself.
struct PeerWorld: ~Copyable {
    var agenda = EventList()
    var tubes: PeerTubes
    var tally = PeerTally()
    /// Where one laboratory's life is written down, if anywhere.
    var log: PeerLog?

    init(poolSize: Int) { tubes = PeerTubes(poolSize: poolSize) }
}

/// A laboratory of the peer model: reception, plates, extraction, PCR, review.
///
/// It neither knows nor cares whether the list of events is its own or the whole city's.
struct PeerLaboratory: ~Copyable {
    private let number: Int32
    private let city: PeerCity
    private var reception: Station
    private var extraction: Station
    private var pcr: Station
    private var review: Station
    private var plates: PeerPlates
    private var handling: SeededGenerator
    private var reviewing: SeededGenerator
    private var failing: SeededGenerator
    private var callingBack: SeededGenerator

    init(_ number: Int, of city: PeerCity, _ master: SeededGenerator) {
        self.number = Int32(number)
        self.city = city
        reception = Station(city.reception)
        extraction = Station(.always(city.extractors))
        pcr = Station(.always(city.cyclers))
        review = Station(city.review)
        plates = PeerPlates(samples: city.samplesOnPlate)
        let own = UInt64(number)
        handling = master.stream(named: "reception", number: own)
        reviewing = master.stream(named: "review", number: own)
        failing = master.stream(named: "failure", number: own)
        callingBack = master.stream(named: "call-back", number: own)
    }

    var mostWaiting: [Int] {
        [reception.mostWaiting, extraction.mostWaiting, pcr.mostWaiting, review.mostWaiting]
    }

    var busyTimes: [Double] {
        [reception.busyTime, extraction.busyTime, pcr.busyTime, review.busyTime]
    }

    /// All tubes of a trip are received at one instant, in the order in which they were closed.
    @inline(__always)
    mutating func receive(_ first: Int32, at time: Double, _ world: inout PeerWorld) {
        world.tally.events += 1
        var tube = first
        while tube >= 0 {
            world.tubes[tube].receipt = time
            if let log = world.log { note(tube, time, log, world.tubes) }
            reception.enter(PeerItem(pool: tube).code, urgently: false)
            tube = world.tubes[tube].next
        }
        beginReception(time, &world)
    }

    private func note(
        _ number: Int32, _ time: Double, _ log: PeerLog, _ tubes: borrowing PeerTubes
    ) {
        let tube = tubes[number]
        let members = Int(tube.members)
        let closed =
            members == city.poolSize
            ? tubes.swabbed(members - 1, of: number)
            : tubes.swabbed(0, of: number) + city.tubeTimeout
        log.receive(
            PeerItem(pool: number), closed: closed, members: members, isPositive: tube.isPositive,
            at: time)
    }

    /// Does what an event of this laboratory asks for.
    mutating func handle(_ event: Event, _ world: inout PeerWorld) {
        let time = event.time
        switch event.kind {
        case PeerEvent.receptionEnd:
            world.tally.events += 1
            reception.leave()
            putOnPlate(PeerItem(code: UInt32(bitPattern: event.detail)), time, &world)
            beginReception(time, &world)
        case PeerEvent.plateTimeout:
            if plates.isStillOpen(event.detail) {
                world.tally.events += 1
                finishPlate(urgent: plates.isUrgent(event.detail), time, &world)
            }
        case PeerEvent.extractionEnd:
            world.tally.events += 1
            extraction.leave()
            pcr.enter(UInt32(event.detail), urgently: plates.isUrgent(event.detail))
            beginExtraction(time, &world)
            beginPCR(time, &world)
        case PeerEvent.pcrEnd:
            world.tally.events += 1
            pcr.leave()
            review.enter(UInt32(event.detail), urgently: plates.isUrgent(event.detail))
            beginPCR(time, &world)
            beginReview(time, &world)
        case PeerEvent.reviewEnd:
            world.tally.events += 1
            review.leave()
            judge(event.detail, time, &world)
            beginReview(time, &world)
        case PeerEvent.callBack:
            world.tally.events += 1
            let tube = event.detail
            for member in 0..<Int(world.tubes[tube].members) {
                let single = PeerItem(member: member, of: tube)
                world.log?.callBack(single, of: PeerItem(pool: tube), at: time)
                reception.enter(single.code, urgently: true)
            }
            beginReception(time, &world)
        case PeerEvent.receipt:
            receive(event.detail, at: time, &world)
        default:
            beginReception(time, &world)
            beginReview(time, &world)
        }
    }

    @inline(__always)
    private mutating func beginReception(_ time: Double, _ world: inout PeerWorld) {
        while let item = reception.next(at: time) {
            let duration = 0.1 + 0.1 * handling.uniform()
            reception.work(duration)
            world.log?.begin(PeerItem(code: item), at: time)
            world.agenda.schedule(
                PeerEvent.receptionEnd, at: time + duration, subject: number,
                detail: Int32(bitPattern: item))
        }
        if let rise = reception.riseToAwait(at: time) {
            world.agenda.schedule(PeerEvent.moreStaff, at: rise, subject: number)
        }
    }

    private mutating func beginExtraction(_ time: Double, _ world: inout PeerWorld) {
        while let plate = extraction.next(at: time) {
            extraction.work(city.extractionTime)
            world.log?.begin(.extraction, Int32(plate), at: time)
            world.tally.plates += 1
            world.tally.wells += plates.count(Int32(plate))
            world.agenda.schedule(
                PeerEvent.extractionEnd, at: time + city.extractionTime, subject: number,
                detail: Int32(plate))
        }
    }

    private mutating func beginPCR(_ time: Double, _ world: inout PeerWorld) {
        while let plate = pcr.next(at: time) {
            pcr.work(city.pcrTime)
            world.log?.begin(.pcr, Int32(plate), at: time)
            world.agenda.schedule(
                PeerEvent.pcrEnd, at: time + city.pcrTime, subject: number, detail: Int32(plate))
        }
    }

    private mutating func beginReview(_ time: Double, _ world: inout PeerWorld) {
        while let plate = review.next(at: time) {
            let duration = reviewing.uniform(from: 4, to: 8)
            review.work(duration)
            world.log?.begin(.review, Int32(plate), at: time)
            world.agenda.schedule(
                PeerEvent.reviewEnd, at: time + duration, subject: number, detail: Int32(plate))
        }
        if let rise = review.riseToAwait(at: time) {
            world.agenda.schedule(PeerEvent.moreStaff, at: rise, subject: number)
        }
    }

    @inline(__always)
    private mutating func putOnPlate(
        _ item: PeerItem, _ time: Double, _ world: inout PeerWorld
    ) {
        let isSingle = item.member >= 0
        let (plate, count) = plates.add(item.code, isSingle: isSingle)
        world.log?.put(item, on: plate, isFirst: count == 1, isUrgent: isSingle, at: time)
        if count == 1 {
            let patience =
                isSingle ? city.plateTimeouts.singles : city.plateTimeouts.routine
            world.agenda.schedule(
                PeerEvent.plateTimeout, at: time + patience, subject: number, detail: plate)
        }
        if count == city.samplesOnPlate { finishPlate(urgent: isSingle, time, &world) }
    }

    private mutating func finishPlate(
        urgent: Bool, _ time: Double, _ world: inout PeerWorld
    ) {
        let plate = plates.finish(urgent: urgent)
        world.log?.form(plate, wells: plates.count(plate), at: time)
        extraction.enter(UInt32(plate), urgently: urgent)
        beginExtraction(time, &world)
    }

    /// The end of a review: the plate is repeated as a whole, or its results are final.
    private mutating func judge(_ plate: Int32, _ time: Double, _ world: inout PeerWorld) {
        if city.failure > 0, failing.uniform() < city.failure {
            plates.makeUrgent(plate)
            world.log?.judge(plate, isRepeated: true, at: time)
            extraction.enter(UInt32(plate), urgently: true)
            beginExtraction(time, &world)
            return
        }
        world.log?.judge(plate, isRepeated: false, at: time)
        for place in 0..<plates.count(plate) {
            resolve(PeerItem(code: plates.item(place, on: plate)), time, &world)
        }
        plates.release(plate)
    }

    @inline(__always)
    private mutating func resolve(_ item: PeerItem, _ time: Double, _ world: inout PeerWorld) {
        let tube = world.tubes[item.tube]
        let turnaround = time - tube.receipt
        if item.member >= 0 {
            conclude(1, turnaround, time, &world)
            world.tally.singles += 1
            world.tally.sinceSwab.add(time - world.tubes.swabbed(item.member, of: item.tube))
            world.tubes[item.tube].open = tube.open - 1
            if tube.open == 1 { world.tubes.release(item.tube) }
        } else if tube.isPositive {
            let absence = callingBack.uniform(from: 90, to: 150)
            world.agenda.schedule(
                PeerEvent.callBack, at: time + absence, subject: number, detail: item.tube)
        } else {
            let members = Int(tube.members)
            conclude(members, turnaround, time, &world)
            for member in 0..<members {
                world.tally.sinceSwab.add(time - world.tubes.swabbed(member, of: item.tube))
            }
            world.tubes.release(item.tube)
        }
    }

    @inline(__always)
    private func conclude(
        _ people: Int, _ turnaround: Double, _ time: Double, _ world: inout PeerWorld
    ) {
        world.tally.turnaround.add(turnaround, times: people)
        if turnaround > 720 { world.tally.late += people }
        world.tally.makespan = max(world.tally.makespan, time)
    }
}
