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
    }

    let box: String
    let boxes: [String]
    let csrf: String
    let key: String
    /// Where the receipt of the results is confirmed; nil when nothing is to be confirmed.
    let confirmPath: String?
    let back: String
    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager

    init(
        _ part: Part<TubeResult>, box: String, boxes: [String], after: String, for visit: Visit
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
        rows = part.rows.map { Row($0, for: visit) }
        isEmpty = part.rows.isEmpty
        pager = Pager(part, on: back, after: after)
    }
}

extension ResultsPage.Row {
    fileprivate init(_ result: TubeResult, for visit: Visit) {
        let words = visit.words
        tube = result.tube.text
        kind = words.word("tubeKind", result.kind)
        box = result.box.text
        people = result.people
        collected = visit.time(result.collectedAt)
        received = result.receivedAt.map(visit.time) ?? ""
        released = result.releasedAt.map(visit.time) ?? ""
        if let outcome = result.outcome {
            self.result = words.word("outcome", outcome)
            tone = outcome == .detected ? "bad" : "good"
        } else if let reason = result.rejected {
            self.result = words.say(
                "results.rejected", ["reason": words.word("rejectReason", reason)])
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
                let part = try laboratory.results(
                    box: box.isEmpty ? nil : box, after: after, as: visit.handle)
                let boxes = try laboratory.boxes(.all, after: "", as: visit.handle)
                return .page(
                    Page(
                        visit.words.say("results.title"), "results",
                        ResultsPage(
                            part, box: box, boxes: boxes.rows.map(\.box.text), after: after,
                            for: visit)))
            }
        ]
    }
}
