internal import Hummingbird
internal import LabDomain
internal import LabOperations

extension Site {
    var boardRoutes: [Route] {
        displayRoutes + [
            Route(method: .get, path: "/board", access: .verb(.seeWork), mostBytes: 0) { visit in
                .page(
                    Page(
                        visit.words.say("board.title"), "board", try await boardPage(visit),
                        scripts: ["board.js"]))
            }.alsoForDisplays,
            Route(
                method: .get, path: "/board/rows", access: .verb(.seeWork), mostBytes: 0,
                isSignOfLife: false
            ) { visit in
                .page(
                    Page(
                        visit.words.say("board.title"), "board-rows", try await boardPage(visit),
                        frame: .part))
            }.alsoForDisplays,
            Route(
                method: .get, path: "/board/events", access: .verb(.seeWork), mostBytes: 0,
                isSignOfLife: false
            ) { $0.events() }.alsoForDisplays,
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

    /// The board with the forecast that there is: nobody waits for a new one.
    private func boardPage(_ visit: Visit) async throws -> BoardPage {
        let asked = BoardQuestion(visit.query)
        let board = try await aside {
            try visit.laboratory.board(at: visit.now, show: asked.urgency, as: visit.handle)
        }
        // The number first: a forecast that comes between the two is then news to the page.
        let (change, foreseen) = (forecast.change(board.fact), forecast.last)
        return try await aside {
            BoardPage(
                board, foreseen, change: change, asked, for: visit)
        }
    }
}
