/// A code with its words and its system: the first three components of a CE or CWE, and what
/// stands in the next three.
struct Coded: Hashable, Sendable {
    let code: String
    let text: String
    /// The system of table 0396: `LN`, `SCT`, `UCUM`, `HL7nnnn`, `L` for our own, `99...` for a
    /// receiver's.
    let system: String
    /// What FHIR calls the system, where the name of table 0396 does not say it.
    var uri = ""
    /// The same in other systems (CE-4 to CE-6); at most one leaves in HL7 v2.
    var alternates: [Coded] = []

    static func loinc(_ code: String, _ text: String) -> Coded {
        Coded(code: code, text: text, system: "LN")
    }

    static func snomed(_ code: String, _ text: String) -> Coded {
        Coded(code: code, text: text, system: "SCT")
    }

    /// What no table has a code for; its name stands as the text.
    static func missing(_ name: String) -> Coded { Coded(code: "", text: name, system: "") }

    /// Whether there is no code.
    var isMissing: Bool { code.isEmpty }

    /// The same with a code of another system beside it, unless there is none or it is the same.
    func beside(_ other: Coded?) -> Coded {
        guard let other, !other.isMissing, other.system != system || other.code != code else {
            return self
        }
        var both = self
        both.alternates = [other]
        return both
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
}

/// A finding's code with its flag of table 0078: A abnormal, N normal, nil neither.
struct FindingCode: Sendable {
    let coded: Coded
    let flag: String?
}

/// The codes of one target: whether it is there, and at which cycle.
struct TargetCodes: Hashable, Sendable {
    /// The pathogen that it belongs to.
    let pathogen: String
    /// Nil where the target has no code of its own.
    let presence: Coded?
    let cycles: Coded?
    /// Whether `cycles` leaves open which region it counts, so that a note must say it.
    let needsNote: Bool

    /// The name of a target as tables know it: `ORF1a/b gene` is `orf1ab`.
    static func key(of name: String) -> String {
        let key = String(name.lowercased().filter { $0.isLetter || $0.isNumber })
        return key.hasSuffix("gene") && key != "gene" ? String(key.dropLast(4)) : key
    }
}
