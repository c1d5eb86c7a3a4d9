internal import Hummingbird
internal import LabDomain
internal import LabOperations

extension Site {
    var receptionRoutes: [Route] {
        [
            .get("/reception", .receiveBox) { .page(try receptionPage($0, nil)) },
            .get("/reception/:box", .receiveBox) { visit in
                guard let open = try laboratory.box(visit.parameter("box"), as: visit.handle)
                else { throw Missing() }
                return .page(try receptionPage(visit, open))
            },
            .get("/reception/:box/tubes", .verb(.receiveBox), isSignOfLife: false) { visit in
                guard let open = try laboratory.box(visit.parameter("box"), as: visit.handle)
                else { throw Missing() }
                return .json(jsonBytes(BoxData(open, for: visit)))
            },
            .post("/scans", .receiveBox) { visit in
                guard let request = ScanRequest(visit.body) else { throw HTTPError(.badRequest) }
                var answers: [ScanAnswer] = []
                // One after the other: an undoing means what stands before it.
                for entry in request.entries { answers.append(try await visit.answer(entry)) }
                return .json(jsonBytes(["answers": answers]))
            },
            .post("/boxes/close", .closeBox) { visit in
                let box = visit.form["box"] ?? ""
                let answer = try await visit.perform(
                    CloseBox(
                        box: box, counted: visit.form.number("counted") ?? -1,
                        withMissing: visit.form["missing"] != nil))
                return .redirect(
                    "/reception",
                    .done(
                        visit.words.say(
                            "reception.closed",
                            ["box": answer.box.text, "n": "\(answer.counted)"])))
            },
        ]
    }

    /// So many waiting boxes the page knows by heart; further ones the server recognises.
    private static let mostBoxes = 500

    private func receptionPage(_ visit: Visit, _ open: OpenBox?) throws -> Page {
        let waiting = try laboratory.boxesToReceive(most: Self.mostBoxes, as: visit.handle)
        return Page(
            visit.words.say("reception.title"), "reception",
            ReceptionPage(
                open, waiting: waiting.incomplete, toClose: waiting.unclosed, for: visit),
            scripts: ["reception.js"])
    }
}
