package import LabDomain
internal import LabStore

/// Lays a plate whose run failed out again: the same content in the same wells, under a new
/// identifier.
package struct RerunPlate: Command, Encodable {
    package static let verb = Verb.layOutPlate

    let plate: PlateID
    let lot: String?

    /// The new plate.
    package struct Answer: Codable, Sendable {
        package let plate: PlateID
        package let rerunOf: PlateID
        package let samples: Int
        /// Wells whose test waits no longer: done, plated elsewhere, or its tube rejected.
        package let leftOut: [WellPosition]
        package let lot: String?
        package let warnings: [Wording]?
    }

    /// A plate whose run was invalid or refused.
    package init(plate: PlateID, lot: String? = nil) {
        self.plate = plate
        self.lot = lot
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let stored = try failedPlate(in: work)
        let assay = try work.assay(stored.kit)
        let lot = try work.lot(lot, of: stored.kit)
        var wells: [FilledWell] = []
        var leftOut: [WellPosition] = []
        for well in stored.layout.wells {
            guard case .sample(let id) = well.content else {
                wells.append(well)
                continue
            }
            if let request = try work.transaction.request(id),
                let again = try work.transaction.waitingRequest(of: request.of, with: stored.kit)
            {
                wells.append(FilledWell(position: well.position, content: .sample(again)))
            } else {
                leftOut.append(well.position)
            }
        }
        let samples = wells.count { if case .sample = $0.content { true } else { false } }
        guard samples > 0 else {
            throw Refusal(
                .nothingToDo, "None of the plate's tests waits any more.",
                remedy: "See swabline retest list --all.")
        }
        let id = PlateID(work.identifier("PL", plate.text))
        let layout = PlateLayout(
            format: stored.layout.format, wells: wells,
            failed: (stored.layout.failed + leftOut).sorted())
        try work.transaction.append([
            .plateLaidOut(
                PlateLaidOut(
                    plate: id, layout: layout, kit: stored.kit, assay: assay.name,
                    version: assay.version, lot: lot?.number, rerunOf: plate))
        ])
        return Answer(
            plate: id, rerunOf: plate, samples: samples, leftOut: leftOut, lot: lot?.number,
            warnings: lot.flatMap { work.warning(of: $0) }.map { [$0] })
    }

    private func failedPlate(in work: Work) throws -> StoredPlate {
        guard let stored = try work.transaction.plate(plate) else {
            throw Refusal(
                .unknown, "This laboratory has no such plate.", remedy: "See swabline plate list.")
        }
        let run = try work.transaction.run(of: plate)
        guard run?.state == .invalid || run?.state == .refused else {
            throw Refusal(
                .rule, "The run of the plate \(plate) has not failed.",
                remedy: "A plate is run again when its controls failed or its run was refused.")
        }
        if let other = try work.transaction.rerun(of: plate) {
            throw Refusal(
                .exists, "The plate \(plate) is run again already, as \(other).",
                remedy: "See swabline plate list.")
        }
        return stored
    }
}
