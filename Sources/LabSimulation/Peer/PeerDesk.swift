import LabStatistics

/// A sampling site whose every arrival, swab, time-out and pick-up is an event of one list.
///
/// For scenarios in which sites or laboratories touch each other; `PeerSiteFlow` is the same site
/// without a list.
struct PeerDesk: ~Copyable {
    private let site: PeerSite
    private let interval: Double
    private let timeout: Double
    private let laboratory: Int32
    private var arrivals: Arrivals
    private var chance: PeerSiteChance
    // The arrival times of those who wait.
    private var waiting = WaitingLine(capacity: 16, blank: 0.0)
    private var idle: Int
    private var isOver = false
    private var open: Int32 = -1
    // Counts the tubes that were opened, so that a time-out knows its own.
    private var serial: Int32 = 0
    private var closed: (first: Int32, last: Int32) = (-1, -1)
    private var pickUps = 0
    private var pickUpsThatMattered = 0
    /// Minutes waited in all; summed a site, so that the order of sites does not matter.
    private(set) var waitSum = 0.0

    init(_ site: PeerSite, of city: PeerCity, _ master: SeededGenerator) {
        self.site = site
        interval = city.courierInterval
        timeout = city.tubeTimeout
        laboratory = Int32(site.number % city.laboratoryCount)
        arrivals = city.arrivals(at: site, master)
        chance = PeerSiteChance(master, site: site.number)
        idle = site.lines
    }

    /// Schedules the first person and the first courier.
    mutating func begin(_ profile: ArrivalProfile, _ world: inout PeerWorld) {
        expectNext(profile, &world)
        world.agenda.schedule(
            PeerEvent.pickUp, at: site.pickUp(0, interval), subject: Int32(site.number))
    }

    /// Pick-ups up to the one that took the last tube, for the count of events.
    var pickUpsCounted: Int { pickUpsThatMattered }

    @inline(__always)
    private mutating func expectNext(_ profile: ArrivalProfile, _ world: inout PeerWorld) {
        if let time = arrivals.next(profile) {
            world.agenda.schedule(PeerEvent.arrival, at: time, subject: Int32(site.number))
        } else {
            isOver = true
        }
    }

    @inline(__always)
    mutating func arrive(
        _ time: Double, _ profile: ArrivalProfile, _ world: inout PeerWorld
    ) {
        expectNext(profile, &world)
        world.tally.persons += 1
        world.tally.events += 1
        if idle > 0 {
            idle -= 1
            world.tally.wait.addZero()
            swab(time, &world)
        } else {
            waiting.append(time)
            if waiting.count > world.tally.mostAtSite { world.tally.mostAtSite = waiting.count }
        }
    }

    @inline(__always)
    private mutating func swab(_ time: Double, _ world: inout PeerWorld) {
        world.agenda.schedule(
            PeerEvent.swabEnd, at: time + chance.swabbing(), subject: Int32(site.number))
    }

    @inline(__always)
    mutating func finishSwab(
        _ time: Double, _ poolSize: Int, _ chances: [Double], _ world: inout PeerWorld
    ) {
        world.tally.events += 1
        if waiting.count > 0 {
            let wait = time - waiting.removeFirst()
            waitSum += wait
            world.tally.wait.add(wait)
            swab(time, &world)
        } else {
            idle += 1
        }
        if open < 0 {
            open = world.tubes.take()
            serial &+= 1
            world.agenda.schedule(
                PeerEvent.tubeTimeout, at: time + timeout, subject: Int32(site.number),
                detail: serial)
        }
        if time > world.tally.lastSwab { world.tally.lastSwab = time }
        if world.tubes.add(swabbedAt: time, to: open) == poolSize { close(chances, &world) }
    }

    mutating func timeOut(_ tube: Int32, _ chances: [Double], _ world: inout PeerWorld) {
        guard open >= 0, tube == serial else { return }
        world.tally.tubesByTimeout += 1
        world.tally.events += 1
        close(chances, &world)
    }

    private mutating func close(_ chances: [Double], _ world: inout PeerWorld) {
        world.seal(open, chances, &chance)
        if closed.first < 0 { closed.first = open } else { world.tubes[closed.last].next = open }
        closed.last = open
        open = -1
    }

    /// A courier takes what is closed, and the next one is on the way unless all is over.
    mutating func pickUp(_ time: Double, _ world: inout PeerWorld) {
        pickUps += 1
        if closed.first >= 0 {
            pickUpsThatMattered = pickUps
            world.agenda.schedule(
                PeerEvent.receipt, at: time + chance.travel(site), subject: laboratory,
                detail: closed.first)
            closed.first = -1
        }
        let isDone = isOver && idle == site.lines && waiting.count == 0 && open < 0
        if !isDone {
            world.agenda.schedule(
                PeerEvent.pickUp, at: site.pickUp(pickUps, interval), subject: Int32(site.number))
        }
    }
}
