package import LabSimulation

/// A fluid plan written as a scenario, which can be simulated.
///
/// Each part of a district that goes to a laboratory of its own becomes a district with its own
/// sites and couriers. Laboratories without tubes are closed and left out.
package struct PlannedScenario: Sendable {
    package var scenario: Scenario

    /// Writes the plan down.
    package init(_ plan: CityPlan, for question: ScreeningQuestion) {
        var scenario = question.scenario
        let parts = Self.parts(plan, question)
        let used = Set(parts.map(\.laboratory)).sorted()
        scenario.laboratories = used.map { place in
            Self.laboratory(place, plan, question)
        }
        let places = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
        scenario.districts = parts.map { part in
            var district = part.district
            district.routes[0].laboratory = places[part.laboratory] ?? 0
            return district
        }
        scenario.name = "plan-" + scenario.name
        self.scenario = scenario
    }

    private struct Part {
        var district: Scenario.District
        let laboratory: Int
    }

    private static func parts(_ plan: CityPlan, _ question: ScreeningQuestion) -> [Part] {
        question.scenario.districts.indices.flatMap { place -> [Part] in
            let sites = Double(question.sites[place].sites.count)
            let shares = plan.shares[place].enumerated().map { (way: $0.offset, share: $0.element) }
            // A part of less than half a site is no part.
            let kept = shares.filter { $0.share * sites >= 0.5 }
            let chosen = kept.isEmpty ? shares.max { $0.share < $1.share }.map { [$0] } ?? [] : kept
            let total = chosen.reduce(0) { $0 + $1.share }
            var left = question.scenario.districts[place].people
            return chosen.enumerated().map { number, part in
                let way = question.problem.districts[place].ways[part.way]
                let isLast = number + 1 == chosen.count
                let people =
                    isLast
                    ? left
                    : Int(
                        (Double(question.scenario.districts[place].people) * part.share / total)
                            .rounded())
                left -= people
                return Part(
                    district: district(
                        place, people: people, way, isWhole: chosen.count == 1, question),
                    laboratory: way.laboratory)
            }
        }
    }

    private static func district(
        _ place: Int, people: Int, _ way: ScreeningProblem.Way, isWhole: Bool,
        _ question: ScreeningQuestion
    ) -> Scenario.District {
        let scenario = question.scenario
        var district = scenario.districts[place]
        let share = Double(people) / Double(max(1, district.people))
        let route = district.routes.first { $0.laboratory == way.laboratory }
        let sites =
            isWhole
            ? question.sites[place]
            : DistrictSites(scenario, district: place, share: share, question.rules)
        let minutes = route?.minutes ?? 0
        let round = CourierRound(scenario, sites, minutes: minutes, question.rules)
        if !isWhole {
            let laboratory = scenario.laboratories[way.laboratory].name
            district.name += " (" + laboratory + ")"
            if !district.localName.isEmpty { district.localName += " (" + laboratory + ")" }
        }
        district.people = people
        district.sites = sites.sites
        district.samplers = sites.samplers
        district.couriers = max(1, (sites.sites.count + round.sites - 1) / round.sites)
        district.routes = [.init(laboratory: 0, share: 1, minutes: minutes)]
        return district
    }

    private static func laboratory(
        _ place: Int, _ plan: CityPlan, _ question: ScreeningQuestion
    ) -> Scenario.Laboratory {
        var laboratory = question.scenario.laboratories[place]
        guard let choice = plan.choices[place] else { return laboratory }
        let shift = 60 * question.rules.staffShift
        func levels(_ counts: [Int]) -> Levels {
            Levels(
                counts.enumerated().map {
                    .init(from: shift * Double($0.offset), count: $0.element)
                })
        }
        laboratory.extractors = .always(choice.extractors)
        laboratory.cyclers = .always(choice.cyclers)
        laboratory.reception = levels(choice.reception)
        laboratory.review = levels(choice.review)
        return laboratory
    }
}
