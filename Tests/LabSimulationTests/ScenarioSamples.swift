import LabDomain

@testable import LabSimulation

/// Small scenarios for tests: a town in two districts with two laboratories.
enum ScenarioSamples {
    static func town(
        people: Int = 4_000, tubes: [RiskClass: Scenario.TubeUse] = Scenario.usualTubes,
        classes: [RiskClass: Double] = [.low: 1], prevalence: Double = 0.01, cyclers: Int = 2
    ) -> Scenario {
        let shares = classes.mapValues { _ in prevalence }
        var scenario = Scenario(
            name: "town", horizon: 6 * 1_440, tubes: tubes,
            districts: (0..<2).map { place in
                Scenario.District(
                    name: "District \(place + 1)", people: people / 2, classes: classes,
                    sites: Scenario.Site.spread(3, lines: 1), couriers: 2,
                    routes: [Scenario.Route(laboratory: place, minutes: 20)], prevalence: shares)
            },
            laboratories: (0..<2).map { place in
                Scenario.Laboratory(
                    name: "Laboratory \(place + 1)", reception: .always(2), extractors: .always(1),
                    cyclers: .always(cyclers), review: .always(1))
            })
        scenario.testing.limitOfDetection = nil
        return scenario
    }

    /// The peer model's toy under one of its scenarios.
    ///
    /// Each site is a district, so that it has its own way to the laboratory; three couriers in
    /// turn call every courier interval, since one alone would not be back in time.
    static func peer(_ city: PeerCity) -> Scenario {
        var scenario = Scenario(
            name: "peer", horizon: 12 * 1_440,
            tubes: [.low: .mixed(city.poolSize == 5 ? .five : .ten)],
            districts: city.sites.map { site in
                Scenario.District(
                    name: "Site \(site.number)", people: Int(site.expected.rounded()),
                    sites: [Scenario.Site(lines: site.lines)], couriers: 3,
                    routes: [Scenario.Route(laboratory: 0, minutes: site.travel)],
                    prevalence: [.low: city.prevalence], householdSize: 1, householdCorrelation: 0)
            },
            laboratories: [
                Scenario.Laboratory(
                    name: "Laboratory", reception: .always(city.reception.early),
                    extractors: .always(city.extractors), cyclers: .always(city.cyclers),
                    review: .always(city.review.early))
            ])
        scenario.transport.interval = 3 * city.courierInterval
        scenario.transport.stop = 0
        scenario.testing.limitOfDetection = nil
        return scenario
    }
}

extension ScenarioOutcome {
    /// A measure that every run has.
    func measure(_ name: String) -> Double { self[name] ?? .nan }
}
