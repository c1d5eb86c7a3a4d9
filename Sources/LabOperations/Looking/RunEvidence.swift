package import LabDomain
internal import LabStore

extension Laboratory {
    /// The file that a plate's run was imported from, as the instrument wrote it.
    ///
    /// - Throws: `Refusal` when the plate has no run, or one whose file was not kept yet.
    package func evidence(of plate: PlateID, as handle: String) throws -> [UInt8] {
        try look(.importRun, as: handle) { view in
            guard let sealed = try view.evidence(of: plate) else {
                throw Refusal(
                    .unknown, "No file of a run is kept for this plate.",
                    remedy: "See swabline plate list.")
            }
            return try vault.open(evidence: sealed)
        }
    }
}
