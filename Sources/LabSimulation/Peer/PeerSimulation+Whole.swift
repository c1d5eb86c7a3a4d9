import LabStatistics

extension PeerSimulation {
    /// Runs a city with one list of events for all sites and laboratories.
    ///
    /// This is the way of scenarios that cannot be taken apart; here it gives the same bits as
    /// `run`, which shows that both are the same model.
    package static func runWhole(_ city: PeerCity, seed: UInt64) -> PeerMeasures {
        let master = SeededGenerator(seed: seed)
        let sites = city.sites
        // Their owners would be counted and checked at each event if they were objects.
        let desks = UnsafeMutablePointer<PeerDesk>.allocate(capacity: sites.count)
        let rooms = UnsafeMutablePointer<PeerLaboratory>.allocate(capacity: city.laboratoryCount)
        var world = PeerWorld(poolSize: city.poolSize)
        for site in sites {
            (desks + site.number).initialize(to: PeerDesk(site, of: city, master))
            desks[site.number].begin(city.profile, &world)
        }
        for number in 0..<city.laboratoryCount {
            (rooms + number).initialize(to: PeerLaboratory(number, of: city, master))
        }
        defer {
            desks.deinitialize(count: sites.count).deallocate()
            rooms.deinitialize(count: city.laboratoryCount).deallocate()
        }
        play(city, desks, rooms, &world)
        var load = PeerLoad()
        for number in 0..<city.laboratoryCount {
            // Site by site within each laboratory, as when taken apart: sums must round alike.
            for site in stride(from: number, to: sites.count, by: city.laboratoryCount) {
                world.tally.waitSum += desks[site].waitSum
                world.tally.events += desks[site].pickUpsCounted
            }
            load.add(rooms[number])
        }
        return world.tally.measures(city, load)
    }

    private static func play(
        _ city: PeerCity, _ desks: UnsafeMutablePointer<PeerDesk>,
        _ rooms: UnsafeMutablePointer<PeerLaboratory>, _ world: inout PeerWorld
    ) {
        let chances = city.chanceByMembers
        let profile = city.profile
        let poolSize = city.poolSize
        while let event = world.agenda.next() {
            let subject = Int(event.subject)
            switch event.kind {
            case PeerEvent.arrival: desks[subject].arrive(event.time, profile, &world)
            case PeerEvent.swabEnd:
                desks[subject].finishSwab(event.time, poolSize, chances, &world)
            case PeerEvent.tubeTimeout: desks[subject].timeOut(event.detail, chances, &world)
            case PeerEvent.pickUp: desks[subject].pickUp(event.time, &world)
            default: rooms[subject].handle(event, &world)
            }
        }
    }
}
