internal import HTTPTypes
internal import LabDomain
internal import LabOperations

extension Site {
    var runRoutes: [Route] {
        [
            .get("/runs", .importRun) { visit in
                // A plate's page leads to the form for its own run.
                if let plate = visit.query["plate"], !plate.isEmpty {
                    return .redirect("/runs/" + encoded(plate))
                }
                return .page(try runsPage(visit))
            },
            .post("/runs", .importRun, mostBytes: 1 << 25, importRun),
            .get("/runs/:plate", .importRun) { .page(try runPage($0)) },
            .post("/runs/:plate/review", .reviewRun) { visit in
                let plate = Self.plate(visit)
                let answer = try await visit.perform(ReviewRun(plate: plate))
                let done = visit.words.count("run.accepted", answer.reviewed)
                let detected =
                    answer.detected.isEmpty
                    ? "" : " " + visit.words.count("run.accepted.detected", answer.detected.count)
                return .redirect("/runs/" + encoded(plate.text), .done(done + detected))
            },
            .post("/runs/:plate/looks/:well/accept", .reviewRun) { visit in
                try await look(visit, accepts: true)
            },
            .post("/runs/:plate/looks/:well/repeat", .reviewRun) { visit in
                try await look(visit, accepts: false)
            },
            .post("/runs/:plate/refuse", .refuseRun) { visit in
                let plate = Self.plate(visit)
                let answer = try await visit.perform(RefuseRun(plate: plate))
                return .redirect(
                    "/runs/" + encoded(plate.text),
                    .done(visit.words.count("run.refused", answer.testsAgain)))
            },
        ]
    }

    /// Decides about a well whose instrument and curve do not go together.
    @Sendable private func look(_ visit: Visit, accepts: Bool) async throws -> Answer {
        guard let well = WellPosition(text: visit.parameter("well")) else { throw Missing() }
        let plate = Self.plate(visit)
        let answer = try await visit.perform(
            LookAtWell(run: plate.text, well: well, accepts: accepts))
        return .redirect(
            "/runs/" + encoded(plate.text),
            .done(visit.words.count("run.looked", answer.left, ["well": well.description])))
    }

    private static func plate(_ visit: Visit) -> PlateID {
        PlateID(visit.parameter("plate").uppercased())
    }

    private func runsPage(_ visit: Visit, trouble: RunUpload.Trouble? = nil) throws -> Page {
        let after = trouble == nil ? visit.query["after"] ?? "" : ""
        let tab = visit.query["tab"].flatMap(RunsPage.Tab.init) ?? .unread
        let counts = try laboratory.runCounts(as: visit.handle)
        let upload = RunUpload(trouble: trouble, for: visit)
        let model =
            switch tab {
            case .unread:
                RunsPage(
                    try laboratory.unreadPlates(after: after, as: visit.handle), counts: counts,
                    after: after, upload: upload, for: visit)
            case .review, .done:
                RunsPage(
                    try laboratory.runs(done: tab == .done, after: after, as: visit.handle),
                    done: tab == .done, counts: counts, after: after, upload: upload, for: visit)
            }
        return Page(
            visit.words.say("runs.title"), "runs", model,
            status: trouble == nil ? .ok : .unprocessableContent)
    }

    private func runPage(_ visit: Visit, trouble: RunUpload.Trouble? = nil) throws -> Page {
        let plate = trouble == nil ? Self.plate(visit) : PlateID(visit.form["plate"] ?? "")
        guard let report = try laboratory.runReport(of: plate, as: visit.handle) else {
            throw Missing()
        }
        let title = visit.words.say("run.title", ["plate": plate.text])
        let sheet = try laboratory.plateSheet(of: plate, as: visit.handle)
        let waiting = try laboratory.runs(done: false, after: "", as: visit.handle).rows
        let next = waiting.first {
            $0.run.plate != plate && $0.run.fault(judgedBy: visit.handle, visit.role) == nil
        }
        if let page = RunPage(report, on: sheet, next: next?.run.plate, for: visit) {
            return Page(title, "run", page, scripts: ["plate.js"])
        }
        let unread = UnreadRunPage(
            title: title, plate: plate.text, isAbandoned: report.plate.state == "abandoned",
            upload: RunUpload(plate: plate.text, trouble: trouble, for: visit))
        return Page(
            title, "run-unread", unread, status: trouble == nil ? .ok : .unprocessableContent)
    }

    /// Takes a file in; what is wrong with it is shown beside the form, and nothing is stored.
    @Sendable private func importRun(_ visit: Visit) async throws -> Answer {
        let plate = visit.form["plate"].flatMap { $0.isEmpty ? nil : PlateID($0) }
        do {
            let file = visit.files.first { $0.field == "file" }?.bytes ?? []
            if let trouble = RunUpload.Trouble(foreign: file, for: visit) {
                return try await faulty(trouble, plate, visit)
            }
            let answer = try await visit.perform(ImportRun(file: file, plate: plate))
            // An invalid run says so itself, louder than a word of success.
            return .redirect(
                "/runs/" + encoded(answer.plate.text),
                answer.isValid
                    ? .done(
                        visit.words.count("run.imported", answer.samples),
                        with: answer.warnings ?? []) : nil)
        } catch let refusal as Refusal {
            return try await faulty(.init(Explanation(refusal), for: visit), plate, visit)
        }
    }

    private func faulty(
        _ trouble: RunUpload.Trouble, _ plate: PlateID?, _ visit: Visit
    ) async throws -> Answer {
        try await aside {
            .page(
                try plate == nil
                    ? runsPage(visit, trouble: trouble) : runPage(visit, trouble: trouble))
        }
    }
}

/// A plate that has no run yet.
struct UnreadRunPage: Hashable, Sendable {
    let title: String
    let plate: String
    let isAbandoned: Bool
    let upload: RunUpload
}
