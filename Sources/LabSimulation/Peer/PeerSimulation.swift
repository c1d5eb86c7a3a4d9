import LabStatistics

/// One run of the peer model.
package enum PeerSimulation {
    /// Runs a city, taken apart: laboratory by laboratory, its sites first.
    ///
    /// Sites need no list of events, laboratories do not touch each other, and every source of
    /// chance has its own stream; so the result is the same to the last bit as with one list for
    /// everything (`runWhole`), and memory holds one laboratory at a time.
    /// - Parameters:
    ///   - city: The city.
    ///   - seed: Equal seeds give equal measures, everywhere.
    /// - Returns: The measures of the run.
    package static func run(_ city: PeerCity, seed: UInt64) -> PeerMeasures {
        let master = SeededGenerator(seed: seed)
        let sites = city.sites
        var world = PeerWorld(poolSize: city.poolSize)
        var flow = PeerSiteFlow(city)
        var load = PeerLoad()
        var trips: [PeerTrip] = []
        for laboratory in 0..<city.laboratoryCount {
            world.tubes.clear()
            world.agenda.clear()
            trips.removeAll(keepingCapacity: true)
            var number = laboratory
            while number < sites.count {
                flow.run(
                    sites[number], city.arrivals(at: sites[number], master),
                    PeerSiteChance(master, site: number), &world, &trips)
                number += city.laboratoryCount
            }
            trips.sort { ($0.receipt, $0.first) < ($1.receipt, $1.first) }
            var desk = PeerLaboratory(laboratory, of: city, master)
            desk.work(through: trips, &world)
            load.add(desk)
        }
        return world.tally.measures(city, load)
    }
}

extension PeerCity {
    func arrivals(at site: PeerSite, _ master: SeededGenerator) -> Arrivals {
        Arrivals(
            expected: site.expected, profile: profile,
            random: master.stream(named: "arrivals", number: UInt64(site.number)))
    }
}

extension PeerLaboratory {
    /// Works through all trips, in order of receipt, until nothing is left to do.
    mutating func work(through trips: [PeerTrip], _ world: inout PeerWorld) {
        var next = 0
        while true {
            let receipt = next < trips.count ? trips[next].receipt : .infinity
            if receipt <= world.agenda.nextTime {
                guard next < trips.count else { return }
                receive(trips[next].first, at: receipt, &world)
                next += 1
            } else if let event = world.agenda.next() {
                handle(event, &world)
            }
        }
    }
}
