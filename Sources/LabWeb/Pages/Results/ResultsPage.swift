internal import LabDomain
internal import LabOperations
internal import LabStore

/// Tubes with their released answers, for whoever sent them.
struct ResultsPage: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        let tube: String
        let kind: String
        let box: String
        let people: Int
        let collected: String
        let received: String
        let result: String
        /// How the result is coloured: `good`, `bad`, `warn` or none.
        let tone: String
        let released: String
        /// When the forecast expects the answer; nil where there is one, or nothing is foreseen.
        let foreseen: ExpectedFinish?
        /// By when the answer comes; empty where it is there, or no clock runs.
        let expected: String
        let isLate: Bool
        /// The only person of the tube gets a certificate by a button.
        let mayCertify: Bool
        /// Where one of several people is chosen for a certificate.
        let certificatePath: String?
        let csrf: String
        let key: String
        let back: String
    }

    /// The files with the results of a day.
    struct Files: Hashable, Sendable {
        let day: String
        /// Whether the unit is to be named: nobody's own.
        let asksUnit: Bool
    }

    let box: String
    let boxes: [String]
    let csrf: String
    let key: String
    /// Where the receipt of the results is confirmed; nil when nothing is to be confirmed.
    let confirmPath: String?
    let back: String
    /// How far the chosen box is; nil without one.
    let summary: String?
    let files: Files?
    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager

    init(
        _ part: Part<TubeResult>, _ foreseen: [TubeID: TurnaroundBoard.Line], box: String,
        boxes: [String], after: String, for visit: Visit
    ) {
        self.box = box
        self.boxes = boxes
        csrf = visit.csrf
        key = visit.newKey()
        let hasReleased = part.rows.contains { $0.releasedAt != nil }
        confirmPath =
            visit.may(.confirmFeedback) && !box.isEmpty && hasReleased
            ? "/boxes/\(encoded(box))/feedback" : nil
        back = box.isEmpty ? "/results" : "/results?box=" + encoded(box)
        summary = box.isEmpty ? nil : Self.summary(part, foreseen, for: visit)
        files =
            visit.may(.feedbackFile)
            ? Files(
                day: visit.site.zone.day(of: visit.now).description,
                asksUnit: visit.role.limit == .laboratory) : nil
        let (here, first) = (back, key)
        rows = part.rows.map {
            Row($0, foreseen[$0.tube], key: first, back: here, for: visit)
        }
        isEmpty = part.rows.isEmpty
        pager = Pager(part, on: back, after: after)
    }

    /// How many of a box are answered, when the last one is expected and by when it comes.
    private static func summary(
        _ part: Part<TubeResult>, _ foreseen: [TubeID: TurnaroundBoard.Line], for visit: Visit
    ) -> String? {
        guard part.next == nil, !part.rows.isEmpty else { return nil }
        let open = part.rows.filter { $0.isOpen }
        // The last one is expected when each of them is.
        let lines = open.compactMap { foreseen[$0.tube] }
        let last = lines.count == open.count ? ExpectedFinish(lines, for: visit) : nil
        let values = [
            "n": "\(part.rows.count - open.count)", "all": "\(part.rows.count)",
            "time": open.compactMap(\.dueAt).max().map(visit.time) ?? "",
            "finish": last?.finish ?? "", "band": last?.band ?? "",
        ]
        let key =
            open.isEmpty
            ? "results.whole"
            : values["time"] == ""
                ? "results.part" : last == nil ? "results.partBy" : "results.partExpected"
        return visit.words.say(key, values)
    }
}

extension TubeResult {
    /// Whether its answer is still to come.
    fileprivate var isOpen: Bool { outcome == nil && rejected == nil && !isCalledBack }
}

extension ResultsPage.Row {
    fileprivate init(
        _ result: TubeResult, _ line: TurnaroundBoard.Line?, key: String, back: String,
        for visit: Visit
    ) {
        let words = visit.words
        tube = result.tube.text
        kind = words.word("tubeKind", result.kind)
        box = result.box.text
        people = result.people
        collected = visit.time(result.collectedAt)
        received = result.receivedAt.map(visit.time) ?? ""
        released = result.releasedAt.map(visit.time) ?? ""
        foreseen = result.isOpen ? ExpectedFinish(line.map { [$0] }, for: visit) : nil
        let due = result.isOpen ? result.dueAt : nil
        expected = due.map { words.say("results.by", ["time": visit.time($0)]) } ?? ""
        isLate = due.map { $0 < visit.now } ?? false
        let certifies =
            result.outcome != nil && result.people > 0 && visit.may(.issueCertificate)
        mayCertify = certifies && result.people == 1
        certificatePath =
            certifies && result.people > 1 && result.outcome == .notDetected
            ? "/certificates?tube=" + encoded(result.tube.text) : nil
        csrf = visit.csrf
        // Of the page's own, so that no row draws one.
        self.key = "\(result.tube)-\(key)"
        self.back = back
        if let outcome = result.outcome {
            self.result = words.word("outcome", outcome)
            tone = outcome == .detected ? "bad" : "good"
        } else if let reason = result.rejected {
            self.result = words.say(
                "results.rejected", ["reason": words.word("rejectReason", reason)])
            tone = "warn"
        } else if result.isCalledBack {
            self.result = words.say("results.calledBack")
            tone = "warn"
        } else {
            self.result = words.say(
                result.receivedAt == nil ? "results.expected" : "results.tested")
            tone = ""
        }
    }
}

extension Site {
    var resultRoutes: [Route] {
        [
            .get("/results", .seeBoxes) { visit in
                let (box, after) = (
                    normalised(visit.query["box"] ?? ""), visit.query["after"] ?? ""
                )
                // A box is seen whole, as far as boxes go.
                let part = try laboratory.results(
                    box: box.isEmpty ? nil : box, after: after, size: box.isEmpty ? 50 : 100,
                    as: visit.handle)
                let boxes = try laboratory.boxes(.all, after: "", as: visit.handle)
                let foreseen = try forecast.last.map {
                    try laboratory.expected(part.rows.map(\.tube), by: $0, as: visit.handle)
                }
                return .page(
                    Page(
                        visit.words.say("results.title"), "results",
                        ResultsPage(
                            part, foreseen ?? [:], box: box, boxes: boxes.rows.map(\.box.text),
                            after: after, for: visit)))
            },
            .get("/feedback", .feedbackFile) { visit in
                // A day at a time: a page of all days would grow without end.
                let day = try visit.day() ?? visit.site.zone.day(of: visit.now)
                let feedback = try feedback(visit, on: day)
                return .page(
                    Page(
                        visit.words.say("feedback.title"), "feedback",
                        FeedbackPage(
                            feedback, table: try FeedbackTable(visit.language, zone: zone),
                            words: visit.words, bar: PaperBar(back: "/results")),
                        scripts: ["paper.js"], frame: .paper))
            },
            .get("/feedback.csv", .feedbackFile) { visit in
                let day = try visit.day()
                let table = try FeedbackTable(visit.language, zone: zone)
                return .file(
                    table.csv(try feedback(visit, on: day)), type: "text/csv; charset=utf-8",
                    name: "results-\(day?.description ?? "all").csv")
            },
        ]
    }

    private func feedback(_ visit: Visit, on day: CalendarDay?) throws -> UnitFeedback {
        let unit = visit.query["unit"] ?? ""
        return try visit.laboratory.feedback(
            of: unit.isEmpty ? nil : unit, on: day, as: visit.handle, at: visit.now)
    }
}

extension Visit {
    /// The day that the address names; nil when it names none.
    fileprivate func day() throws -> CalendarDay? {
        guard let text = query["day"], !text.isEmpty else { return nil }
        guard let day = CalendarDay(text: text) else {
            throw Refusal(
                .badData, "The day is none.", remedy: "Write it such as 2021-08-03.")
        }
        return day
    }
}
