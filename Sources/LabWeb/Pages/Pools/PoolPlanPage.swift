internal import LabDomain
internal import LabOperations

/// The pools that are proposed, to be changed and carried out.
struct PoolPlanPage: Hashable, Sendable {
    struct Figure: Hashable, Sendable {
        let label: String
        let value: String
    }

    struct Choice: Hashable, Sendable {
        let text: String
        let path: String
        let isHere: Bool
        /// Whether it changes nothing now: no class can be pooled.
        let isOff: Bool
    }

    /// Why nothing can be proposed; nil when something is.
    let trouble: String?
    let remedy: String
    let isEmpty: Bool
    let figures: [Figure]
    let mixed: String?
    let isTooSlow: Bool
    let schemes: [Choice]
    /// Why no scheme can be chosen; nil when one can.
    let schemesOff: String?
    let shares: [PoolShareField]
    let hasShares: Bool
    /// The scheme that is asked for, kept when the shares are asked anew.
    let scheme: String
    let classes: [PoolClassModel]
    let hasClasses: Bool
    /// Whether any tube can be moved.
    let mayChange: Bool
    let notShown: String?
    let free: Int
    let allowsOne: Bool
    let path: String
    let csrf: String
    let key: String

    /// A plan as it is arranged.
    init(
        _ plan: PoolPlan, _ arrangement: PoolArrangement, _ wishes: PoolWishes, for visit: Visit
    ) {
        let words = visit.words
        let proposal = plan.proposal
        self.init(
            trouble: nil, remedy: "",
            isEmpty: proposal.classes.isEmpty && proposal.mixed.tubes == 0,
            figures: proposal.classes.isEmpty ? [] : Self.figures(proposal, words),
            mixed: proposal.mixed.tubes > 0
                ? words.count(
                    "poolPlan.mixed", proposal.mixed.tubes,
                    ["people": "\(proposal.mixed.people)"]) : nil,
            isTooSlow: proposal.isTooSlow, schemes: plan.schemes,
            isOff: proposal.classes.allSatisfy(\.isOff) && !proposal.classes.isEmpty,
            shares: PoolShareField.fields(of: wishes, in: proposal, for: visit),
            classes: arrangement.classes.compactMap { own in
                proposal.classes.first { $0.risk == own.risk }.map {
                    PoolClassModel($0, own, in: plan, for: visit)
                }
            },
            hidden: arrangement.classes.reduce(0) { $0 + $1.rest.count }, free: arrangement.free,
            allowsOne: plan.allowsOne, wishes, for: visit)
    }

    /// Why nothing can be proposed, with what can be asked instead.
    init(_ trouble: Flash, schemes: [PoolScheme], _ wishes: PoolWishes, for visit: Visit) {
        self.init(
            trouble: trouble.message, remedy: trouble.remedy, isEmpty: false, figures: [],
            mixed: nil, isTooSlow: false, schemes: schemes, isOff: false,
            shares: PoolShareField.fields(of: wishes, in: nil, for: visit), classes: [], hidden: 0,
            free: 1, allowsOne: false, wishes, for: visit)
    }

    private init(
        trouble: String?, remedy: String, isEmpty: Bool, figures: [Figure], mixed: String?,
        isTooSlow: Bool, schemes: [PoolScheme], isOff: Bool, shares: [PoolShareField],
        classes: [PoolClassModel], hidden: Int, free: Int, allowsOne: Bool, _ wishes: PoolWishes,
        for visit: Visit
    ) {
        let words = visit.words
        self.trouble = trouble
        self.remedy = remedy
        self.isEmpty = isEmpty
        self.figures = figures
        self.mixed = mixed
        self.isTooSlow = isTooSlow
        self.schemes = ([nil] + schemes.map(\.self)).map { scheme in
            var other = wishes
            other.scheme = scheme
            return Choice(
                text: scheme?.description ?? words.say("poolPlan.cheapest"),
                path: other.path, isHere: scheme == wishes.scheme,
                isOff: isOff && scheme != nil)
        }
        schemesOff = isOff ? words.say("poolPlan.schemesOff") : nil
        self.shares = shares
        hasShares = trouble != nil || shares.contains { !$0.value.isEmpty }
        scheme = wishes.scheme?.description ?? ""
        self.classes = classes
        hasClasses = !classes.isEmpty
        mayChange = hidden > 0 || classes.contains(where: \.mayChange)
        notShown = hidden > 0 ? words.count("poolPlan.notShown", hidden) : nil
        self.free = free
        self.allowsOne = allowsOne
        path = wishes.path
        csrf = visit.csrf
        key = visit.newKey()
    }

    private static func figures(_ proposal: PoolProposal, _ words: Catalogue) -> [Figure] {
        let tubes = proposal.classes.reduce(0) { $0 + $1.tubes }
        let tests = proposal.classes.reduce(0) { $0 + $1.expectedTests }
        let pooled = proposal.pools.reduce(0) { $0 + $1.tubes.count }
        return [
            ("waiting", "\(tubes)"), ("pools", "\(proposal.pools.count)"),
            ("pooled", "\(pooled)"), ("singly", "\(proposal.singly.count)"),
            ("tests", Figures.tests(tests)),
            ("saved", Figures.tests(max(0, Double(tubes) - tests))),
            ("wells", "\(proposal.wells)"), ("plates", "\(proposal.plates)"),
            ("first", words.length(proposal.firstVerdicts)),
            ("last", words.length(proposal.lastVerdicts)),
            ("missed", Figures.percent(proposal.missedShare)),
        ].map { Figure(label: words.say("poolPlan.figure.\($0.0)"), value: $0.1) }
    }
}
