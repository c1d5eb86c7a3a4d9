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

    /// What a unit or site may narrow its list to.
    struct Narrowing: Hashable, Sendable {
        let day: String
        let isOpenAlone: Bool
    }

    let box: String
    let boxes: [String]
    /// Nil for the laboratory, whose whole table is not searched.
    let narrowing: Narrowing?
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
        _ part: Part<TubeResult>, _ foreseen: [TubeID: TurnaroundBoard.Line],
        _ question: ResultsQuestion, boxes: [String], for visit: Visit
    ) {
        let box = question.box
        self.box = box
        self.boxes = boxes
        csrf = visit.csrf
        key = visit.newKey()
        let hasReleased = part.rows.contains { $0.releasedAt != nil }
        confirmPath =
            visit.may(.confirmFeedback) && !box.isEmpty && hasReleased
            ? "/boxes/\(encoded(box))/feedback" : nil
        narrowing =
            visit.role.limit == .laboratory
            ? nil
            : Narrowing(
                day: question.day?.description ?? "", isOpenAlone: question.isOpenAlone)
        back = question.path
        summary = box.isEmpty ? nil : Self.summary(part, foreseen, for: visit)
        files =
            visit.may(.feedbackFile)
            ? Files(
                day: Self.day(question.day, newest: part.rows.first, for: visit),
                asksUnit: visit.role.limit == .laboratory) : nil
        let (here, first) = (back, key)
        rows = part.rows.map {
            Row($0, foreseen[$0.tube], key: first, back: here, for: visit)
        }
        isEmpty = part.rows.isEmpty
        pager = Pager(part, on: back, after: question.after)
    }

    /// The day whose file is offered: the one that is asked for, or that of the newest tube.
    private static func day(
        _ asked: CalendarDay?, newest: TubeResult?, for visit: Visit
    ) -> String {
        let zone = visit.site.zone
        return (asked ?? zone.day(of: newest?.collectedAt ?? visit.now)).description
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
    var isOpen: Bool { outcome == nil && rejected == nil && !isCalledBack }
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
                let question = try ResultsQuestion(visit)
                let part = try question.part(for: visit)
                let boxes = try laboratory.boxes(.all, after: "", as: visit.handle)
                let foreseen = try forecast.last.map {
                    try laboratory.expected(part.rows.map(\.tube), by: $0, as: visit.handle)
                }
                return .page(
                    Page(
                        visit.words.say("results.title"), "results",
                        ResultsPage(
                            part, foreseen ?? [:], question, boxes: boxes.rows.map(\.box.text),
                            for: visit)))
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
                let feedback = try feedback(visit, on: day)
                // A file of a heading alone would be taken for the answer.
                guard !feedback.rows.isEmpty else {
                    let key = day == nil ? "results.none" : "results.nothing"
                    return .redirect(
                        "/results",
                        .refused(visit.words.say(key, ["day": day?.description ?? ""])))
                }
                return .file(
                    table.csv(feedback), type: "text/csv; charset=utf-8",
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
