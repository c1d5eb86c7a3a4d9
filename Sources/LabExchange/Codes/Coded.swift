/// A code with its words and its system: the first three components of a CE or CWE.
struct Coded: Hashable {
    let code: String
    let text: String
    /// The system of table 0396: `LN`, `SCT`, `UCUM`, `HL7nnnn`, `L` for our own.
    let system: String

    static func loinc(_ code: String, _ text: String) -> Coded {
        Coded(code: code, text: text, system: "LN")
    }

    static func snomed(_ code: String, _ text: String) -> Coded {
        Coded(code: code, text: text, system: "SCT")
    }
}

extension Coded {
    /// The unit of a Cq (OBX-6).
    static let cycles = Coded(code: "{Ct_value}", text: "cycle threshold", system: "UCUM")
    /// What an age is told under (ELR-027).
    static let ageAtCollection = loinc("35659-2", "Age at specimen collection")
}

/// What was found (OBX-5).
enum Finding: String, CaseIterable {
    case detected
    case notDetected = "not-detected"
    case notDetectedInPool = "not-detected-in-pool"
    case detectedInPool = "detected-in-pool"
    case inconclusive

    /// Its code, with the flag of table 0078.
    var code: (coded: Coded, flag: String?) { CodeTables.shipped.code(of: self) }
}

/// The codes of one target: whether it is there, and at which cycle.
struct TargetCodes: Hashable {
    /// The pathogen that it belongs to.
    let pathogen: String
    /// Nil where the target has no code of its own.
    let presence: Coded?
    let cycles: Coded?
    /// Whether `cycles` leaves open which region it counts, so that a note must say it.
    let needsNote: Bool

    /// The codes for a target as kits write it: `ORF1ab`, `ORF1a/b gene`, `N gene`; nil for a
    /// target that is not known, which no message names (REP-10).
    init?(target name: String) {
        let key = String(name.lowercased().filter { $0.isLetter || $0.isNumber })
        let short = key.hasSuffix("gene") ? String(key.dropLast(4)) : key
        guard let codes = CodeTables.shipped.targets[short] else { return nil }
        self = codes
    }

    init(pathogen: String, presence: Coded?, cycles: Coded?, needsNote: Bool) {
        self.pathogen = pathogen
        self.presence = presence
        self.cycles = cycles
        self.needsNote = needsNote
    }
}
