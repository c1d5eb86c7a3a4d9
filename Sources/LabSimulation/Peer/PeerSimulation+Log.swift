import LabStatistics

extension PeerSimulation {
    /// Runs one laboratory of a city with its sites, and writes down what happens in it.
    ///
    /// Laboratories do not touch each other, so this one does what it does in the whole city.
    /// - Parameters:
    ///   - number: The laboratory, from 0.
    ///   - city: The city.
    ///   - seed: The city's.
    /// - Returns: Every sample and plate of the laboratory with its times.
    package static func log(laboratory number: Int, of city: PeerCity, seed: UInt64)
        -> LaboratoryLog
    {
        let master = SeededGenerator(seed: seed)
        var world = PeerWorld(poolSize: city.poolSize)
        var flow = PeerSiteFlow(city)
        var trips: [PeerTrip] = []
        for site in city.sites where site.number % city.laboratoryCount == number {
            flow.run(
                site, city.arrivals(at: site, master),
                PeerSiteChance(master, site: site.number), &world, &trips)
        }
        trips.sort { ($0.receipt, $0.first) < ($1.receipt, $1.first) }
        let log = PeerLog()
        world.log = log
        var desk = PeerLaboratory(number, of: city, master)
        desk.work(through: trips, &world)
        return log.finished()
    }
}
