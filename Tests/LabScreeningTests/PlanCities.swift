import LabSimulation
import LabStatistics

@testable import LabScreening

/// Small cities to plan for.
enum PlanCities {
    /// Districts that may send to every laboratory; minutes and people by the seed.
    static func city(
        people: Int, districts: Int = 2, laboratories: Int = 2, prevalence: Double = 0.000_1,
        seed: UInt64 = 1
    ) -> Scenario {
        var random = SeededGenerator(seed: seed)
        return Scenario(
            name: "small", horizon: 6 * 1_440,
            districts: (0..<districts).map { place in
                Scenario.District(
                    name: "district \(place)", people: people / districts,
                    sites: Scenario.Site.spread(10, lines: 2), couriers: 4,
                    routes: (0..<laboratories).map {
                        .init(laboratory: $0, share: 1, minutes: 10 + 30 * random.uniform())
                    }, prevalence: [.low: prevalence])
            },
            laboratories: (0..<laboratories).map {
                Scenario.Laboratory(
                    name: "laboratory \($0)", reception: .always(2), extractors: .always(3),
                    cyclers: .always(6), review: .always(1))
            })
    }

    /// Seconds that pass only when they are asked for: searches end by themselves.
    static let stillClock: @Sendable () -> Double = { 0 }
}
