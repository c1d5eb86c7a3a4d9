package import LabPooling

/// Plans a collection: chooses a tube for each risk class and puts the people into tubes.
package struct CollectionPlanner: Sendable {
    /// Positions on a list: tube lists are prepared in groups of ten people.
    package static let positions = 10

    private let rules: CollectionRules
    private let mixedRatios: Set<MixRatio>
    private let forced: [RiskClass: TubeRatio]
    private let model: ClusterModel
    private let callBackLimit: Double
    private let sparePerCent: Int

    /// A planner.
    ///
    /// - Parameters:
    ///   - rules: What the programme says about each class.
    ///   - mixedRatios: The mixed tubes that the programme allows.
    ///   - forced: Ratios that were asked for, instead of those with the fewest tests.
    ///   - model: How the people of one household share their fate.
    ///   - callBackLimit: Mixed tubes are chosen while fewer than this share of the class are
    ///     expected to be called back.
    ///   - sparePerCent: Kits and swabs to be brought along beyond those needed.
    package init(
        rules: CollectionRules, mixedRatios: Set<MixRatio>, forced: [RiskClass: TubeRatio] = [:],
        model: ClusterModel, callBackLimit: Double, sparePerCent: Int
    ) {
        self.rules = rules
        self.mixedRatios = mixedRatios
        self.forced = forced
        self.model = model
        self.callBackLimit = callBackLimit
        self.sparePerCent = sparePerCent
    }

    /// Plans the collection of a roster.
    ///
    /// People of different sites or risk classes never share a tube.
    /// - Complexity: O(*n*) for *n* people.
    package func plan(_ roster: Roster) throws(CollectionFaults) -> CollectionPlan {
        var groups: [RiskClass: [[Int]]] = [:]
        for (index, person) in roster.people.enumerated() {
            groups[person.risk, default: Array(repeating: [], count: roster.sites.count)][
                person.site
            ].append(index)
        }
        let faults = faults(of: groups.mapValues { $0.reduce(0) { $0 + $1.count } })
        guard faults.isEmpty else { throw CollectionFaults(faults: faults) }
        var classes: [ClassPlan] = []
        var tubes: [[PlannedTube]] = Array(repeating: [], count: roster.sites.count)
        for risk in RiskClass.allCases {
            guard let people = groups[risk] else { continue }
            let (chosen, filled) = choose(for: risk, people, of: roster)
            classes.append(chosen)
            for tube in filled { tubes[tube.site].append(tube) }
        }
        var sites: [SitePlan] = []
        for site in tubes.indices {
            let lists = Self.number(&tubes[site])
            var figures = CollectionFigures()
            for tube in tubes[site] { figures.count(tube) }
            figures.lists = lists
            figures.supply(sparePerCent: sparePerCent)
            sites.append(SitePlan(site: site, figures: figures))
        }
        return CollectionPlan(
            classes: classes, sites: sites, tubes: tubes.flatMap { $0 },
            total: Self.sum(sites.map(\.figures)), shuffled: Self.sum(classes.map(\.shuffled)))
    }

    private static func sum(_ parts: [CollectionFigures]) -> CollectionFigures {
        parts.reduce(into: CollectionFigures()) { $0.add($1) }
    }

    // MARK: Rules

    private func faults(of people: [RiskClass: Int]) -> [CollectionFault] {
        guard !people.isEmpty else { return [.nobody] }
        return RiskClass.allCases.flatMap { risk -> [CollectionFault] in
            guard let count = people[risk] else {
                return forced[risk] == nil ? [] : [.emptyClass(risk)]
            }
            var faults: [CollectionFault] = []
            if let asked = forced[risk] {
                let allowed = allowed(for: risk)
                if !allowed.contains(asked) {
                    faults.append(.ratio(risk, asked: asked, allowed: allowed))
                }
            } else if rules.largest[risk] == nil {
                faults.append(.noRule(risk, people: count))
            }
            if rules.prevalence[risk] == nil {
                faults.append(.noPrevalence(risk, people: count))
            }
            return faults
        }
    }

    /// The ratios that the programme allows for a class.
    ///
    /// Where no rule names one: all of its own, but for key persons and high risk, who stand alone.
    private func allowed(for risk: RiskClass) -> [TubeRatio] {
        let all = ([.one] + mixedRatios.map { TubeRatio($0) }).sorted()
        let unnamed: TubeRatio = risk == .key || risk == .high ? .one : .twenty
        return all.filter { $0 <= rules.largest[risk] ?? unnamed }
    }

    // MARK: Choice

    private func choose(
        for risk: RiskClass, _ people: [[Int]], of roster: Roster
    ) -> (ClassPlan, [PlannedTube]) {
        let prevalence = rules.prevalence[risk] ?? 0
        let count = Double(people.reduce(0) { $0 + $1.count })
        var best: (ratio: TubeRatio, tubes: [PlannedTube], figures: CollectionFigures)?
        let options = allowed(for: risk).map { ratio -> ClassPlan.Option in
            let tubes = fill(ratio, risk, people, of: roster, prevalence: prevalence)
            let figures = tubes.reduce(into: CollectionFigures()) { $0.count($1) }
            let option = ClassPlan.Option(
                ratio: ratio, tests: figures.tests, callBacks: figures.callBacks,
                isWithinLimit: ratio == .one || figures.callBacks < callBackLimit * count)
            let isBetter = option.isWithinLimit && option.tests < best?.figures.tests ?? .infinity
            if forced[risk].map({ $0 == ratio }) ?? isBetter { best = (ratio, tubes, figures) }
            return option
        }
        // Single tubes are always allowed, and a ratio that was asked for was checked before.
        let chosen = best ?? (.one, [], CollectionFigures())
        var shuffled = CollectionFigures()
        for site in people where !site.isEmpty {
            for tube in shuffledTubes(of: site, risk, chosen.ratio, prevalence: prevalence) {
                shuffled.count(tube)
            }
        }
        let plan = ClassPlan(
            risk: risk, prevalence: prevalence, ratio: chosen.ratio,
            isForced: forced[risk] != nil, options: options, figures: chosen.figures,
            shuffled: shuffled)
        return (plan, chosen.tubes)
    }

    // MARK: Tubes

    private func fill(
        _ ratio: TubeRatio, _ risk: RiskClass, _ people: [[Int]], of roster: Roster,
        prevalence: Double
    ) -> [PlannedTube] {
        let clear = (0...ratio.rawValue).map { model.clear($0, prevalence: prevalence) }
        return people.enumerated().flatMap { site, people in
            let members = people.map { index in
                let person = roster.people[index]
                return GroupMember(household: person.household, unit: person.unit)
            }
            return Grouping(members, size: ratio.rawValue).groups.map { group in
                PlannedTube(
                    site: site, risk: risk, ratio: group.count == 1 ? .one : ratio,
                    people: group.map { people[$0] },
                    positive: 1 - Self.clear(group.map { members[$0].household }, clear))
            }
        }
    }

    /// P(nobody in the tube is infected): a product over its households, which stand side by side.
    private static func clear(_ households: [Int?], _ clear: [Double]) -> Double {
        var product = 1.0
        var start = 0
        for index in households.indices {
            let next = index + 1
            let goesOn =
                next < households.count && households[index] != nil
                && households[next] == households[index]
            guard !goesOn else { continue }
            product *= clear[next - start]
            start = next
        }
        return product
    }

    /// Tubes of people none of whom shares a household with another in the tube.
    private func shuffledTubes(
        of people: [Int], _ risk: RiskClass, _ ratio: TubeRatio, prevalence: Double
    ) -> [PlannedTube] {
        stride(from: 0, to: people.count, by: ratio.rawValue).map { start in
            let members = people[start..<min(start + ratio.rawValue, people.count)]
            return PlannedTube(
                site: 0, risk: risk, ratio: members.count == 1 ? .one : ratio,
                people: Array(members),
                positive: 1
                    - ClusterModel.independent.clear(members.count, prevalence: prevalence))
        }
    }

    // MARK: Lists

    /// Numbers the tubes of a site and puts them on lists.
    ///
    /// A list is of one class and one kind of tube, so that a table opens one box of tubes for it.
    /// - Returns: How many lists there are.
    private static func number(_ tubes: inout [PlannedTube]) -> Int {
        var kinds: [[PlannedTube]] = []
        for risk in RiskClass.allCases {
            for ratio in TubeRatio.allCases.reversed() {
                kinds.append(tubes.filter { $0.risk == risk && $0.ratio == ratio })
            }
        }
        var lists = 0
        tubes = kinds.flatMap { kind -> [PlannedTube] in
            guard let ratio = kind.first?.ratio.rawValue else { return [] }
            let perList = max(1, positions / ratio)
            let first = lists + 1
            lists += (kind.count + perList - 1) / perList
            return kind.enumerated().map { index, tube in
                var tube = tube
                tube.list = first + index / perList
                tube.position = index % perList * ratio + 1
                return tube
            }
        }
        for index in tubes.indices { tubes[index].number = index + 1 }
        return lists
    }
}
