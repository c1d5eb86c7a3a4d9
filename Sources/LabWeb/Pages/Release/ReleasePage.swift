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
        _ positives: Part<PositiveToRelease>, _ groups: Part<ReleaseGroup>, after: String,
        for visit: Visit
    ) {
        tabs = ReleaseTabs(.ready)
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
        cqs = positive.readings.map { "\($0.target) \(cqText($0.cq))" }.joined(separator: " · ")
        enteredBy = positive.enteredBy
        reviewedBy = positive.reviewedBy
        ask = visit.words.count(
            "release.positive.ask", positive.people, ["tube": positive.tube.text])
        key = visit.newKey()
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

/// Which part of the release is shown.
struct ReleaseTabs: Hashable, Sendable {
    enum Tab: String {
        case ready
        case held
        case delivery
    }

    let isReady: Bool
    let isHeld: Bool
    let isDelivery: Bool

    init(_ tab: Tab) {
        isReady = tab == .ready
        isHeld = tab == .held
        isDelivery = tab == .delivery
    }
}

/// Answers that wait for something else, with what that is.
struct HeldPage: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        let plate: String
        let platePath: String
        let detected: Int
        let notDetected: Int
        let why: String
    }

    /// So many plates are listed at most.
    static let most = 200

    let tabs = ReleaseTabs(.held)
    let rows: [Row]
    let isEmpty: Bool

    init(_ held: [HeldAnswers], for visit: Visit) {
        rows = held.map { answers in
            Row(
                plate: answers.plate.text, platePath: "/runs/" + encoded(answers.plate.text),
                detected: answers.detected, notDetected: answers.notDetected,
                why: visit.words.say(
                    "release.held.\(answers.reason.rawValue)", ["who": answers.enteredBy]))
        }
        isEmpty = held.isEmpty
    }
}

/// Boxes with results that their unit is not known to have.
struct DeliveryPage: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        let box: String
        let unit: String
        let ready: Int
        let waiting: Int
        let path: String
        let key: String
        let ask: String
    }

    let tabs = ReleaseTabs(.delivery)
    let csrf: String
    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager

    init(_ boxes: Part<UndeliveredBox>, after: String, for visit: Visit) {
        csrf = visit.csrf
        rows = boxes.rows.map { box in
            Row(
                box: box.box.text, unit: box.unit, ready: box.ready, waiting: box.waiting,
                path: "/boxes/\(encoded(box.box.text).replacing("/", with: "%2F"))/feedback",
                key: visit.newKey(),
                ask: visit.words.say(
                    "release.delivered.ask", ["box": box.box.text, "unit": box.unit]))
        }
        isEmpty = boxes.rows.isEmpty
        pager = Pager(boxes, on: "/release?tab=delivery", after: after)
    }
}
