internal import Glibc
internal import LabDomain
package import LabSimulation

/// A scenario made of a census and the ratios of the national guideline.
///
/// Guideline on organising area-wide nucleic-acid testing, third edition (March 2022): a sampling
/// site per 2,000 to 3,000 people, samplers = people / 360. National Health Commission, 13 May
/// 2022: a sampling table per 600 to 800 people. Both are for one day and are divided by the days.
/// Zhengzhou 2022: a vehicle for 3.2 sites. Machines: 1,250 tubes a PCR machine and day (Lanzhou,
/// October 2021), used at three quarters.
package struct GuidelineScenario {
    /// The ratios; put others to see what they do.
    package struct Ratios: Sendable, Hashable {
        package var peoplePerSite = 2_500
        package var peoplePerTable = 700.0
        package var peoplePerSampler = 360.0
        package var sitesPerVehicle = 3.2
        package var tubesPerMachineDay = 1_250.0
        package var machineUse = 0.75
        package var machinesPerLaboratory = 12

        /// The guideline's.
        package init() {}
    }

    /// People at a place.
    package struct Place: Sendable, Hashable {
        package var name: String
        package var localName = ""
        package var people: Int
        package var household = 3
        package var position: Scenario.Position?
        package var squareKilometres: Double?

        /// A place of which only the number of people is known.
        package init(name: String, people: Int) { (self.name, self.people) = (name, people) }

        /// A county of the census.
        package init(_ county: CensusCounty) {
            (name, localName, people) = (county.countyEnglish, county.county, county.people)
            household = max(1, Int(county.household.rounded()))
            position = Scenario.Position(longitude: county.longitude, latitude: county.latitude)
            squareKilometres = county.squareKilometres
        }
    }

    package var ratios = Ratios()
    package var days = 2
    package var tube = Scenario.TubeUse.mixed(.ten)
    package var prevalence = 0.000_03

    /// The guideline's ratios, two days, ten people a tube.
    package init() {}

    /// A scenario for some places, one district each, with laboratories of its own.
    package func scenario(
        name: String, title: String, source: String, places: [Place]
    ) -> Scenario {
        var scenario = Scenario(
            name: name, title: title, source: source, districts: [], laboratories: [])
        scenario.tubes[.low] = tube
        scenario.sampling.days = [Double](repeating: 1 / Double(days), count: days)
        let end = 1_440 * Double(days)
        scenario.goal = Scenario.Goal(sampledWithin: end, resultsWithin: end + 720)
        scenario.horizon = end + 12 * 1_440
        for place in unique(places) {
            let first = scenario.laboratories.count
            scenario.laboratories += laboratories(of: place)
            let own = first..<scenario.laboratories.count
            scenario.districts.append(district(place, own))
        }
        return scenario
    }

    private func district(_ place: Place, _ own: Range<Int>) -> Scenario.District {
        let sites = max(1, Int((Double(place.people) / Double(ratios.peoplePerSite)).rounded(.up)))
        let tables = Double(place.people) / ratios.peoplePerTable / Double(days)
        let lines = max(1, Int((tables / Double(sites)).rounded(.up)))
        let samplers = Double(place.people) / ratios.peoplePerSampler / Double(days)
        let perLine = max(1, Int((samplers / Double(sites * lines)).rounded(.up)))
        let couriers = max(
            own.count, Int((Double(sites) / ratios.sitesPerVehicle).rounded(.up)))
        return Scenario.District(
            name: place.name, localName: place.localName, people: place.people,
            position: place.position, sites: Scenario.Site.spread(sites, lines: lines),
            samplersPerLine: perLine, couriers: couriers,
            routes: own.map {
                Scenario.Route(
                    laboratory: $0, share: 1 / Double(own.count), minutes: trip(within: place))
            },
            prevalence: [.low: prevalence], householdSize: place.household)
    }

    /// Ten minutes, and two thirds of the radius along roads 1.4 times as long at 40 km/h.
    private func trip(within place: Place) -> Double {
        guard let area = place.squareKilometres else { return 30 }
        let mean = (area / Double.pi).squareRoot() * 2 / 3
        return (10 + mean * 1.4 / 40 * 60).rounded()
    }

    private func laboratories(of place: Place) -> [Scenario.Laboratory] {
        let wells = Double(place.people) / Double(tube.peopleInWell) / Double(days)
        let machines = wells / (ratios.tubesPerMachineDay * ratios.machineUse)
        let count = max(1, Int((machines / Double(ratios.machinesPerLaboratory)).rounded(.up)))
        let each = max(1, Int((machines / Double(count)).rounded(.up)))
        // A tube is received in nine seconds: a technician does 400 an hour at the most.
        let tubes = Double(place.people) / Double(tube.peopleInTube) / Double(days)
        let received = tubes / Double(count) * 0.11 / 400 / ratios.machineUse
        let reception = max(1, Int(received.rounded(.up)), (each + 2) / 3)
        return (1...count).map { number in
            Scenario.Laboratory(
                name: count == 1 ? place.name : "\(place.name) \(number)",
                position: place.position, reception: .always(reception),
                extractors: .always((each + 1) / 2), cyclers: .always(each),
                review: .always((each + 5) / 6))
        }
    }

    /// Places of one name are told apart by a number.
    private func unique(_ places: [Place]) -> [Place] {
        var seen: [String: Int] = [:]
        return places.map { place in
            seen[place.name, default: 0] += 1
            var place = place
            if let times = seen[place.name], times > 1 { place.name += " (\(times))" }
            return place
        }
    }
}

extension GuidelineScenario {
    /// Swabs so many people into a tube: 1, 5, 10 or 20.
    package mutating func use(peopleInTube count: Int) {
        tube = MixRatio(rawValue: count).map { .mixed($0) } ?? .single
    }

    /// A scenario for counties of the census.
    package func scenario(_ counties: [CensusCounty], named name: String) -> Scenario {
        let people = counties.reduce(0) { $0 + $1.people }
        return scenario(
            name: name.lowercased(),
            title: "\(name), \(StudyNumbers.grouped(people)) people in \(days) days",
            source: ScenarioTitle.census,
            places: counties.map(Place.init))
    }
}
