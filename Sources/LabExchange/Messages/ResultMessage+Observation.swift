internal import LabDomain

extension ResultMessage {
    /// OBX, with its number in its group from 1 (OBX-1).
    func segment(_ observation: Observation, number: Int) -> HL7Segment {
        let (type, value, unit, flag) = Self.parts(of: observation.value)
        let isKnown = !value.isEmpty
        return HL7Segment(
            "OBX",
            values: [
                1: HL7Value("\(number)"), 2: type, 3: .coded(observation.test),
                4: HL7Value(observation.subID), 5: value, 6: unit, 8: flag,
                11: isKnown ? observation.status ?? version.resultStatus : "X", 14: collectedAt,
                17: isKnown ? method : .empty, 19: isKnown ? testedAt : .empty,
                23: performer.name, 24: performer.address,
            ])
    }

    /// OBX-2, OBX-5, OBX-6 and OBX-8.
    private static func parts(
        of value: Observation.Value
    ) -> (HL7Value, HL7Value, HL7Value, HL7Value) {
        switch value {
        case .coded(let finding, let flag): ("CWE", .coded(finding), .empty, HL7Value(flag ?? ""))
        case .cycles(let cq): ("NM", HL7Value(cq.cycleText), .coded(.cycles), .empty)
        case .unknown: (.empty, .empty, .empty, .empty)
        }
    }

    /// NTE: one for each line, since line breaks inside one are read differently by receivers.
    func notes(_ notes: [String]) -> [HL7Segment] {
        notes.enumerated().map { place, note in
            HL7Segment("NTE", values: [1: HL7Value("\(place + 1)"), 2: "L", 3: HL7Value(note)])
        }
    }
}
