internal import LabDomain
internal import LabOperations
internal import LabStore

/// What may be released now: positives one by one, negatives by plate and box.
struct ReleasePage: Hashable, Sendable {
    struct Positive: Hashable, Sendable {
        let tube: String
        let content: String
        let people: Int
        let unit: String
        let box: String
        let plate: String
        let platePath: String
        let cqs: String
        /// What earlier tests of the same people read.
        let earlier: [String]
        let enteredBy: String
        let reviewedBy: String
        let ask: String
        let key: String
    }

    struct Group: Hashable, Sendable {
        let value: String
        let id: String
        let plate: String
        let platePath: String
        let box: String
        let unit: String
        let tubes: Int
        let people: Int
        let enteredBy: String
        let reviewedBy: String
    }

    let tabs: ReleaseTabs
    let awaits: [AwaitedTests]
    let csrf: String
    let key: String
    let you: String
    let positives: [Positive]
    let morePositives: Bool
    let hasPositives: Bool
    let groups: [Group]
    let hasGroups: Bool
    let total: String
    let pager: Pager

    init(
        _ positives: Part<PositiveToRelease>, _ groups: Part<ReleaseGroup>,
        awaiting further: FurtherTests, after: String, for visit: Visit
    ) {
        tabs = ReleaseTabs(.ready)
        awaits = AwaitedTests.lines(further, for: visit)
        csrf = visit.csrf
        key = visit.newKey()
        you = visit.handle
        self.positives = positives.rows.map { Positive($0, for: visit) }
        morePositives = positives.next != nil
        hasPositives = !positives.rows.isEmpty
        self.groups = groups.rows.enumerated().map { Group($1, id: "group\($0)") }
        hasGroups = !groups.rows.isEmpty
        total = visit.words.count(
            "release.negatives.total", groups.rows.reduce(0) { $0 + $1.tubes },
            ["people": "\(groups.rows.reduce(0) { $0 + $1.people })"])
        pager = Pager(groups, on: "/release", after: after)
    }
}

extension ReleasePage.Positive {
    init(_ positive: PositiveToRelease, for visit: Visit) {
        tube = positive.tube.text
        content = visit.words.word("tubeKind", positive.kind)
        people = positive.people
        unit = positive.unit
        box = positive.box.text
        plate = positive.plate.text
        platePath = "/runs/" + encoded(positive.plate.text)
        cqs = Self.text(positive.tests.last)
        earlier = positive.tests.dropLast().map { test in
            visit.words.say(
                "release.earlier",
                [
                    "purpose": visit.words.word("purpose", test.purpose),
                    "subject": test.subject == positive.tube.text ? "" : " " + test.subject,
                    "cqs": Self.text(test),
                ])
        }
        enteredBy = positive.enteredBy
        reviewedBy = positive.reviewedBy
        ask = visit.words.count(
            "release.positive.ask", positive.people, ["tube": positive.tube.text])
        key = visit.newKey()
    }

    private static func text(_ test: ReadTest?) -> String {
        (test?.readings ?? []).map { "\($0.target) \(cqText($0.cq))" }.joined(separator: " · ")
    }
}

extension ReleasePage.Group {
    init(_ group: ReleaseGroup, id: String) {
        // The box stands last: its code may hold any character.
        value = "\(group.plate) \(group.tubes) \(group.box)"
        self.id = id
        plate = group.plate.text
        platePath = "/runs/" + encoded(group.plate.text)
        box = group.box.text
        unit = group.unit
        tubes = group.tubes
        people = group.people
        enteredBy = group.enteredBy
        reviewedBy = group.reviewedBy
    }
}
