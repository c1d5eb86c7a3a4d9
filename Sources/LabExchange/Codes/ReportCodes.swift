internal import LabDomain

/// What a report's test looks for, as orders and overall results name it.
struct ReportCodes {
    /// A pathogen with the code of its overall result.
    struct Pathogen {
        let name: String
        let test: Coded
    }

    /// The order (OBR-4).
    let order: Coded
    /// What the test looks for, in the order of the assay.
    let pathogens: [Pathogen]

    /// The codes of a method's targets; a method that names none looks for SARS-CoV-2.
    ///
    /// Several pathogens are ordered as a panel, and each has its own result: under one mixed code
    /// no receiver can tell which was found (REP-19).
    /// - Returns: Nil where no target is known, or no panel has these pathogens: such a report is
    ///   held.
    init?(_ method: Report.Method) {
        let names =
            method.targets.isEmpty
            ? [Self.usual] : method.targets.compactMap { TargetCodes(target: $0)?.pathogen }
        var found: [Pathogen] = []
        for name in names where !found.contains(where: { $0.name == name }) {
            guard let test = CodeTables.shipped.pathogens[name] else { return nil }
            found.append(Pathogen(name: name, test: test))
        }
        let order =
            found.count == 1
            ? found[0].test : CodeTables.shipped.panel(of: found.map(\.name))
        guard let order else { return nil }
        self.order = order
        pathogens = found
    }

    /// Codes of a report that was looked at before it came here.
    static func known(_ method: Report.Method) -> ReportCodes {
        ReportCodes(method) ?? ReportCodes()
    }

    private init() {
        order = CodeTables.shipped.pathogens[Self.usual] ?? Coded(code: "", text: "", system: "")
        pathogens = [Pathogen(name: Self.usual, test: order)]
    }

    private static let usual = "SARS-CoV-2"
}
