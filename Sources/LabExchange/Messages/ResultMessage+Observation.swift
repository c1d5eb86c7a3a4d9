internal import LabDomain
internal import LabXML

extension ResultMessage {
    /// OBX, with its number in its group from 1 (OBX-1).
    func write(_ observation: Observation, number: Int) {
        xml.element("OBX") {
            xml.element("OBX.1", "\(number)")
            let isKnown = writeType(of: observation.value)
            xml.coded("OBX.3", observation.test)
            writeValue(observation.value)
            xml.element("OBX.11", isKnown ? "F" : "X")
            xml.time("OBX.14", text(of: report.times.collectedAt))
            if isKnown {
                let method = report.method
                xml.coded("OBX.17", Coded(code: method.assay, text: method.kit, system: "L"))
                xml.time("OBX.19", text(of: report.times.testedAt))
            }
            xml.organization("OBX.23", report.laboratory)
            xml.address(
                "OBX.24", report.laboratory.addressLines, country: report.laboratory.country,
                type: "B")
        }
    }

    /// OBX-2, and whether there is a value at all.
    private func writeType(of value: Observation.Value) -> Bool {
        switch value {
        case .coded: xml.element("OBX.2", "CWE")
        case .cycles: xml.element("OBX.2", "NM")
        case .unknown: return false
        }
        return true
    }

    /// OBX-5, OBX-6 and OBX-8.
    private func writeValue(_ value: Observation.Value) {
        switch value {
        case .coded(let finding, let flag):
            xml.coded("OBX.5", finding, as: "CWE")
            xml.filled("OBX.8", flag ?? "")
        case .cycles(let cq):
            xml.element("OBX.5", Self.text(of: cq))
            xml.coded("OBX.6", cycleUnit)
        case .unknown: break
        }
    }

    /// NTE: one for each line, since line breaks inside one are read differently by receivers.
    func writeNotes(_ notes: [String]) {
        for (place, note) in notes.enumerated() {
            xml.element("NTE") {
                xml.element("NTE.1", "\(place + 1)")
                xml.element("NTE.2", "L")
                xml.element("NTE.3", note)
            }
        }
    }

    /// Cycles to two decimals, as instruments print them: `24.30`.
    static func text(of cq: Cq) -> String {
        let hundredths = Int((cq.cycles * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
