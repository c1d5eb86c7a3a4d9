/// The parts of a report that faults speak of.
package enum ReportPart: String, CaseIterable, Hashable, Sendable, Codable {
    case reportID = "report's identifier (MSH-10)"
    case application = "sending application (MSH-3)"
    case receivingApplication = "receiving application (MSH-5)"
    case receivingFacility = "receiving facility (MSH-6)"
    case laboratory = "laboratory (MSH-4, OBX-23)"
    case laboratoryCode = "laboratory's number (OBX-23)"
    case laboratoryAddress = "laboratory's address (OBX-24)"
    case laboratoryTelephone = "laboratory's telephone (ORC-23)"
    case unit = "sending unit (ORC-21)"
    case personID = "person's identifier (PID-3)"
    case personName = "person's name (PID-5)"
    case place = "place of the specimen"
    case tube = "tube's barcode (SPM-2)"
    case pool = "pool's identifier (NTE-3)"
    case assay = "assay (OBX-17)"
    case kit = "kit (OBX-17)"
    case enteredBy = "handle of whoever entered the run (OBR-34)"
    case reviewedBy = "handle of whoever reviewed the run (OBR-32)"
}

extension ReportPart {
    /// The part for people.
    var words: Wording { Wording(plain: rawValue) }
}

/// The parts of a report that have codes.
package enum CodedPart: String, CaseIterable, Hashable, Sendable, Codable {
    case test = "test (OBR-4)"
    case target = "target (OBX-3)"
    case result = "result (OBX-5)"
    case specimen = "specimen (SPM-4)"

    /// The part for people.
    var words: Wording { Wording(plain: rawValue) }
}

/// Why a report is held; it never repeats a value.
package enum ReportFault: Error, Hashable, Sendable {
    /// A part that a message needs is empty.
    case blank(ReportPart)
    /// A part has no ISO object identifier, by which receivers know it.
    case notOID(ReportPart)
    /// The laboratory's CLIA number does not have the form 05D1234567.
    case notCLIA
    /// The laboratory's country is not three capital letters of ISO 3166.
    case notCountry
    /// The tube came in before it was collected.
    case receivedBeforeCollected
    /// The run came before the tube.
    case testedBeforeReceived
    /// The result was released before the run.
    case releasedBeforeTested
    /// A mixed tube or a pool of nobody.
    case nobodyShares
    /// A positive mixed tube calls its people back; it is nobody's result.
    case detectedInMixedTube
    /// A positive laboratory pool has its kept tubes tested; it is nobody's result.
    case detectedInPool
    /// The same handle entered and reviewed the run.
    case ownReview
    /// A target has no code under which a receiver could know it.
    case noCode(target: String)
    /// A receiver's codes have none for a part of the report.
    case notInTable(CodedPart, name: String)
}

/// Every reason why one report is held.
package struct ReportFaults: Error, Hashable, Sendable {
    /// The reasons, at least one.
    package let faults: [ReportFault]

    /// The reasons of one report.
    package init(faults: [ReportFault]) {
        self.faults = faults
    }
}

extension ReportFault: CustomStringConvertible {
    package var description: String { words.text }

    /// What is wrong and what to do.
    package var words: Wording {
        switch self {
        case .blank(let part): "the \(part.words) is empty; fill it in"
        case .notOID(let part):
            "the \(part.words) has no object identifier; set it in the laboratory's settings"
        case .notCLIA: "the CLIA number is none; write it as 05D1234567"
        case .notCountry: "the laboratory's country is none; write three letters, such as CHN"
        case .receivedBeforeCollected:
            "received before it was collected; correct the time of collection"
        case .testedBeforeReceived: "tested before it was received; check the run's time"
        case .releasedBeforeTested: "released before it was tested; check the clocks"
        case .nobodyShares: "a shared tube or pool of nobody; look at the trace of the tube"
        case .detectedInMixedTube: "found in a mixed tube; collect from its people again"
        case .detectedInPool: "found in a laboratory pool; test the kept tubes one by one"
        case .noCode(let target):
            "the target \(target) has no code (OBX-3); name it in the assay as codes know it"
        case .notInTable(let part, let name):
            """
            the receiver's codes have none for the \(part.words) \(name); add it to them and adopt \
            the receiver again
            """
        case .ownReview: "entered and reviewed by one handle; let a second person review it"
        }
    }
}

extension ReportFaults: CustomStringConvertible {
    /// The reasons in one line.
    package var description: String {
        "the report is held: " + faults.map(\.description).joined(separator: "; ")
    }
}
