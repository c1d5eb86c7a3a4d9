internal import LabDomain

/// What a report's test looks for, as orders and overall results name it.
struct ReportCodes {
    /// A pathogen with the code of its overall result.
    struct Pathogen {
        let name: String
        let test: Coded
    }

    /// The tables of the receiver.
    let tables: CodeTables
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
    init?(_ method: Report.Method, _ tables: CodeTables) {
        let names = Self.names(method, tables)
        var found: [Pathogen] = []
        for name in names {
            guard let test = tables.pathogens[name] else { return nil }
            found.append(Pathogen(name: name, test: test))
        }
        let order = found.count == 1 ? found[0].test : tables.panel(of: names)
        guard let order else { return nil }
        self.tables = tables
        self.order = order
        pathogens = found
    }

    /// The pathogens that a method looks for, each once.
    private static func names(_ method: Report.Method, _ tables: CodeTables) -> [String] {
        guard !method.targets.isEmpty else { return [usual] }
        var names: [String] = []
        for target in method.targets {
            guard let name = tables.pathogen(ofTarget: target), !names.contains(name) else {
                continue
            }
            names.append(name)
        }
        return names
    }

    /// Codes of a report that was looked at before it came here.
    static func known(_ method: Report.Method, _ tables: CodeTables) -> ReportCodes {
        ReportCodes(method, tables) ?? ReportCodes(tables)
    }

    private init(_ tables: CodeTables) {
        self.tables = tables
        order = tables.pathogens[Self.usual] ?? .missing(Self.usual)
        pathogens = [Pathogen(name: Self.usual, test: order)]
    }

    private static let usual = "SARS-CoV-2"
}

extension ReportCodes {
    /// Everything that a report would name and for which the tables have no code, in the order of
    /// a message.
    static func missing(
        for parts: ReportParts, _ version: MessageVersion, in tables: CodeTables
    ) -> [ReportFault] {
        let targets = Self.missingTargets(parts, in: tables)
        guard let codes = ReportCodes(parts.method, tables) else {
            // What no code of LOINC names is told by the writer itself.
            if tables.isStandard { return targets }
            let names = Self.names(parts.method, tables)
            let lacking = names.filter { tables.pathogens[$0] == nil }
            let tests = lacking.isEmpty && !names.isEmpty ? [names.joined(separator: " ")] : lacking
            return tests.map { .notInTable(.test, name: $0) } + targets
        }
        let pool = version.pool.map { Observation.found(in: $0, codes) } ?? []
        let results = (pool + Observation.list(parts, version, codes)).compactMap(\.missingResult)
        let specimen = tables.code(of: parts.specimen.type)
        var known: Set<String> = []
        return targets
            + results.filter { known.insert($0).inserted }.map {
                .notInTable(.result, name: $0)
            } + (specimen.isMissing ? [.notInTable(.specimen, name: specimen.text)] : [])
    }

    /// No message leaves with an empty code.
    /// - Throws: `MessageFaults` that name what the tables have no code for.
    static func check(
        _ parts: ReportParts, _ version: MessageVersion, in tables: CodeTables
    ) throws(MessageFaults) {
        guard ReportCodes(parts.method, tables) != nil else { throw .withoutCode }
        if tables.isStandard { return }
        let missing = missing(for: parts, version, in: tables)
        if !missing.isEmpty { throw .missing(missing) }
    }

    private static func missingTargets(
        _ parts: ReportParts, in tables: CodeTables
    ) -> [ReportFault] {
        guard case .alone(let readings) = parts.specimen.testing else { return [] }
        return readings.filter { tables.codes(ofTarget: $0.name) == nil }.map {
            tables.isStandard
                ? .noCode(target: $0.name) : .notInTable(.target, name: $0.name)
        }
    }
}
