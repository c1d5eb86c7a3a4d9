import LabStatistics

/// A queue of one or two classes before c servers, on the kernel's list of events.
struct SimulatedQueue: ~Copyable {
    /// What a class brings.
    struct Class {
        let arrivals: Double
        let service: ServiceLaw
    }

    /// What is measured once the start is forgotten.
    struct Tally: ~Copyable {
        var arrived = 0
        var refused = 0
        var abandoned = 0
        var waitSums = [0.0, 0.0]
        var served = [0, 0]
        var waited = 0
        var waitSum = 0.0
        var timeSum = 0.0
        var waits = LogHistogram()
        var times = LogHistogram()
        var queueArea = 0.0
        var numberArea = 0.0
        var squareArea = 0.0
        var emptyTime = 0.0
        var busyArea = 0.0
        var busyPeriods = 0
        var busyPeriodSum = 0.0
        var start = 0.0
    }

    private let classes: [Class]
    private let servers: Int
    private let room: Int
    private let patienceRate: Double
    private var agenda = EventList()
    // Class 0 is served first.
    private var first = WaitingLine<Int32>(capacity: 64, blank: 0)
    private var second = WaitingLine<Int32>(capacity: 64, blank: 0)
    private var arrivedAt = Block(capacity: 256, filledWith: 0.0)
    private var isGone = Block(capacity: 256, filledWith: false)
    private var free = WaitingLine<Int32>(capacity: 256, blank: 0)
    private var slots: Int32 = 0
    private var waiting = 0
    private var busy = 0
    private var now = 0.0
    private var periodStart = 0.0
    private var chance:
        (arrivals: [SeededGenerator], services: SeededGenerator, patience: SeededGenerator)
    private(set) var tally = Tally()

    private enum Kind {
        static let arrival: UInt8 = 0
        static let departure: UInt8 = 1
        static let impatience: UInt8 = 2
    }

    init(
        _ classes: [Class], servers: Int, room: Int = .max, patienceRate: Double = 0,
        random: SeededGenerator
    ) {
        self.classes = classes
        (self.servers, self.room, self.patienceRate) = (servers, room, patienceRate)
        chance = (
            classes.indices.map { random.stream(named: "arrivals", number: UInt64($0)) },
            random.stream(named: "services"), random.stream(named: "patience")
        )
    }

    /// Lets people come: first those who are not counted, then those who are.
    mutating func run(warmUp: Int, count: Int) {
        for place in classes.indices { expect(place) }
        var left = warmUp
        while left > 0, let event = agenda.next() { left -= step(event) }
        tally = Tally()
        tally.start = now
        left = count
        while left > 0, let event = agenda.next() { left -= step(event) }
    }

    var duration: Double { now - tally.start }

    private mutating func expect(_ place: Int) {
        let gap = chance.arrivals[place].unitExponential() / classes[place].arrivals
        agenda.schedule(Kind.arrival, at: now + gap, subject: Int32(place))
    }

    /// Does one event; the answer is 1 for an arrival.
    @inline(__always)
    private mutating func step(_ event: Event) -> Int {
        let elapsed = event.time - now
        let number = busy + waiting
        tally.queueArea += elapsed * Double(waiting)
        tally.numberArea += elapsed * Double(number)
        tally.squareArea += elapsed * Double(number * number)
        tally.busyArea += elapsed * Double(busy)
        if number == 0 { tally.emptyTime += elapsed }
        now = event.time
        switch event.kind {
        case Kind.arrival:
            expect(Int(event.subject))
            arrive(Int(event.subject))
            return 1
        case Kind.departure: depart()
        default: giveUp(event.detail)
        }
        return 0
    }

    private mutating func arrive(_ place: Int) {
        tally.arrived += 1
        if busy < servers {
            if busy == 0 { periodStart = now }
            begin(place, waited: 0)
        } else if busy + waiting < room {
            let slot = takeSlot()
            arrivedAt[Int(slot)] = now
            isGone[Int(slot)] = false
            waiting += 1
            if place == 0 { first.append(slot) } else { second.append(slot) }
            if patienceRate > 0 {
                let patience = chance.patience.unitExponential() / patienceRate
                agenda.schedule(Kind.impatience, at: now + patience, detail: slot)
            }
        } else {
            tally.refused += 1
        }
    }

    private mutating func begin(_ place: Int, waited wait: Double) {
        busy += 1
        let service = classes[place].service.draw(using: &chance.services)
        agenda.schedule(Kind.departure, at: now + service)
        tally.served[place] += 1
        tally.waitSums[place] += wait
        note(wait)
        tally.timeSum += wait + service
        tally.times.add(wait + service)
    }

    private mutating func note(_ wait: Double) {
        tally.waitSum += wait
        if wait > 0 {
            tally.waited += 1
            tally.waits.add(wait)
        } else {
            tally.waits.addZero()
        }
    }

    private mutating func depart() {
        busy -= 1
        while first.count + second.count > 0 {
            let place = first.count > 0 ? 0 : 1
            let slot = place == 0 ? first.removeFirst() : second.removeFirst()
            // With patience the slot is freed by its own event, which is still to come.
            if patienceRate == 0 { free.append(slot) }
            if isGone[Int(slot)] {
                free.append(slot)
                continue
            }
            isGone[Int(slot)] = true
            waiting -= 1
            begin(place, waited: now - arrivedAt[Int(slot)])
            return
        }
        if busy == 0 {
            tally.busyPeriods += 1
            tally.busyPeriodSum += now - periodStart
        }
    }

    /// The patience of who has this place is over; who was served before has left it marked.
    private mutating func giveUp(_ slot: Int32) {
        if isGone[Int(slot)] {
            free.append(slot)
            return
        }
        isGone[Int(slot)] = true
        waiting -= 1
        tally.abandoned += 1
        note(now - arrivedAt[Int(slot)])
    }

    private mutating func takeSlot() -> Int32 {
        if free.count > 0 { return free.removeFirst() }
        slots += 1
        arrivedAt.reserve(Int(slots))
        isGone.reserve(Int(slots))
        return slots - 1
    }
}
