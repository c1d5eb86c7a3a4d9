internal import Hummingbird
internal import LabDomain
internal import LabOperations

extension Site {
    var boardRoutes: [Route] {
        [
            .get("/board", .seeWork) { visit in
                .page(
                    Page(
                        visit.words.say("board.title"), "board", try boardPage(visit),
                        scripts: ["board.js"]))
            },
            .get("/board/rows", .verb(.seeWork), isSignOfLife: false) { visit in
                .page(
                    Page(
                        visit.words.say("board.title"), "board-rows", try boardPage(visit),
                        frame: .part))
            },
            Route(
                method: .get, path: "/board/events", access: .verb(.seeWork), mostBytes: 0,
                isSignOfLife: false
            ) { $0.events() },
            .post("/board/causes", .explainBreach) { visit in
                guard let cause = BreachCause(rawValue: visit.form["cause"] ?? "") else {
                    throw HTTPError(.badRequest)
                }
                let answer = try await visit.perform(
                    ExplainBreach(
                        box: visit.form["box"] ?? "", rule: visit.form["rule"] ?? "",
                        cause: cause, note: visit.form["note"] ?? ""))
                return .redirect(
                    localPath(visit.form["back"]) ?? "/board",
                    .done(
                        visit.words.say(
                            "board.causeKept",
                            ["box": answer.box.text, "rule": visit.clock(answer.rule)])))
            },
        ]
    }

    private func boardPage(_ visit: Visit) throws -> BoardPage {
        // A word that is not on the list shows everything.
        let shown = Urgency(rawValue: visit.query["show"] ?? "")
        return BoardPage(
            try visit.laboratory.board(at: visit.now, show: shown, as: visit.handle),
            show: shown, for: visit)
    }
}
