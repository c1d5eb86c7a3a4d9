internal import LabDomain
internal import LabOperations
internal import LabStore

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

/// Tests of one kind that must be read before their tubes have an answer to release.
struct AwaitedTests: Hashable, Sendable {
    let text: String
    /// Where they are; nil when the one who looks may not see it.
    let path: String?
    let place: String

    /// A line for each kind of which there are some.
    static func lines(_ further: FurtherTests, for visit: Visit) -> [AwaitedTests] {
        further.counts.map { count in
            let kind = count.isConfirmation ? "confirmation" : "retest"
            let place = count.isOnPlate ? "run" : "plate"
            let path = count.isOnPlate ? "/runs" : "/retests"
            return AwaitedTests(
                text: visit.words.count("release.awaits.\(kind).\(place)", count.tests),
                path: visit.leads(to: path) ? path : nil,
                place: visit.words.say(count.isOnPlate ? "nav.runs" : "nav.retests"))
        }
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
    let awaits: [AwaitedTests]
    let rows: [Row]
    let hasRows: Bool
    let isEmpty: Bool

    init(_ held: [HeldAnswers], awaiting further: FurtherTests, for visit: Visit) {
        awaits = AwaitedTests.lines(further, for: visit)
        rows = held.map { answers in
            Row(
                plate: answers.plate.text, platePath: "/runs/" + encoded(answers.plate.text),
                detected: answers.detected, notDetected: answers.notDetected,
                why: visit.words.say(
                    "release.held.\(answers.reason.rawValue)", ["who": answers.enteredBy]))
        }
        hasRows = !held.isEmpty
        isEmpty = held.isEmpty && awaits.isEmpty
    }
}

/// Boxes with results that their unit is not known to have.
struct DeliveryPage: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        let box: String
        let unit: String
        let ready: Int
        let waiting: Int
        /// The limit of its delivery; nil when no clock runs.
        let due: Due?
        let row: String
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
            let due = box.dueAt.map { Due($0, restedAt: box.restedAt, for: visit) }
            return Row(
                box: box.box.text, unit: box.unit, ready: box.ready, waiting: box.waiting,
                due: due, row: due?.row ?? "",
                path: "/boxes/\(encoded(box.box.text).replacing("/", with: "%2F"))/feedback",
                key: visit.newKey(),
                ask: visit.words.say(
                    "release.delivered.ask", ["box": box.box.text, "unit": box.unit]))
        }
        isEmpty = boxes.rows.isEmpty
        pager = Pager(boxes, on: "/release?tab=delivery", after: after)
    }
}
