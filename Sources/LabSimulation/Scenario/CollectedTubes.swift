internal import LabStatistics

/// What couriers bring from the sites of one part of a city, whatever its laboratory has.
///
/// Sites and couriers with one laboratory do not know what happens there: their half of a run is
/// played once and tested with any number of machines and people. A tube takes four bytes.
package struct CollectedTubes: Sendable {
    /// Tubes that arrive together; they follow each other from `first` on.
    struct Trip: Sendable {
        let arrival: Double
        let first: Int
        let count: Int
    }

    package let part: Int
    package let seed: UInt64
    let laboratory: Int
    /// In the order of their arrival.
    private(set) var trips: [Trip] = []
    private var words: [UInt32] = []
    // Who in a tube is infected; most tubes have nobody.
    private var infected: [Int: UInt32] = [:]
    fileprivate(set) var persons = 0
    fileprivate(set) var unserved = 0
    fileprivate(set) var lastSwab = 0.0

    fileprivate init(part: Int, seed: UInt64, laboratory: Int) {
        (self.part, self.seed, self.laboratory) = (part, seed, laboratory)
    }

    /// Tubes of all trips.
    package var count: Int { words.count }

    fileprivate mutating func add(
        _ trip: (first: Int32, count: Int, arrival: Double), _ tubes: inout ScenarioTubes
    ) {
        trips.append(Trip(arrival: trip.arrival, first: words.count, count: trip.count))
        var place = trip.first
        while place >= 0 {
            let tube = tubes[place]
            if tube.infected != 0 { infected[words.count] = tube.infected }
            words.append(
                UInt32(truncatingIfNeeded: tube.zone) << 8
                    | (tube.infected != 0 ? 0x80 : 0) | (tube.reads ? 0x40 : 0)
                    | UInt32(tube.members))
            tubes.release(place)
            place = tube.next
        }
    }

    fileprivate mutating func arrange() {
        let byTime = trips.enumerated()
            .sorted { ($0.element.arrival, $0.offset) < ($1.element.arrival, $1.offset) }
        trips = byTime.map(\.element)
    }

    /// Puts the tubes of a trip into a world, one hanging on the other; the answer is the first.
    func unpack(_ trip: Trip, _ tubes: inout ScenarioTubes) -> Int32 {
        var (first, last): (Int32, Int32) = (-1, -1)
        for place in trip.first..<(trip.first + trip.count) {
            let word = words[place]
            let tube = tubes.take(zone: Int32(truncatingIfNeeded: word >> 8))
            let members = UInt8(truncatingIfNeeded: word & 0x3F)
            tubes[tube].members = members
            tubes[tube].open = members
            tubes[tube].reads = word & 0x40 != 0
            if word & 0x80 != 0 { tubes[tube].infected = infected[place] ?? 0 }
            if first < 0 { first = tube } else { tubes[last].next = tube }
            last = tube
        }
        return first
    }
}

extension ScenarioSimulation {
    /// Plays the sites and couriers of one part alone.
    ///
    /// - Precondition: The part has one laboratory.
    package static func collect(
        _ compiled: CompiledScenario, part: Int, seed: UInt64
    ) -> CollectedTubes {
        let group = compiled.groups[part]
        precondition(group.laboratories.count == 1, "Its couriers must not choose where to go.")
        var collected = CollectedTubes(part: part, seed: seed, laboratory: group.laboratories[0])
        var world = ScenarioWorld(compiled, leanFor: compiled.scenario.goal)
        let couriers = ScenarioGroup(couriers: group.couriers, laboratories: [])
        ScenarioPlay(compiled, couriers, SeededGenerator(seed: seed)).collect(&world) {
            collected.add($0, &$1)
        }
        collected.arrange()
        collected.persons = world.tally.persons
        collected.unserved = world.tally.unserved
        collected.lastSwab = world.tally.lastSwab
        return collected
    }
}
