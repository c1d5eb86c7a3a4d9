// LOINC is copyright 1995 Regenstrief Institute, Inc. and the LOINC Committee, and available at no
// cost under the licence at https://loinc.org/license. Only the codes in use are here; their
// origin is CDC's LIVD table.

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

/// What was asked and what was measured (OBR-4, OBX-3).
enum Test {
    /// The order and the overall result.
    static let rna = presence("94500-6", of: "SARS-CoV-2 (COVID-19) RNA")
    static let ageAtCollection = Coded.loinc("35659-2", "Age at specimen collection")

    static func presence(_ code: String, of what: String) -> Coded {
        .loinc(code, "\(what) [Presence] in \(whereAndHow)")
    }

    static func cycles(_ code: String, of what: String) -> Coded {
        .loinc(code, "\(what) [Cycle Threshold #] in \(whereAndHow)")
    }

    private static let whereAndHow =
        "Respiratory system specimen by NAA with probe detection"
}

/// What was found (OBX-5).
enum Finding {
    static let detected = Coded.snomed("260373001", "Detected")
    static let notDetected = Coded.snomed("260415000", "Not detected")
    static let notDetectedInPool = Coded.snomed("895231008", "Not detected in pooled specimen")
    static let detectedInPool = Coded.snomed("462371000124108", "Detected in pooled specimen")
    static let inconclusive = Coded.snomed("419984006", "Inconclusive")
}

/// The unit of a Cq (OBX-6).
let cycleUnit = Coded(code: "{Ct_value}", text: "cycle threshold", system: "UCUM")
