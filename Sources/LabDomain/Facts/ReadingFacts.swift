/// An instrument's file was taken in and its controls judged.
package struct RunRead: FactPayload {
    package static let kind = FactKind.runRead
    package let run: RunID
    package let plate: PlateID
    package let fileHash: Bytes
    package let readings: [Reading]
    package let controlFaults: [ControlFault]
    /// Wells that say nothing before somebody has looked; nil when there are none.
    package let looks: [WellLook]?
    /// The instrument as its file names it; nil where nobody said.
    package let instrument: String?
    package var subject: String { plate.text }

    /// A run with its readings.
    package init(
        run: RunID, plate: PlateID, fileHash: Bytes, readings: [Reading],
        controlFaults: [ControlFault], looks: [WellLook] = [], instrument: String? = nil
    ) {
        self.run = run
        self.plate = plate
        self.fileHash = fileHash
        self.readings = readings
        self.controlFaults = controlFaults
        self.looks = looks.isEmpty ? nil : looks
        self.instrument = instrument
    }
}

/// One test has its verdict.
package struct TestRead: FactPayload {
    package static let kind = FactKind.testRead
    package let request: RequestID
    package let of: RequestSubject
    package let run: RunID
    package let well: WellPosition
    package let result: WellResult
    /// The version of the rules that made the verdict.
    package let rule: String
    package var subject: String { of.text }

    /// A read test.
    package init(
        request: RequestID, of: RequestSubject, run: RunID, well: WellPosition,
        result: WellResult, rule: String
    ) {
        self.request = request
        self.of = of
        self.run = run
        self.well = well
        self.result = result
        self.rule = rule
    }
}

/// Somebody looked at a well whose instrument and curve do not go together.
package struct WellLooked: FactPayload {
    /// What came of it.
    package enum Decision: String, CaseIterable, Hashable, Sendable, Codable {
        /// The well says what it says by its Cq.
        case accepted
        /// The test is done again.
        case repeated
        /// The run was refused before anybody decided.
        case refused
    }

    package static let kind = FactKind.wellLooked
    package let run: RunID
    package let plate: PlateID
    package let well: WellPosition
    package let decision: Decision
    /// Whether the Cq of our own curves counts instead of the instrument's; nil means no.
    package let byCurve: Bool?
    /// Why, in the words of whoever looked; nil when nothing was said.
    package let why: String?
    package var subject: String { plate.text }

    /// The end of a look.
    package init(
        run: RunID, plate: PlateID, well: WellPosition, decision: Decision, byCurve: Bool? = nil,
        why: String? = nil
    ) {
        self.run = run
        self.plate = plate
        self.well = well
        self.decision = decision
        self.byCurve = byCurve
        self.why = why
    }
}
