/// The codes of one target: whether it is there, and at which cycle.
struct TargetCodes {
    let presence: Coded
    let cycles: Coded
    /// Whether `cycles` leaves open which region it counts, so that a note must say it.
    let needsNote: Bool

    /// The codes for a target as kits write it: `ORF1ab`, `ORF1a/b gene`, `N gene`; nil for a
    /// target without a code of its own, which no message names (REP-10).
    init?(target name: String) {
        let key = String(name.lowercased().filter { $0.isLetter || $0.isNumber })
        guard let codes = Self.table[key.hasSuffix("gene") ? String(key.dropLast(4)) : key] else {
            return nil
        }
        self = codes
    }

    private init(_ presence: Coded, _ cycles: Coded, needsNote: Bool = false) {
        self.presence = presence
        self.cycles = cycles
        self.needsNote = needsNote
    }

    // The N gene's own code for cycles is bound to CDC's primer sets, so any other kit's N gene
    // is given as the virus's RNA with a note.
    private static let table: [String: TargetCodes] = [
        "orf1ab": TargetCodes(
            Test.presence("94559-2", of: "SARS-CoV-2 (COVID-19) ORF1ab region"),
            Test.cycles("94644-2", of: "SARS-CoV-2 (COVID-19) ORF1ab region")),
        "n": TargetCodes(
            Test.presence("94533-7", of: "SARS-CoV-2 (COVID-19) N gene"),
            Test.cycles("94745-7", of: "SARS-CoV-2 (COVID-19) RNA"), needsNote: true),
        "rdrp": TargetCodes(
            Test.presence("94534-5", of: "SARS-CoV-2 (COVID-19) RdRp gene"),
            Test.cycles("94646-7", of: "SARS-CoV-2 (COVID-19) RdRp gene")),
        "s": TargetCodes(
            Test.presence("94640-0", of: "SARS-CoV-2 (COVID-19) S gene"),
            Test.cycles("94642-6", of: "SARS-CoV-2 (COVID-19) S gene")),
        "e": TargetCodes(
            Test.presence("94758-0", of: "SARS-related coronavirus E gene"),
            Test.cycles("96764-6", of: "SARS-CoV-2 (COVID-19) E gene")),
    ]
}
