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
            .post("/runs", .importRun, mostBytes: 1 << 25, takeFile),
            .get("/runs/:plate", .importRun) { .page(try runPage($0)) },
            .get("/runs/:plate/curves", .importRun) { .page(try curvesPage($0)) },
            .post("/runs/:plate/review", .reviewRun) { visit in
                let plate = Self.plate(visit)
                try await sign(visit)
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
            .post("/runs/:plate/looks/:well/own", .reviewRun) { visit in
                try await look(visit, accepts: true, byCurve: true)
            },
            .post("/runs/:plate/looks/:well/repeat", .reviewRun) { visit in
                try await look(visit, accepts: false)
            },
            .post("/runs/:plate/refuse", .refuseRun) { visit in
                let plate = Self.plate(visit)
                try await sign(visit)
                let answer = try await visit.perform(RefuseRun(plate: plate))
                return .redirect(
                    "/runs/" + encoded(plate.text),
                    .done(visit.words.count("run.refused", answer.testsAgain)))
            },
        ]
    }

    /// Whoever judges a run signs for it with the password.
    private func sign(_ visit: Visit) async throws {
        try await laboratory.sign(
            as: visit.handle, password: visit.form.untrimmed("password") ?? "", at: visit.now)
    }

    /// Decides about a well whose instrument and curve do not go together.
    @Sendable private func look(
        _ visit: Visit, accepts: Bool, byCurve: Bool = false
    ) async throws -> Answer {
        guard let well = WellPosition(text: visit.parameter("well")) else { throw Missing() }
        let plate = Self.plate(visit)
        guard let why = visit.form["why"], !why.isEmpty else {
            throw Refusal(
                .badData, "The decision about \(well) needs its reason.",
                remedy: "Say in a few words what the curves show.")
        }
        let answer = try await visit.perform(
            LookAtWell(
                run: plate.text, well: well, accepts: accepts, byCurve: byCurve, why: why))
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
        let curves = report.run == nil ? [] : try laboratory.curves(of: plate, as: visit.handle)
        if let page = RunPage(
            report, on: sheet, curves: curves, next: next?.run.plate, for: visit)
        {
            return Page(title, "run", page, scripts: ["plate.js"])
        }
        let unread = UnreadRunPage(
            title: title, plate: plate.text, isAbandoned: report.plate.state == "abandoned",
            upload: RunUpload(plate: plate.text, trouble: trouble, for: visit))
        return Page(
            title, "run-unread", unread, status: trouble == nil ? .ok : .unprocessableContent)
    }

    private func curvesPage(_ visit: Visit) throws -> Page {
        let plate = Self.plate(visit)
        guard let report = try laboratory.runReport(of: plate, as: visit.handle) else {
            throw Missing()
        }
        let page = CurvesPage(
            report, try laboratory.curves(of: plate, as: visit.handle),
            visit.query["show"].flatMap(CurvesPage.Selection.init) ?? .all,
            from: visit.query.number("from") ?? 0, for: visit)
        return Page(visit.words.say("curves.title", ["plate": plate.text]), "curves", page)
    }

    func faulty(
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
