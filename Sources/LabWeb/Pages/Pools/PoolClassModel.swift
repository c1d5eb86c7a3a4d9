internal import LabDomain
internal import LabOperations

/// The tubes of one risk class on the page of a plan.
struct PoolClassModel: Hashable, Sendable {
    struct Tube: Hashable, Sendable {
        let tube: String
        let risk: String
        let to: String
        let unit: String
        let household: Int?
        let householdName: String
        let left: String?
        let isLate: Bool
        /// Why it is tested singly, or its unit where its pool has several.
        let about: String?
        let label: String
    }

    struct Card: Hashable, Sendable {
        let number: Int
        let title: String
        let fill: String
        let isFull: Bool
        /// The sending unit of all its tubes; nil where there are several.
        let unit: String?
        let tubes: [Tube]
    }

    /// Tubes that no pool may take, for one reason.
    struct Fixed: Hashable, Sendable {
        let reason: String
        let count: String
        let tubes: String
        let isCut: Bool
    }

    let risk: String
    let name: String
    let scheme: String
    let schemeName: String
    let why: String
    /// Why nothing of the class may be pooled, and what can be done; nil when something may.
    let off: PoolsOff?
    let households: String?
    let facts: [PoolPlanPage.Figure]
    /// The most tubes of a pool.
    let most: Int
    let mayChange: Bool
    let pools: [Card]
    let singly: [Tube]
    let hasSingly: Bool
    let fixed: [Fixed]
    /// Pools that are not shown: their tubes, with spaces between them.
    let rest: [String]

    /// A class of a plan as it is arranged.
    init(
        _ own: PoolProposal.Class, _ arranged: PoolArrangement.Class, in plan: PoolPlan,
        for visit: Visit
    ) {
        let words = visit.words
        risk = own.risk.rawValue
        name = words.word("risk", own.risk)
        scheme = arranged.scheme?.description ?? ""
        schemeName = words.scheme(own.scheme)
        why = visit.site.say(own.reason, visit.language)
        off = PoolsOff(own, for: visit)
        households = Self.households(own, words)
        facts = [
            ("tubes", "\(own.tubes)"), ("tests", Figures.tests(own.expectedTests)),
            ("saved", Figures.tests(max(0, Double(own.tubes) - own.expectedTests))),
            ("positives", Figures.expected(own.expectedPositives)),
            ("finds", Figures.percent(own.sensitivityKept)),
        ].map { PoolPlanPage.Figure(label: words.say("poolPlan.fact.\($0.0)"), value: $0.1) }
        let most =
            arranged.scheme?.first
            ?? plan.schemes.filter { $0.stages == 2 }.map(\.first).max() ?? 0
        self.most = most
        let reasons = Dictionary(
            plan.proposal.singly.lazy.filter { $0.risk == own.risk }.map {
                ($0.tube.text, $0.reason)
            }
        ) { first, _ in first }
        pools = arranged.pools.map { pool in
            let known = pool.tubes.compactMap { code in
                plan.tubes[TubeID(code)].map { (code, $0) }
            }
            let units = Set(known.map(\.1.unit))
            return Card(
                number: pool.number, title: words.say("pools.number", ["n": "\(pool.number)"]),
                fill: words.say("poolPlan.fill", ["n": "\(known.count)", "most": "\(most)"]),
                isFull: known.count > most, unit: units.count == 1 ? units.first : nil,
                tubes: known.map { code, tube in
                    Tube(
                        code, tube, "\(pool.number)", own.risk,
                        about: units.count == 1 ? nil : tube.unit, for: visit)
                })
        }
        singly = arranged.singly.compactMap { code in
            plan.tubes[TubeID(code)].map {
                Tube(
                    code, $0, "", own.risk,
                    about: words.word("singlyReason", reasons[code] ?? .asked), for: visit)
            }
        }
        hasSingly = !singly.isEmpty
        rest = arranged.rest.map { $0.joined(separator: " ") }
        let movable = Set(arranged.entries.map(\.tube))
        fixed = Self.fixed(
            plan.proposal.singly.filter {
                $0.risk == own.risk && !movable.contains($0.tube.text)
            }, words)
        mayChange = most > 0 && !arranged.entries.isEmpty
    }

    private static func fixed(
        _ singly: [PoolProposal.Single], _ words: Catalogue
    ) -> [Fixed] {
        let shown = 60
        return Dictionary(grouping: singly, by: \.reason)
            .sorted { $0.key.rawValue < $1.key.rawValue }.map { reason, tubes in
                Fixed(
                    reason: words.word("singlyReason", reason),
                    count: words.count("pools.tubes", tubes.count),
                    tubes: tubes.prefix(shown).map(\.tube.text).joined(separator: "  "),
                    isCut: tubes.count > shown)
            }
    }

    private static func households(_ own: PoolProposal.Class, _ words: Catalogue) -> String? {
        guard max(own.savedByHouseholds, own.costOfWholeHouseholds) >= 0.05 else { return nil }
        let saved = words.say(
            "poolPlan.households", ["tests": Figures.tests(own.savedByHouseholds)])
        guard own.costOfWholeHouseholds >= 0.05 else { return saved }
        return saved + " "
            + words.say(
                "poolPlan.wholeHouseholds", ["tests": Figures.tests(own.costOfWholeHouseholds)])
    }
}

extension PoolClassModel.Tube {
    fileprivate init(
        _ code: String, _ known: PoolPlan.Tube, _ to: String, _ risk: RiskClass, about: String?,
        for visit: Visit
    ) {
        let words = visit.words
        let left = known.dueAt.map { visit.now.span(to: $0) }
        let isLate = left.map { $0.milliseconds < 0 } ?? false
        self.init(
            tube: code, risk: risk.rawValue, to: to, unit: known.unit, household: known.household,
            householdName: known.household.map {
                words.say("poolPlan.household", ["n": "\($0)"])
            } ?? "",
            left: left.map {
                words.say(isLate ? "poolPlan.late" : "poolPlan.left", ["length": words.length($0)])
            }, isLate: isLate, about: about,
            label: words.say("poolPlan.field", ["tube": code]))
    }
}
