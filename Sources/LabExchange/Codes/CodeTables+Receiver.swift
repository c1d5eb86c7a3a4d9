package import LabDomain

/// Everything that is wrong with a receiver's table of codes, each with its line.
package struct CodeFaults: Error, Sendable {
    /// One line that is wrong.
    package struct Fault: Hashable, Sendable {
        /// From 1.
        package let line: Int
        /// What is wrong there, and what to do.
        package let message: String
    }

    /// In the order of the lines.
    package let faults: [Fault]
}

extension CodeTables {
    /// The codes that a receiver gets.
    /// - Parameters:
    ///   - codes: Its settings.
    ///   - oid: The laboratory's object identifier, under which its own names are codes.
    /// - Throws: `CodeFaults` with every line of a table that is wrong.
    package init(_ codes: Receiver.Codes, laboratory oid: String) throws(CodeFaults) {
        switch codes.source {
        case .standard: self = .standard
        case .laboratory: self = .laboratory(oid: oid, hasAlternates: codes.hasAlternates)
        case .table(let text, let name, _):
            self = try Self.table(text, name: name, hasAlternates: codes.hasAlternates)
        }
    }

    /// No codes: whatever would be written with them is held.
    package static var empty: CodeTables {
        var tables = CodeTables()
        tables.isStandard = false
        return tables
    }

    /// Reads a table by itself.
    /// - Throws: `CodeFaults` with every line that is wrong.
    package static func check(_ text: String, name: String) throws(CodeFaults) {
        _ = try table(text, name: name, hasAlternates: false)
    }

    /// The laboratory's own names, and the standard code where no name of ours is short enough for
    /// HL7 (20 characters).
    private static func laboratory(oid: String, hasAlternates: Bool) -> CodeTables {
        func own(_ name: String, _ standard: Coded) -> Coded {
            guard name.utf8.count <= 20 else { return standard }
            let coded = Coded(code: name, text: standard.text, system: "L", uri: "urn:oid:" + oid)
            return hasAlternates ? coded.beside(standard) : coded
        }
        var tables = shipped
        tables.isStandard = false
        for (name, coded) in shipped.pathogens { tables.pathogens[name] = own(name, coded) }
        for (name, codes) in shipped.targets {
            // A pathogen's only target has the pathogen's code, and is not said twice.
            let isOnly = codes.presence == shipped.pathogens[codes.pathogen]
            tables.targets[name] = TargetCodes(
                pathogen: codes.pathogen,
                presence: codes.presence.map { own(isOnly ? codes.pathogen : name, $0) },
                cycles: codes.cycles.map { own(name + "-ct", $0) }, needsNote: codes.needsNote)
        }
        for (finding, code) in shipped.findings {
            tables.findings[finding] = FindingCode(
                coded: own(finding.rawValue, code.coded), flag: code.flag)
        }
        for (name, coded) in shipped.specimens { tables.specimens[name] = own(name, coded) }
        return tables
    }

    private static func table(
        _ text: String, name: String, hasAlternates: Bool
    ) throws(CodeFaults) -> CodeTables {
        var table = ReceiverTable(text, name: name)
        var tables = CodeTables()
        tables.isStandard = false
        var known: Set<String> = []
        // Tests first: targets may belong to a pathogen that only this table knows.
        let order = ReceiverTable.Kind.allCases
        for kind in order {
            for (_, row) in table.rows where table.faults.count < 100 && row[0] == kind.rawValue {
                let key = kind.rawValue + " " + tables.key(of: row, kind)
                guard known.insert(key).inserted else {
                    table.note(row.fault("the name comes twice; remove one of the rows"))
                    continue
                }
                tables.take(row, kind, of: &table, hasAlternates)
            }
        }
        Self.checkWhole(&table)
        if table.faults.isEmpty { tables.checkAmbiguity(&table) }
        guard table.faults.isEmpty else {
            let faults = table.faults.map {
                CodeFaults.Fault(line: $0.line, message: $0.message)
            }
            throw CodeFaults(faults: faults.sorted { $0.line < $1.line })
        }
        return tables
    }

    private func key(of row: CodeFile.Row, _ kind: ReceiverTable.Kind) -> String {
        switch kind {
        case .target, .cycles: TargetCodes.key(of: row[1])
        case .test: row[1].split(separator: " ").sorted().joined(separator: " ")
        case .result, .specimen: row[1]
        }
    }

    private mutating func take(
        _ row: CodeFile.Row, _ kind: ReceiverTable.Kind, of table: inout ReceiverTable,
        _ hasAlternates: Bool
    ) {
        func beside(_ coded: Coded, _ standard: Coded?) -> Coded {
            hasAlternates ? coded.beside(standard) : coded
        }
        switch kind {
        case .test:
            let names = row[1].split(separator: " ").map(String.init)
            guard let coded = table.coded(row) else { return }
            if names.count == 1 {
                pathogens[row[1]] = beside(coded, Self.shipped.pathogens[row[1]])
            } else if names.count > 1 {
                panels[Set(names)] = beside(coded, Self.shipped.panel(of: names))
            } else {
                table.note(row.fault("no pathogen; write its name, such as SARS-CoV-2"))
            }
        case .target: takeTarget(row, of: &table, beside)
        case .cycles:
            let key = TargetCodes.key(of: row[1])
            guard let target = targets[key], let presence = target.presence else {
                return table.note(
                    row.fault("the cycle of a target without a code; add its row 'target'"))
            }
            guard let coded = table.coded(row) else { return }
            targets[key] = TargetCodes(
                pathogen: target.pathogen, presence: presence,
                cycles: beside(coded, Self.shipped.targets[key]?.cycles), needsNote: false)
        case .result:
            guard let finding = Finding(rawValue: row[1]) else {
                return table.note(
                    row.fault(Self.unknown("result", Finding.allCases.map(\.rawValue))))
            }
            guard let coded = table.coded(row) else { return }
            let standard = Self.shipped.code(of: finding)
            findings[finding] = FindingCode(
                coded: beside(coded, standard.coded), flag: standard.flag)
        case .specimen:
            guard let type = Report.SpecimenType(rawValue: row[1]) else {
                return table.note(
                    row.fault(
                        Self.unknown("specimen", Report.SpecimenType.allCases.map(\.rawValue))))
            }
            guard let coded = table.coded(row) else { return }
            specimens[row[1]] = beside(coded, Self.shipped.code(of: type))
        }
    }

    private mutating func takeTarget(
        _ row: CodeFile.Row, of table: inout ReceiverTable, _ beside: (Coded, Coded?) -> Coded
    ) {
        let key = TargetCodes.key(of: row[1])
        let standard = Self.shipped.targets[key]
        let named = table.pathogen(of: row)
        guard let pathogen = named.isEmpty ? standard?.pathogen : named, !key.isEmpty,
            pathogens[pathogen] != nil
        else {
            return table.note(
                row.fault("no row 'test' has the target's pathogen; add it, or name another"))
        }
        // Without a code the target is told by its pathogen's result alone.
        let isUntold = row.fields[2...5].allSatisfy(\.isEmpty)
        var presence: Coded?
        if !isUntold {
            guard let coded = table.coded(row) else { return }
            presence = beside(coded, standard?.presence)
        }
        targets[key] = TargetCodes(
            pathogen: pathogen, presence: presence, cycles: nil, needsNote: false)
    }

    /// What only the whole table shows.
    private static func checkWhole(_ table: inout ReceiverTable) {
        // A table without rows has another fault, which hides what they say.
        guard !table.rows.isEmpty || table.faults.isEmpty else { return }
        let tests = table.rows.filter { $0.kind == .test }.map { $0.row }
        let results = Set(table.rows.filter { $0.kind == .result }.map { $0.row[1] })
        let names = tests.map { $0[1].split(separator: " ").map(String.init) }
        let pathogens = Set(names.filter { $0.count == 1 }.joined())
        var faults: [CodeFault] = []
        func note(_ message: String, _ line: Int = 1) {
            faults.append(CodeFault(file: table.name, line: line, message: message))
        }
        if pathogens.isEmpty { note("no row 'test' with one pathogen; add one") }
        for finding in [Finding.detected, .notDetected] where !results.contains(finding.rawValue) {
            note("no row 'result' for '\(finding.rawValue)'; add it")
        }
        for (row, panel) in zip(tests, names) where panel.count > 1 {
            for name in panel where !pathogens.contains(name) {
                note("a panel names a pathogen that has no row 'test'; add it", row.line)
                break
            }
        }
        for fault in faults { table.note(fault) }
    }

    /// Two targets under one code: a receiver could not tell them apart.
    private func checkAmbiguity(_ table: inout ReceiverTable) {
        var owners: [String: (target: Coded?, key: String)] = [:]
        for (kind, row) in table.rows where kind == .target || kind == .cycles {
            let key = TargetCodes.key(of: row[1])
            guard !row[2].isEmpty, let codes = targets[key] else { continue }
            if kind == .target, codes.presence?.code == pathogens[codes.pathogen]?.code { continue }
            let owner = "\(row[4]) \(row[2])"
            let standard = Self.shipped.targets[key]?.presence
            if let other = owners[owner], other.key != kind.rawValue + key,
                standard == nil || other.target != standard
            {
                table.note(
                    row.fault("another target has this code; give each a code of its own"))
            }
            owners[owner] = (standard, kind.rawValue + key)
        }
    }

    private static func unknown(_ what: String, _ names: [String]) -> String {
        "an unknown \(what); write one of: " + names.joined(separator: ", ")
    }
}
