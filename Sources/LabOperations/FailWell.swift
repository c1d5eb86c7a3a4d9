package import LabDomain
internal import LabStore

/// Takes a well out of a plate that waits for its run, because something went wrong in it: its test
/// waits again, and the run need not read it.
package struct FailWell: Command, Encodable {
    package static let verb = Verb.abandonPlate

    let plate: PlateID
    let well: WellPosition
    let reason: String

    /// The test that waits again.
    package struct Answer: Codable, Sendable {
        package let plate: PlateID
        package let well: WellPosition
        /// The tube's barcode or the pool's identifier.
        package let code: String
    }

    /// The end of one well, with what went wrong.
    package init(plate: PlateID, well: WellPosition, reason: String) {
        self.plate = plate
        self.well = well
        self.reason = reason
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        guard !reason.allSatisfy(\.isWhitespace), reason.count <= 200 else {
            throw Refusal(
                .badData, "A failed well needs its reason, of at most 200 characters.",
                remedy: "Say what went wrong: clot, empty tube, missed by the robot.")
        }
        let stored = try work.waitingPlate(
            plate, else: "Only a well of a plate that waits for its run can fail.")
        let request = try request(in: stored, work)
        try work.transaction.append([
            .wellFailed(
                WellFailed(plate: plate, well: well, request: request.id, reason: reason))
        ])
        try work.putBack(request)
        return Answer(plate: plate, well: well, code: request.of.text)
    }

    private func request(in stored: StoredPlate, _ work: Work) throws -> StoredRequest {
        if stored.layout.failed.contains(well) {
            throw Refusal(
                .rule, "The well \(well) failed already.", remedy: "See swabline plate worklist.")
        }
        guard let filled = stored.layout.wells.first(where: { $0.position == well }) else {
            throw Refusal(
                .unknown, "The plate \(plate) has nothing in \(well).",
                remedy: "Compare with swabline plate worklist \(plate).")
        }
        guard case .sample(let id) = filled.content,
            let request = try work.transaction.request(id)
        else {
            // Without it nobody could trust the plate.
            throw Refusal(
                .rule, "A control stands in \(well); a run without it says nothing.",
                remedy: "Give the plate up: swabline plate abandon \(plate).")
        }
        let samples = stored.layout.wells.count {
            if case .sample = $0.content { true } else { false }
        }
        guard samples > 1 else {
            throw Refusal(
                .rule, "The well \(well) holds the last sample of the plate.",
                remedy: "Give the plate up: swabline plate abandon \(plate).")
        }
        return request
    }
}
