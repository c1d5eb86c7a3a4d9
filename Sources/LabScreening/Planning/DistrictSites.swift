internal import LabDomain
internal import LabSimulation
internal import LabStatistics

/// The sites of a district: how many, with how many lines, and how many samplers in each shift.
///
/// People come as the scenario says. Each site has, in each shift of samplers, so many lines that
/// the busiest hour keeps them at work for a given share of the time and no longer; this is the
/// least by that rule, site by site.
struct DistrictSites: Sendable {
    let sites: [Scenario.Site]
    let samplers: Levels?
    /// What sites and samplers cost over all days.
    let cost: Double
    let lines: Int
    /// Wells' worth of tubes that are closed in each hour from the scenario's start.
    let wells: [Double]
    /// Tubes for each well: more than one for laboratory pools of single tubes.
    let tubesPerWell: Double

    /// Finds the cheapest sites among the numbers that the rules allow.
    init(_ scenario: Scenario, district place: Int, share: Double = 1, _ rules: PlanRules) {
        let arrivals = DistrictArrivals(scenario, district: place, share: share)
        let fewest = arrivals.least(rules.peopleForSite)
        let most = max(fewest, arrivals.least(rules.leastForSite))
        let steps = Set((0...5).map { fewest + (most - fewest) * $0 / 5 }).sorted()
        let options = steps.map { SiteOption(arrivals, count: $0, scenario, place, rules) }
        let best =
            options.min { $0.cost < $1.cost }
            ?? SiteOption(
                arrivals, count: fewest, scenario, place, rules)
        sites = best.sites
        samplers = best.samplers
        cost = best.cost
        lines = best.sites.reduce(0) { $0 + $1.lines }
        (wells, tubesPerWell) = arrivals.tubes(from: best)
    }
}

/// Who comes to a district's sites: people of each class, hour by hour.
struct DistrictArrivals: Sendable {
    /// A class of people with its kind of tube.
    struct Group: Sendable {
        let people: Double
        let use: Scenario.TubeUse
    }

    let groups: [Group]
    /// The share of everybody who comes in each hour from the scenario's start.
    let hours: [Double]
    let timeout: Double
    let meanSeconds: Double

    init(_ scenario: Scenario, district place: Int, share: Double) {
        let district = scenario.districts[place]
        let people = Double(district.people) * district.turnout * share
        groups = RiskClass.allCases.compactMap { risk in
            guard let part = district.classes[risk], part > 0 else { return nil }
            return Group(people: people * part, use: scenario.tubes[risk] ?? .single)
        }
        hours = scenario.expectedShares(of: place)
        timeout = scenario.sampling.tubeTimeout / 60
        meanSeconds = (scenario.sampling.secondsLeast + scenario.sampling.secondsMost) / 2
    }

    var people: Double { groups.reduce(0) { $0 + $1.people } }

    /// The number of sites when each has so many people at most.
    func least(_ peopleForSite: Int) -> Int {
        max(groups.count, 1, Int((people / Double(max(1, peopleForSite))).rounded(.up)))
    }

    /// Wells' worth of tubes in each hour; a tube that nobody fills is closed after its time-out.
    func tubes(from option: SiteOption) -> (wells: [Double], tubesPerWell: Double) {
        var wells = [Double](repeating: 0, count: hours.count)
        var tubes = 0.0
        for (use, people) in option.sample {
            for hour in hours.indices where hours[hour] > 0 {
                let coming = people.weight * people.people * hours[hour]
                guard coming > 0 else { continue }
                let size = use.peopleInTube
                let fill =
                    size == 1
                    ? 1
                    : BatchForming(
                        arrivals: people.people * hours[hour], size: size, timeout: timeout
                    ).meanBatch
                tubes += coming / fill
                let inWell = Double(use.peopleInWell) / Double(size)
                wells[hour] += coming / fill / inWell
            }
        }
        let all = wells.reduce(0, +)
        return (wells, all > 0 ? tubes / all : 1)
    }
}

/// One number of sites for a district, worked out.
struct SiteOption: Sendable {
    /// People of a site, and how many sites it stands for.
    struct Sample: Sendable {
        let people: Double
        let weight: Double
    }

    let sites: [Scenario.Site]
    let samplers: Levels?
    let cost: Double
    let sample: [(use: Scenario.TubeUse, site: Sample)]

    init(
        _ arrivals: DistrictArrivals, count: Int, _ scenario: Scenario, _ place: Int,
        _ rules: PlanRules
    ) {
        let district = scenario.districts[place]
        let plain = Scenario.Site.spread(count, lines: 1)
        let groups = scenario.classOfSites(plain, of: place)
        var weights = [Double](repeating: 0, count: arrivals.groups.count)
        for (site, group) in zip(plain, groups) { weights[group] += site.weight }
        let people = zip(plain, groups).map { site, group in
            arrivals.groups[group].people * site.weight / max(weights[group], 1e-12)
        }
        let shifts = SamplerShifts(arrivals, rules)
        let needs = people.map(shifts.lines)
        let lines = needs.map { $0.max() ?? 1 }
        sites = zip(plain, lines).map { Scenario.Site(weight: $0.weight, lines: max(1, $1)) }
        let staffed = shifts.staffed(needs, lines)
        let perLine = district.samplersPerLine
        let shaped = shifts.levels(staffed, perLine)
        let days = Double((district.days ?? scenario.sampling.days).count)
        let all = Double(lines.reduce(0, +) * perLine)
        let always = all * Double(scenario.sampling.profile.count) * days
        let byShift = shaped.minutes(until: scenario.horizon) / 60
        samplers = byShift < always ? shaped : nil
        cost =
            scenario.costs.siteDay * Double(count) * days
            + scenario.costs.samplerHour * min(byShift, always)
        sample = Self.sample(arrivals, people, groups)
    }

    /// A few sites of each class that stand for all of them.
    private static func sample(
        _ arrivals: DistrictArrivals, _ people: [Double], _ groups: [Int]
    ) -> [(use: Scenario.TubeUse, site: Sample)] {
        arrivals.groups.indices.flatMap { group in
            let own = zip(people, groups).filter { $0.1 == group }.map(\.0).sorted()
            let parts = min(8, own.count)
            return (0..<parts).map { part in
                let range = (own.count * part / parts)..<(own.count * (part + 1) / parts)
                let mean = own[range].reduce(0, +) / Double(range.count)
                return (
                    arrivals.groups[group].use,
                    Sample(people: mean, weight: Double(range.count))
                )
            }
        }
    }
}
