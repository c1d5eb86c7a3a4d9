package import LabDomain
package import LabStore

/// A run with everything that whoever reviews it must see.
package struct RunReport: Sendable {
    /// A control well.
    package struct Control: Hashable, Sendable {
        package let well: WellPosition
        package let kind: ControlKind
        package let cqs: [String: Cq]
        /// The targets in which it did not do what it must, and in what it failed.
        package let failures: [String: ControlFailure?]

        /// The targets in which it did not do what it must.
        package var failedTargets: Set<String> { Set(failures.keys) }
    }

    /// A sample well.
    package struct Sample: Hashable, Sendable {
        package let test: StoredRunTest
        package let cqs: [String: Cq]
        package let disagreements: [Disagreement]
    }

    package let plate: StoredPlate
    /// Nil while the plate waits for its run.
    package let run: RunSummary?
    /// The assay by which it was called; nil when it was changed since.
    package let assay: Assay?
    /// The channels of the assay, its internal control last.
    package let channels: [String]
    package let controls: [Control]
    package let samples: [Sample]
    /// Wells at which a person must look or has looked, controls among them.
    package let looks: [StoredLook]
    /// Every reading of the run.
    package let readings: [Reading]
    /// Whether it could be refused: nothing that it led to has moved on.
    package let canBeRefused: Bool

    /// What a look's well says by our own Cq of its curves; nil where it has none, or a control.
    package func ownResult(of look: StoredLook) -> WellResult? {
        guard let assay, let kind = look.kind else { return nil }
        let own = readings.filter { $0.well == look.well }
        guard own.contains(where: { $0.curve != nil }) else { return nil }
        return assay.ownResult(of: own, in: kind)
    }
}

/// Why somebody cannot judge a run, in the order of the checks.
package enum JudgeFault: String, CaseIterable, Hashable, Sendable {
    /// Its controls failed: there is nothing to judge.
    case invalid
    /// Somebody has judged it.
    case done
    /// Whoever entered a run does not judge it.
    case ownEntry = "own-entry"
    /// The role does not judge runs.
    case role
}

extension StoredRun {
    /// Why somebody cannot judge the run; nil when they can (REV-1).
    package func fault(judgedBy handle: String, _ role: Role) -> JudgeFault? {
        switch state {
        case .invalid: .invalid
        case .reviewed, .refused: .done
        case .valid where enteredBy == handle: .ownEntry
        case .valid: role.may(.reviewRun) ? nil : .role
        }
    }
}

extension Laboratory {
    /// How many plates wait for their run and runs for their review.
    package func runCounts(as handle: String) throws -> RunCounts {
        try look(.seeWork, as: handle) { try $0.runCounts() }
    }

    /// A part of the plates that wait for their run.
    package func unreadPlates(after: String, as handle: String) throws -> Part<UnreadPlate> {
        try look(.seeWork, as: handle) { try $0.unreadPlates(after: after) }
    }

    /// A part of the runs that wait for review, or of those that are done.
    package func runs(done: Bool, after: String, as handle: String) throws -> Part<RunSummary> {
        try look(.seeWork, as: handle) {
            try done ? $0.runsDone(after: after) : $0.runsToReview(after: after)
        }
    }

    /// A plate's run; nil when the laboratory has no such plate.
    package func runReport(of plate: PlateID, as handle: String) throws -> RunReport? {
        try look(.seeWork, as: handle) { try runReport(of: plate, in: $0) }
    }

    func runReport(of plate: PlateID, in view: StoreView) throws -> RunReport? {
        guard let stored = try view.plate(plate) else { return nil }
        let assay = try rules(in: view).settings.assays[stored.kit]
        // Calls are made by the limits of the plate's own day or not at all.
        let limits = assay?.version == stored.version ? assay : nil
        guard let run = try view.runSummary(of: plate) else {
            return RunReport(
                plate: stored, run: nil, assay: limits, channels: assay?.channels ?? [],
                controls: [], samples: [], looks: [], readings: [], canBeRefused: false)
        }
        return try report(stored, run, limits, in: view)
    }

    private func report(
        _ plate: StoredPlate, _ run: RunSummary, _ assay: Assay?, in view: StoreView
    ) throws -> RunReport {
        let readings = try view.readings(of: run.run.id)
        let cqs = Dictionary(grouping: readings, by: \.well).mapValues { own in
            own.reduce(into: [String: Cq]()) { $0[$1.target] = $1.cq }
        }
        let faults = Dictionary(grouping: try view.controlFaults(of: run.run.id), by: \.well)
        let controls = plate.layout.wells.compactMap { well -> RunReport.Control? in
            guard case .control(let kind) = well.content else { return nil }
            return RunReport.Control(
                well: well.position, kind: kind, cqs: cqs[well.position] ?? [:],
                failures: (faults[well.position] ?? []).reduce(into: [:]) {
                    $0.updateValue($1.why, forKey: $1.target)
                })
        }
        let samples = try view.tests(of: run.run.id).map { test in
            let read = cqs[test.well] ?? [:]
            let findings = WellFindings(
                kind: test.kind, result: test.result,
                calls: assay?.calls(of: read, in: test.kind) ?? [], earlier: test.earlier,
                ofPoolsAround: test.poolsAround.flatMap(\.verdicts), pool: test.pool,
                poolsAround: test.poolsAround.map(\.state))
            return RunReport.Sample(test: test, cqs: read, disagreements: findings.disagreements)
        }
        return RunReport(
            plate: plate, run: run, assay: assay,
            channels: assay?.channels ?? Set(readings.map(\.target)).sorted(),
            controls: controls, samples: samples, looks: try view.looks(of: run.run.id),
            readings: readings,
            canBeRefused: try run.run.state == .valid
                && view.consequencesUnderWay(of: run.run.id).isEmpty)
    }
}
