/// A trip of a courier: when it reaches the laboratory, and its first tube.
struct PeerTrip {
    let receipt: Double
    let first: Int32
}

/// A site worked through from its first arrival to its last tube, without a list of events.
///
/// The line that is free first takes the next person; its previous swab is then the earliest of
/// all that are under way, so that swabs come out in order of time by themselves.
struct PeerSiteFlow: ~Copyable {
    private let city: PeerCity
    private let chances: [Double]
    // The times at which the lines become free; 0 for a line that had nobody yet.
    private var lines = Block(capacity: 16, filledWith: 0.0)
    // When those who waited began, as long as somebody who came later may see them waiting.
    private var begins = WaitingLine(capacity: 64, blank: 0.0)

    init(_ city: PeerCity) {
        self.city = city
        chances = city.chanceByMembers
    }

    /// Works a site through; its tubes go to `world`, its trips to `trips`.
    mutating func run(
        _ site: PeerSite, _ arrivals: consuming Arrivals, _ chance: consuming PeerSiteChance,
        _ world: inout PeerWorld, _ trips: inout [PeerTrip]
    ) {
        lines.reserve(site.lines)
        for line in 0..<site.lines { lines[line] = 0 }
        begins.clear()
        var packing = PeerPacking(site, city)
        var waitSum = 0.0
        var persons = 0
        while let arrival = arrivals.next(city.profile) {
            persons += 1
            var line = 0
            for other in 1..<max(1, site.lines) where lines[other] < lines[line] { line = other }
            let free = lines[line]
            if free > 0 { pack(free, &packing, &chance, &world, &trips) }
            if free > arrival {
                let wait = free - arrival
                waitSum += wait
                world.tally.wait.add(wait)
                while let first = begins.first, first <= arrival { _ = begins.removeFirst() }
                begins.append(free)
                if begins.count > world.tally.mostAtSite { world.tally.mostAtSite = begins.count }
                lines[line] = free + chance.swabbing()
            } else {
                world.tally.wait.addZero()
                lines[line] = arrival + chance.swabbing()
            }
        }
        drain(site, &packing, &chance, &world, &trips)
        world.tally.persons += persons
        world.tally.waitSum += waitSum
        world.tally.events += 2 * persons + packing.pickUps
    }

    /// The swabs under way when the last person has come, and the last tubes.
    private mutating func drain(
        _ site: PeerSite, _ packing: inout PeerPacking, _ chance: inout PeerSiteChance,
        _ world: inout PeerWorld, _ trips: inout [PeerTrip]
    ) {
        while true {
            var line = 0
            for other in 1..<max(1, site.lines) {
                let isEarlier = lines[other] > 0 && lines[other] < lines[line]
                if isEarlier || lines[line] == 0 { line = other }
            }
            guard lines[line] > 0 else { break }
            pack(lines[line], &packing, &chance, &world, &trips)
            lines[line] = 0
        }
        if packing.tube >= 0 {
            world.tally.tubesByTimeout += 1
            world.tally.events += 1
            close(at: packing.opened + city.tubeTimeout, &packing, &chance, &world, &trips)
        }
        packing.depart(&chance, &trips)
    }

    /// Puts a swab into the open tube; first closes the tube whose time is up.
    @inline(__always)
    private func pack(
        _ swab: Double, _ packing: inout PeerPacking, _ chance: inout PeerSiteChance,
        _ world: inout PeerWorld, _ trips: inout [PeerTrip]
    ) {
        if packing.tube >= 0, swab > packing.opened + city.tubeTimeout {
            world.tally.tubesByTimeout += 1
            world.tally.events += 1
            close(at: packing.opened + city.tubeTimeout, &packing, &chance, &world, &trips)
        }
        if packing.tube < 0 {
            packing.tube = world.tubes.take()
            packing.opened = swab
        }
        if swab > world.tally.lastSwab { world.tally.lastSwab = swab }
        if world.tubes.add(swabbedAt: swab, to: packing.tube) == city.poolSize {
            close(at: swab, &packing, &chance, &world, &trips)
        }
    }

    private func close(
        at time: Double, _ packing: inout PeerPacking, _ chance: inout PeerSiteChance,
        _ world: inout PeerWorld, _ trips: inout [PeerTrip]
    ) {
        let tube = packing.tube
        world.seal(tube, chances, &chance)
        packing.tube = -1
        packing.load(tube, closedAt: time, &chance, &world.tubes, &trips)
    }
}

extension PeerWorld {
    /// Closes a tube: whether it is positive is drawn now.
    @inline(__always)
    mutating func seal(_ tube: Int32, _ chances: [Double], _ chance: inout PeerSiteChance) {
        let members = Int(tubes[tube].members)
        tubes[tube].open = UInt8(truncatingIfNeeded: members)
        tally.tubes += 1
        if chance.positives.uniform() < chances[members] {
            tubes[tube].isPositive = true
            tally.positivePools += 1
        }
    }
}

/// The open tube of a site and the tubes that wait for the next courier.
struct PeerPacking {
    private let site: PeerSite
    private let interval: Double
    /// The open tube, or −1.
    var tube: Int32 = -1
    /// When the first swab went into it.
    var opened = 0.0
    private var first: Int32 = -1
    private var last: Int32 = -1
    private var nextPickUp = -1

    init(_ site: PeerSite, _ city: PeerCity) {
        self.site = site
        interval = city.courierInterval
    }

    /// Pick-ups up to the one that takes the last tube.
    var pickUps: Int { nextPickUp + 1 }

    /// Lets a closed tube wait for its courier; the waiting ones leave first if they are earlier.
    mutating func load(
        _ tube: Int32, closedAt time: Double, _ chance: inout PeerSiteChance,
        _ tubes: inout PeerTubes, _ trips: inout [PeerTrip]
    ) {
        var pickUp = max(0, Int(((time - site.firstPickUp) / interval).rounded(.up)))
        // Rounding must not make a courier come before the tube is closed.
        while site.pickUp(pickUp, interval) < time { pickUp += 1 }
        if pickUp != nextPickUp {
            depart(&chance, &trips)
            nextPickUp = pickUp
        }
        if first < 0 { first = tube } else { tubes[last].next = tube }
        last = tube
    }

    /// The courier takes what waits.
    mutating func depart(_ chance: inout PeerSiteChance, _ trips: inout [PeerTrip]) {
        guard first >= 0 else { return }
        let leaves = site.pickUp(nextPickUp, interval)
        trips.append(PeerTrip(receipt: leaves + chance.travel(site), first: first))
        first = -1
    }
}

extension PeerSite {
    /// The time of a courier, counted from 0.
    @inline(__always)
    func pickUp(_ number: Int, _ interval: Double) -> Double {
        firstPickUp + interval * Double(number)
    }
}
