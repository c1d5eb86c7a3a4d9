package import LabDomain
internal import LabStore

/// A well at which a person must look, as lists show it.
package struct WaitingLook: Codable, Sendable {
    package let run: RunID
    package let plate: PlateID
    package let well: WellPosition
    /// The tube's barcode or the pool's identifier; nil for a control.
    package let code: String?
    /// What does not go together.
    package let reasons: [LookReason]
    /// What the well says by its Cq; nil for a control.
    package let verdict: Verdict?
    /// What came of the look; nil while nobody has looked.
    package let decision: WellLooked.Decision?
    package let by: String?
    package let readings: [Reading]
}

extension Laboratory {
    /// The wells of a plate's run at which a person must look, or of every run that waits for it.
    package func looks(
        of plate: PlateID?, onlyOpen: Bool, as handle: String
    ) throws -> [WaitingLook] {
        try look(.seeWork, as: handle) { view in
            let runs: [StoredRun]
            if let plate {
                guard let run = try view.run(of: plate) else {
                    throw Refusal(
                        .unknown, "No plate of this name has a run.",
                        remedy: "See swabline review list.")
                }
                runs = [run]
            } else {
                runs = try view.runsToLookAt()
            }
            return try runs.flatMap { run in
                let readings = Dictionary(
                    grouping: try view.readings(of: run.id), by: \.well)
                return try view.looks(of: run.id)
                    .filter { !onlyOpen || $0.looked == nil }
                    .map { look in
                        WaitingLook(
                            run: run.id, plate: run.plate, well: look.well, code: look.of?.text,
                            reasons: look.reasons, verdict: look.result?.verdict,
                            decision: look.decision, by: look.looked?.by,
                            readings: (readings[look.well] ?? []).sorted { $0.target < $1.target })
                    }
            }
        }
    }
}
