internal import LabDomain
internal import LabOperations
internal import LabStore

/// A plate's run as programs see it: controls first, then what it says of every sample.
struct ApiRun: Encodable, Sendable {
    struct Control: Encodable, Sendable {
        struct Failure: Encodable, Sendable {
            let target: String
            let why: ControlFailure?
        }

        let well: WellPosition
        let control: ControlKind
        let failures: [Failure]
    }

    struct Sample: Encodable, Sendable {
        let well: WellPosition
        let code: String
        let kind: TestedKind
        let verdict: Verdict
        let reason: VerdictReason?
        let disagreements: [String]
    }

    struct Look: Encodable, Sendable {
        let well: WellPosition
        let code: String?
        let reasons: [LookReason]
        let verdict: Verdict?
        let decision: WellLooked.Decision?
        let byCurve: Bool
        let why: String?
        let by: String?
    }

    let plate: PlateID
    let run: RunID
    let state: StoredRun.State
    let readAt: Timestamp
    let enteredBy: String
    let reviewedBy: String?
    let channels: [String]
    let controls: [Control]
    let samples: [Sample]
    let looks: [Look]
    let readings: [Reading]

    /// A run; nil while the plate waits for one.
    init?(_ report: RunReport) {
        guard let run = report.run?.run else { return nil }
        plate = report.plate.id
        self.run = run.id
        state = run.state
        readAt = run.readAt
        enteredBy = run.enteredBy
        reviewedBy = run.reviewedBy
        channels = report.channels
        controls = report.controls.map { control in
            Control(
                well: control.well, control: control.kind,
                failures: control.failures.sorted { $0.key < $1.key }
                    .map { Control.Failure(target: $0.key, why: $0.value) })
        }
        samples = report.samples.map {
            Sample(
                well: $0.test.well, code: $0.test.of.text, kind: $0.test.kind,
                verdict: $0.test.result.verdict, reason: $0.test.result.reason,
                disagreements: $0.disagreements.map(\.rawValue))
        }
        looks = report.looks.map {
            Look(
                well: $0.well, code: $0.of?.text, reasons: $0.reasons,
                verdict: $0.result?.verdict, decision: $0.decision, byCurve: $0.byCurve,
                why: $0.why, by: $0.looked?.by)
        }
        readings = report.readings.sorted { ($0.well, $0.target) < ($1.well, $1.target) }
    }
}

/// An amplification curve as programs see it.
struct ApiCurve: Encodable, Sendable {
    let well: WellPosition
    let channel: String
    let cycles: [Double]
    let fluorescence: [Double]
    let baseline: Double
    let threshold: Double
    let remarks: [String]

    init(_ curve: RunCurve) {
        well = curve.well
        channel = curve.channel
        cycles = curve.curve.cycles
        fluorescence = curve.curve.fluorescence
        baseline = curve.baseline
        threshold = curve.threshold
        remarks = curve.remarks.map(\.rawValue)
    }
}

extension Site {
    /// What runs say, and what their controls said before.
    var runApi: [ApiRoute] {
        [
            .look("/plates/:plate/run", "showRun", .seeWork) { visit in
                let plate = PlateID(visit.parameter("plate"))
                guard let report = try laboratory.runReport(of: plate, as: visit.handle),
                    let run = ApiRun(report)
                else { throw Missing() }
                return run
            },
            .look("/plates/:plate/curves", "listCurves", .importRun) { visit in
                let plate = PlateID(visit.parameter("plate"))
                guard try laboratory.runReport(of: plate, as: visit.handle)?.run != nil else {
                    throw Missing()
                }
                return ApiList(
                    try laboratory.curves(of: plate, as: visit.handle).map { ApiCurve($0) })
            },
            .look("/controls", "listControls", .seeWork) { visit in
                var filter = ControlChartFilter()
                filter.kit = try visit.choice("kit", of: KitRole.self)
                filter.control = try visit.choice("control", of: ControlKind.self)
                filter.target = visit.query["target"]
                filter.lot = visit.query["lot"]
                filter.instrument = visit.query["instrument"]
                return try laboratory.controlCharts(filter, as: visit.handle)
            },
            ApiRoute(
                method: .post, path: ApiRoute.prefix + "/plates/:plate/run/trial",
                operation: "tryRun", verb: ImportRun.verb, mostBytes: 1 << 25
            ) { visit in
                guard !visit.body.isEmpty else {
                    throw ApiProblem(.malformed, "The request has no body.")
                }
                let command = ImportRun(
                    file: visit.body, plate: PlateID(visit.parameter("plate")))
                return try await aside {
                    ApiAnswer(
                        visit.json(
                            try laboratory.foresee(command, as: visit.handle, at: visit.now)
                                .answer))
                }
            },
        ]
    }
}
