import LabDomain
import LabPooling
import LabStatistics
import Testing

@Suite("Planning a collection")
struct CollectionPlanTests {
    static let rules = CollectionRules(
        largest: [.low: .ten, .medium: .five, .high: .one, .key: .one],
        prevalence: [.low: 0.0002, .medium: 0.001, .high: 0.01, .key: 0.02])

    static func planner(
        _ rules: CollectionRules = rules, forced: [RiskClass: TubeRatio] = [:],
        correlation: Double = 0.17, limit: Double = 0.05, mixed: Set<MixRatio> = [.five, .ten],
        spare: Int = 5
    ) -> CollectionPlanner {
        CollectionPlanner(
            rules: rules, mixedRatios: mixed, forced: forced,
            model: .betaBinomial(correlation: correlation), callBackLimit: limit,
            sparePerCent: spare)
    }

    /// Households one after the other, each of one class, at one site and in one unit.
    static func roster(_ households: [(people: Int, risk: RiskClass)]) -> Roster {
        var people: [Roster.Person] = []
        for (index, household) in households.enumerated() {
            for _ in 0..<household.people {
                people.append(
                    Roster.Person(
                        code: "\(people.count + 1)", unit: 0, site: 0, household: index,
                        risk: household.risk))
            }
        }
        return Roster(
            people: people, units: ["A"], sites: ["A"],
            households: households.indices.map { "\($0)" })
    }

    /// A city drawn from a seed, in which some households hold people of several classes.
    static func city(_ count: Int, seed: UInt64) -> Roster {
        var random = SeededGenerator(seed: seed)
        var people: [Roster.Person] = []
        var households = 0
        let (sites, units) = (3, 9)
        while people.count < count {
            let unit = random.index(below: units)
            let size = random.whole(in: 1...13)
            for _ in 0..<min(size, count - people.count) {
                people.append(
                    Roster.Person(
                        code: "\(people.count + 1)", unit: unit, site: unit % sites,
                        household: size == 1 ? nil : households,
                        risk: RiskClass.allCases[random.weightedIndex([80, 10, 5, 5])]))
            }
            households += 1
        }
        return Roster(
            people: people, units: (0..<units).map { "U\($0)" },
            sites: (0..<sites).map { "S\($0)" }, households: (0..<households).map { "\($0)" })
    }

    @Test(
        "COLL-1: everybody is in one tube with people of one site and class, households together",
        arguments: [UInt64(1), 2, 3, 4, 5, 6])
    func everybodyOnce(seed: UInt64) throws {
        let roster = Self.city(Int(seed) * 173, seed: seed)
        let plan = try Self.planner().plan(roster)
        #expect(plan.tubes.flatMap(\.people).sorted() == Array(roster.people.indices))
        #expect(plan.total.people == roster.people.count)
        var homes: [[Int]: (people: Int, tubes: Int)] = [:]
        for tube in plan.tubes {
            #expect((1...tube.ratio.rawValue).contains(tube.people.count))
            let people = tube.people.map { roster.people[$0] }
            #expect(people.allSatisfy { $0.site == tube.site && $0.risk == tube.risk })
            for (home, members) in Dictionary(grouping: people, by: \.household) {
                guard let home, tube.ratio != .one else { continue }
                let key = [home, tube.risk == .low ? 0 : 1]
                homes[key, default: (0, 0)].people += members.count
                homes[key, default: (0, 0)].tubes += 1
            }
        }
        for (key, home) in homes {
            let size = key[1] == 0 ? 10 : 5
            #expect(home.tubes <= (home.people + size - 1) / size, "seed \(seed)")
        }
    }

    @Test("COLL-2: a household that fills a tube shares its fate as the beta-binomial model says")
    func correlatedTube() throws {
        // Lendle, Hudgens, Qaqish 2012: tests a person by k, p and the correlation, perfect test.
        let published: [(k: TubeRatio, p: Double, correlation: Double, tests: Double)] = [
            (.five, 0.01, 0, 0.249010), (.five, 0.01, 0.2, 0.234891),
            (.ten, 0.01, 0.1, 0.167803), (.ten, 0.01, 0.5, 0.128941),
            (.ten, 0.05, 0.3, 0.296951), (.twenty, 0.01, 0.2, 0.123399),
        ]
        for row in published {
            let rules = CollectionRules(largest: [.low: .twenty], prevalence: [.low: row.p])
            let planner = Self.planner(
                rules, forced: [.low: row.k], correlation: row.correlation,
                mixed: [.five, .ten, .twenty])
            let size = row.k.rawValue
            let plan = try planner.plan(Self.roster(Array(repeating: (size, .low), count: 7)))
            #expect(abs(plan.total.tests / Double(7 * size) - row.tests) < 5e-7)
            let alone = 1 / Double(size) + 1 - independent(row.p, size)
            #expect(abs(plan.shuffled.tests / Double(7 * size) - alone) < 1e-12)
        }
    }

    private func independent(_ p: Double, _ size: Int) -> Double {
        (0..<size).reduce(1.0) { product, _ in product * (1 - p) }
    }

    @Test("COLL-2: households in one tube are independent of each other")
    func severalHouseholds() throws {
        let plan = try Self.planner().plan(Self.roster([(3, .low), (1, .low), (6, .low)]))
        let model = ClusterModel.betaBinomial(correlation: 0.17)
        let clear = [3, 1, 6].map { model.clear($0, prevalence: 0.0002) }.reduce(1, *)
        #expect(plan.tubes.count == 1)
        #expect(abs(plan.total.positiveTubes - (1 - clear)) < 1e-15)
        #expect(abs(plan.total.callBacks - 10 * (1 - clear)) < 1e-14)
        #expect(abs(plan.total.tests - (1 + 10 * (1 - clear))) < 1e-14)
        #expect(plan.shuffled.callBacks > plan.total.callBacks)
    }

    @Test(
        "COLL-3: the allowed tube with the fewest expected tests is chosen, call-backs permitting",
        arguments: [
            (0.0002, TubeRatio.ten, 0.05, TubeRatio.ten), (0.0002, .five, 0.05, .five),
            (0.0002, .one, 0.05, .one), (0.0002, .ten, 0.001, .five), (0.0002, .ten, 0, .one),
            // Independent people: at 3 % five are best, at 40 % nobody should share a tube.
            (0.03, .ten, 1, .five), (0.4, .ten, 1, .one),
        ])
    func choice(_ p: Double, _ most: TubeRatio, _ limit: Double, _ expected: TubeRatio) throws {
        let rules = CollectionRules(largest: [.low: most], prevalence: [.low: p])
        let planner = Self.planner(rules, correlation: 0, limit: limit)
        let plan = try planner.plan(Self.roster(Array(repeating: (1, .low), count: 100)))
        let chosen = try #require(plan.classes.first)
        #expect(chosen.ratio == expected)
        #expect(chosen.options.map(\.ratio) == [.one, .five, .ten].filter { $0 <= most })
        let best = chosen.options.filter(\.isWithinLimit).map(\.tests).min()
        #expect(best == chosen.figures.tests)
    }

    @Test("COLL-3: a ratio that is asked for is taken as far as the programme allows it")
    func forced() throws {
        let roster = Self.roster([(20, .low)])
        let plan = try Self.planner(forced: [.low: .five]).plan(roster)
        #expect(plan.classes.map(\.ratio) == [.five])
        #expect(plan.tubes.map(\.people.count) == [5, 5, 5, 5])
        #expect(throws: CollectionFaults.self) {
            try Self.planner(forced: [.low: .twenty]).plan(roster)
        }
    }

    @Test("COLL-4: every class that cannot be planned is named, and nothing is planned")
    func faults() throws {
        let roster = Self.roster([(2, .low), (3, .medium), (4, .key)])
        let rules = CollectionRules(largest: [.low: .five], prevalence: [.medium: 0.1])
        let planner = Self.planner(rules, forced: [.low: .ten, .high: .one])
        let error = try #require(throws: CollectionFaults.self) { try planner.plan(roster) }
        #expect(
            error.faults == [
                .ratio(.low, asked: .ten, allowed: [.one, .five]),
                .noPrevalence(.low, people: 2), .noRule(.medium, people: 3),
                .emptyClass(.high), .noRule(.key, people: 4), .noPrevalence(.key, people: 4),
            ])
        let nobody = Roster(people: [], units: [], sites: [], households: [])
        let empty = try #require(throws: CollectionFaults.self) { try planner.plan(nobody) }
        #expect(empty.faults == [.nobody])
    }

    @Test(
        "COLL-5: a list has ten positions of one site, class and kind of tube", arguments: [9, 8])
    func lists(seed: Int) throws {
        let plan = try Self.planner().plan(Self.city(900, seed: UInt64(seed)))
        let lists = Dictionary(grouping: plan.tubes) { [$0.site, $0.list] }
        for tubes in lists.values {
            #expect(Set(tubes.map(\.risk)).count == 1)
            let ratio = try #require(tubes.first).ratio.rawValue
            #expect(Set(tubes.map(\.ratio.rawValue)) == [ratio])
            #expect(tubes.count <= 10 / ratio)
            #expect(tubes.map(\.position) == tubes.indices.map { $0 * ratio + 1 })
        }
        for site in plan.sites {
            let tubes = plan.tubes.filter { $0.site == site.site }
            #expect(tubes.map(\.number) == Array(1...tubes.count))
            #expect(Array(Set(tubes.map(\.list))).sorted() == Array(1...site.figures.lists))
            #expect(tubes.map(\.list) == tubes.map(\.list).sorted())
            // All lists but the last of a kind are full.
            let kinds = Dictionary(grouping: tubes) { [$0.risk.hashValue, $0.ratio.rawValue] }
            let needed = kinds.values.map { kind in
                let perList = 10 / kind[0].ratio.rawValue
                return (kind.count + perList - 1) / perList
            }
            #expect(needed.reduce(0, +) == site.figures.lists)
        }
    }

    @Test("COLL-6: every site brings its tubes and swabs and the spare ones, rounded up")
    func supplies() throws {
        let plan = try Self.planner(spare: 5).plan(Self.roster([(20, .low), (7, .key)]))
        #expect(plan.total.tubes == [.ten: 2, .one: 7])
        #expect(plan.total.kits == [.ten: 3, .one: 8])
        #expect(plan.total.swabs == 29)
        let exact = try Self.planner(spare: 0).plan(Self.roster([(20, .low), (7, .key)]))
        #expect(exact.total.kits == exact.total.tubes)
        #expect(exact.total.swabs == 27)
    }

    @Test("COLL-7: somebody left alone gets a single tube, and no single tube calls anybody back")
    func leftAlone() throws {
        let plan = try Self.planner().plan(Self.roster([(10, .low), (1, .low), (2, .key)]))
        #expect(plan.total.tubes == [.ten: 1, .one: 3])
        #expect(plan.tubes.filter { $0.ratio == .one }.allSatisfy { $0.callBacks == 0 })
        #expect(plan.total.positiveTubes > 0.04)
        #expect(plan.total.callBacks == plan.tubes[0].positive * 10)
    }
}
