internal import LabDomain
package import LabSimulation

/// A scenario read as a planning problem: what is given, what may be chosen, what it costs.
package struct ScreeningQuestion: Sendable {
    package let scenario: Scenario
    package let rules: PlanRules
    package let problem: ScreeningProblem
    /// The sites of each district, were it collected as one.
    let sites: [DistrictSites]
    /// Minutes from the start until which laboratories are kept open and paid.
    package let end: Double

    /// Reads a scenario that has no faults.
    package init(_ scenario: Scenario, _ rules: PlanRules = PlanRules()) {
        self.scenario = scenario
        self.rules = rules
        let sites = scenario.districts.indices.map {
            DistrictSites(scenario, district: $0, rules)
        }
        let reader = QuestionReader(scenario, rules)
        let districts = scenario.districts.indices.map { reader.district($0, sites[$0]) }
        let last =
            zip(districts, sites).map { district, sites in
                Double(sites.wells.count) + (district.ways.map(\.travel).max() ?? 0)
            }.max() ?? 0
        let window = scenario.goal.window / 60
        let hours = Int(min(last + window, scenario.goal.resultsWithin / 60).rounded(.up)) + 1
        problem = ScreeningProblem(
            hours: hours, window: window, resultsWithin: scenario.goal.resultsWithin / 60,
            districts: districts,
            laboratories: scenario.laboratories.indices.map {
                reader.laboratory($0, hours: hours)
            })
        self.sites = sites
        end = 60 * Double(hours)
    }
}

/// Turns the parts of a scenario into those of a problem.
struct QuestionReader {
    private let scenario: Scenario
    private let rules: PlanRules

    init(_ scenario: Scenario, _ rules: PlanRules) {
        (self.scenario, self.rules) = (scenario, rules)
    }

    func district(_ place: Int, _ sites: DistrictSites) -> ScreeningProblem.District {
        let district = scenario.districts[place]
        let days = Double((district.days ?? scenario.sampling.days).count)
        let hours = Double(scenario.sampling.profile.count) + 2
        let positives = self.positives(of: district)
        let near = district.routes.sorted {
            ($0.minutes, $0.laboratory) < ($1.minutes, $1.laboratory)
        }
        return .init(
            name: district.name,
            modes: [
                .init(
                    name: "", sites: sites.sites.count, lines: sites.lines, cost: sites.cost,
                    tubes: sites.wells, positiveShare: positives.share,
                    singles: positives.singles)
            ],
            ways: near.prefix(rules.reach).map { route in
                let round = CourierRound(scenario, sites, minutes: route.minutes, rules)
                return .init(
                    laboratory: route.laboratory, travel: round.meanHours,
                    couriers: Double(sites.sites.count) / Double(round.sites))
            },
            courierCost: scenario.costs.courierHour * hours * days,
            mostCouriers: max(1, sites.sites.count))
    }

    /// The share of wells that read positive, and the samples that follow one.
    ///
    /// Infections in a household come together: a tube is positive as often as one of so many
    /// independent people, n / (1 + (h − 1)ρ), a little less than without households.
    private func positives(of district: Scenario.District) -> (share: Double, singles: Double) {
        var best = (share: 0.0, singles: 0.0, people: 0.0)
        for (risk, people) in district.classes where people > best.people {
            let use = scenario.tubes[risk] ?? .single
            let size = use.peopleInWell
            guard size > 1 else { continue }
            let together =
                1 + Double(district.householdSize - 1) * district.householdCorrelation
            let independent = Double(size) / min(Double(size), max(1, together))
            let clear = 1 - (district.prevalence[risk] ?? 0)
            best = (1 - power(clear, independent), Double(size), people)
        }
        return (best.share, best.singles)
    }

    private func power(_ base: Double, _ exponent: Double) -> Double {
        // 1 − x to a few persons: the series is exact to 1e-9 for the shares that occur.
        let x = 1 - base
        var (sum, term) = (1.0, 1.0)
        for step in 1...24 {
            term *= -x * (exponent - Double(step - 1)) / Double(step)
            sum += term
        }
        return min(1, max(0, sum))
    }

    func laboratory(_ place: Int, hours: Int) -> ScreeningProblem.Laboratory {
        let laboratory = scenario.laboratories[place]
        let (testing, costs) = (scenario.testing, scenario.costs)
        let days = (Double(hours) / 24).rounded(.up)
        let shift = max(1, Int(rules.staffShift))
        let count = (hours + shift - 1) / shift
        let shiftCosts = (0..<count).map { number in
            costs.staffHour * Double(min(shift, hours - number * shift))
        }
        let tubesPerWell = scenario.leastTubesPerWell
        return .init(
            name: laboratory.name, openCost: costs.laboratoryDay * days,
            reception: .init(
                rate: 3_600 / testing.receptionSeconds.mean / tubesPerWell, costs: shiftCosts,
                most: rules.most(.reception, of: laboratory)),
            extraction: .init(
                time: testing.extraction.mean / 60, cost: costs.extractorDay * days,
                most: rules.most(.extraction, of: laboratory)),
            pcr: .init(
                time: testing.pcr.mean / 60, cost: costs.cyclerDay * days,
                most: rules.most(.pcr, of: laboratory)),
            review: .init(
                rate: 60 / testing.review.mean, costs: shiftCosts,
                most: rules.most(.review, of: laboratory)),
            shiftOfHour: (0..<hours).map { $0 / shift },
            plateSamples: Double(testing.samplesOnPlate),
            plateTimeouts: (testing.plateTimeout / 60, testing.urgentPlateTimeout / 60),
            callBack: callBack / 60, failure: testing.plateFailure)
    }

    /// Minutes until what follows a positive well is back in the laboratory, at most.
    private var callBack: Double {
        let isMixed = scenario.tubes.values.contains { $0.peopleInTube > 1 }
        return isMixed ? scenario.testing.callBack.most : scenario.testing.fetchKept.most
    }
}

/// The round of a courier: as many sites as keep every tube's way short enough.
struct CourierRound {
    let sites: Int
    /// Hours from a tube's closing to its receipt, on average.
    let meanHours: Double

    init(_ scenario: Scenario, _ planned: DistrictSites, minutes: Double, _ rules: PlanRules) {
        let transport = scenario.transport
        let slow = (transport.slowLeast + transport.slowMost) / 2
        let peak = (planned.wells.max() ?? 0) * planned.tubesPerWell
        let fromSite = peak / Double(max(1, planned.sites.count))
        func period(_ sites: Int) -> Double {
            max(
                transport.interval,
                Double(sites) * transport.stop + 2 * minutes * transport.slowMost)
        }
        func fits(_ sites: Int) -> Bool {
            let age =
                scenario.sampling.tubeTimeout + period(sites) + Double(sites) * transport.stop
                + minutes * transport.slowMost
            let load = Double(sites) * fromSite * period(sites) / 60
            return age <= rules.collectedToReceipt && load <= Double(transport.capacity)
        }
        var most = 1
        while most < planned.sites.count, fits(most + 1) { most += 1 }
        sites = most
        meanHours = (period(most) / 2 + Double(most) * transport.stop / 2 + minutes * slow) / 60
    }
}

extension Scenario {
    /// The least tubes that any class has for each well.
    var leastTubesPerWell: Double {
        let used = Set(districts.flatMap { $0.classes.filter { $0.value > 0 }.keys })
        return used.map { risk in
            let use = tubes[risk] ?? .single
            return Double(use.peopleInWell) / Double(use.peopleInTube)
        }.min() ?? 1
    }
}
