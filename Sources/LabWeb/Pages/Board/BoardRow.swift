internal import LabDomain
internal import LabOperations
internal import LabStore

/// How much a row presses, as a tag.
struct UrgencyTag: Hashable, Sendable {
    let kind: String
    let sign: String
    let text: String

    init(_ urgency: Urgency, in words: Catalogue) {
        kind = urgency.kind
        sign = urgency.sign
        text = words.word("board.tag", urgency)
    }
}

/// The clocks of one rule and batch.
struct BoardRow: Hashable, Sendable {
    let id: String
    let rowClass: String
    let tag: UrgencyTag
    let box: String
    /// Where the box is received or traced; nil when the one who looks may neither.
    let path: String?
    let unit: String
    let rule: String
    let ruleWords: String
    let bar: ClockBar
    let running: Int
    let late: Int
    let awaiting: Int
    let closed: Int
    let expected: ExpectedFinish?
    let breach: BreachForm?

    init(
        _ batch: Board.Batch, _ last: TurnaroundBoard.Line?, back: String, for visit: Visit
    ) {
        let open = batch.open
        id = "b-" + encoded("\(open.box)-\(open.rule)")
        rowClass = batch.urgency.rowClass
        tag = UrgencyTag(batch.urgency, in: visit.words)
        box = open.box.text
        path = visit.path(of: open.box)
        unit = batch.detail.unit
        rule = visit.clock(open.rule)
        ruleWords = visit.words(of: batch.detail)
        bar = ClockBar(open.next, for: visit)
        running = open.running
        late = open.late
        awaiting = open.awaitingDelivery
        closed = batch.detail.closedInTime + batch.detail.closedLate
        expected =
            open.running + open.late > 0 && batch.detail.isOfResults
            ? ExpectedFinish(last.map { [$0] }, for: visit) : nil
        breach =
            open.late + batch.detail.closedLate > 0
            ? BreachForm(box: open.box, rule: open.rule, batch.detail, back: back, for: visit)
            : nil
    }
}

/// Clocks that all have stopped, some of them late.
struct UnexplainedRow: Hashable, Sendable {
    let id: String
    let box: String
    let path: String?
    let unit: String
    let rule: String
    let ruleWords: String
    let late: Int
    let breach: BreachForm

    init(_ batch: Board.Unexplained, back: String, for visit: Visit) {
        id = "u-" + encoded("\(batch.box)-\(batch.rule)")
        box = batch.box.text
        path = visit.path(of: batch.box)
        unit = batch.detail.unit
        rule = visit.clock(batch.rule)
        ruleWords = visit.words(of: batch.detail)
        late = batch.detail.closedLate
        breach = BreachForm(
            box: batch.box, rule: batch.rule, batch.detail, back: back, for: visit)
    }
}

/// Why a clock was not kept, or the form that asks for it.
struct BreachForm: Hashable, Sendable {
    struct Cause: Hashable, Sendable {
        let value: String
        let text: String
        let isChosen: Bool
    }

    /// The cause that was told; nil asks for one.
    let cause: String?
    let note: String?
    let by: String?
    let mayTell: Bool
    let id: String
    let box: String
    let rule: String
    let causes: [Cause]
    let csrf: String
    let key: String
    let back: String

    init(
        box: BoxID, rule: String, _ detail: BatchDetail, back: String, for visit: Visit
    ) {
        cause = detail.explained.map { visit.site.say($0.cause.meaning, visit.language) }
        note = detail.explained.flatMap { $0.note.isEmpty ? nil : $0.note }
        by = detail.explained.map { visit.words.say("board.toldBy", ["by": $0.by]) }
        mayTell = visit.may(.explainBreach)
        id = "why-" + encoded("\(box)-\(rule)")
        self.box = box.text
        self.rule = rule
        causes =
            mayTell
            ? BreachCause.allCases.map {
                Cause(
                    value: $0.rawValue, text: visit.site.say($0.meaning, visit.language),
                    isChosen: $0 == detail.explained?.cause)
            } : []
        csrf = visit.csrf
        key = visit.newKey()
        self.back = back
    }
}

/// A plate that waits for its run or its review.
struct PlateRow: Hashable, Sendable {
    let id: String
    let rowClass: String
    let tag: UrgencyTag?
    let plate: String
    let path: String?
    let state: String
    let kit: String
    let samples: Int
    let rule: String
    let bar: ClockBar?
    let expected: ExpectedFinish?

    init(_ plate: Board.Plate, _ last: TurnaroundBoard.Line?, for visit: Visit) {
        let open = plate.open
        id = "p-" + encoded(open.plate.text)
        rowClass = plate.urgency?.rowClass ?? ""
        tag = plate.urgency.map { UrgencyTag($0, in: visit.words) }
        self.plate = open.plate.text
        path = visit.path(of: open.plate, isRead: open.isRead)
        state = visit.words.say(
            open.isRead ? "board.plateRead" : "board.plateLaidOut",
            ["time": visit.time(open.since)])
        kit = visit.site.say(open.kit.word, visit.language)
        samples = open.samples
        rule = open.rule.map(visit.clock) ?? ""
        bar = open.next.map { ClockBar($0, for: visit) }
        expected = ExpectedFinish(last.map { [$0] }, for: visit)
    }
}

extension Visit {
    /// Where a box is worked on or traced, whichever the one who looks may see.
    func path(of box: BoxID) -> String? {
        [("/reception/", ":box"), ("/trace/", ":code")].first { leads(to: $0.0 + $0.1) }
            .map { $0.0 + encoded(box.text) }
    }

    /// Where a plate is worked on or traced, whichever the one who looks may see.
    func path(of plate: PlateID, isRead: Bool = false) -> String? {
        [(isRead ? "/runs/" : "/plates/", ":plate"), ("/trace/", ":code")]
            .first { leads(to: $0.0 + $0.1) }.map { $0.0 + encoded(plate.text) }
    }

    /// The name of a clock, in the reader's language where the program knows it.
    func clock(_ name: String) -> String { site.say(Wording.clock(name), language) }

    /// A rule in words: from which moment to which.
    func words(of detail: BatchDetail) -> String {
        words.say(
            "board.rule",
            [
                "starts": words.word("moment", detail.starts),
                "stops": words.word("moment", detail.stops),
            ])
    }
}

extension BatchDetail {
    /// Whether its clocks end with the results that forecasts are about.
    fileprivate var isOfResults: Bool {
        [.collected, .received].contains(starts)
            && [.released, .reported, .delivered].contains(stops)
    }
}
