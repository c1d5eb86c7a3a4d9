internal import LabDomain
internal import LabTables

/// A table of codes that a receiver or laboratory made: comment lines that open with `#`, of which
/// one names the source and one the licence, a heading, and a row for each code.
///
/// Every fault is collected: who writes such a table sees all of them at once.
struct ReceiverTable {
    /// What a row gives a code for.
    enum Kind: String, CaseIterable {
        /// The overall result of a pathogen, and its order; of several pathogens their panel.
        case test
        case target
        /// The cycle of a target.
        case cycles
        case result
        case specimen
    }

    static let columns = ["kind", "name", "code", "text", "system", "uri"]
    /// What only targets have that the standard tables do not know.
    static let pathogen = "pathogen"

    let name: String
    private(set) var faults: [CodeFault] = []
    private(set) var rows: [(kind: Kind, row: CodeFile.Row)] = []
    private let width: Int

    /// Reads the rows of a text, whose lines are counted from 1.
    init(_ text: String, name: String) {
        self.name = name
        var found: [CodeFault] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let comments = lines.filter { $0.hasPrefix("#") }.map { $0.lowercased() }
        for (words, what) in [(["source:"], "source"), (["licence:", "license:"], "licence")]
        where !comments.contains(where: { line in words.contains { line.contains($0) } }) {
            found.append(
                CodeFault(
                    file: name, line: 1,
                    message: "no line '# \(what): ...' says where the codes come from and who may "
                        + "use them; add it"))
        }
        var table: DelimitedTable?
        do throws(CodeFault) {
            table = try CodeFile.table(of: text, name)
        } catch {
            found.append(error)
        }
        found += (table?.faults ?? []).map {
            CodeFault(file: name, line: $0.line, message: $0.words.text)
        }
        let header = table?.header ?? []
        width = header.count
        if let place = table?.headerLine, header != Self.columns,
            header != Self.columns + [Self.pathogen]
        {
            found.append(
                CodeFault(
                    file: name, line: place,
                    message: "another heading; write \(Self.columns.joined(separator: ",")), and "
                        + "'pathogen' behind them for targets of your own"))
            table = nil
        }
        for row in table?.rows ?? [] {
            let row = CodeFile.Row(file: name, line: row.line, fields: row.fields)
            guard let kind = Kind(rawValue: row[0]) else {
                found.append(
                    row.fault(
                        "an unknown kind; write one of: "
                            + Kind.allCases.map(\.rawValue).joined(separator: ", ")))
                continue
            }
            rows.append((kind, row))
        }
        faults = found
    }

    /// The pathogen that a row names; empty where it leaves it to the standard tables.
    func pathogen(of row: CodeFile.Row) -> String { width > 6 ? row[6] : "" }

    mutating func note(_ fault: CodeFault) { faults.append(fault) }

    /// The code of a row, nil after noting what is wrong with it.
    mutating func coded(_ row: CodeFile.Row) -> Coded? {
        let before = faults.count
        if row[2].isEmpty || row[2].count > 20 || !Self.isPrintable(row[2]) {
            note(row.fault("no code of 1 to 20 characters; write the receiver's code"))
        }
        if row[3].isEmpty || row[3].count > 199 || !Self.isPrintable(row[3]) {
            note(row.fault("no text of 1 to 199 characters; write what the code means"))
        }
        if row[4].isEmpty || row[4].count > 12 || !row[4].utf8.allSatisfy(Self.isOfSystem) {
            note(
                row.fault(
                    "no system of 1 to 12 letters and digits; write its name in HL7's table 0396, "
                        + "L for your own codes or 99... for the receiver's"))
        }
        checkDigits(of: row)
        guard let uri = Self.uri(row[5], system: row[4]) else {
            note(
                row.fault(
                    "no OID or URI of the system; write one like 2.16.840.1.113883.19.5.9 or "
                        + "https://example.org/codes"))
            return nil
        }
        guard faults.count == before else { return nil }
        return Coded(code: row[2], text: row[3], system: row[4], uri: uri)
    }

    private mutating func checkDigits(of row: CodeFile.Row) {
        do throws(CodeFault) {
            if row[4] == "LN" { _ = try row.loinc(2, 3) }
            if row[4] == "SCT" { _ = try row.snomed(2, 3) }
        } catch {
            note(error)
        }
    }

    /// The system as FHIR names it; empty for those whose names say it, nil for none.
    private static func uri(_ text: String, system: String) -> String? {
        if text.isEmpty {
            return ["LN", "SCT", "UCUM"].contains(system) || system.hasPrefix("HL7") ? "" : nil
        }
        if Report.Party.isOID(text) { return "urn:oid:" + text }
        let isURI =
            ["https://", "http://", "urn:oid:", "urn:uuid:"].contains { start in
                text.hasPrefix(start) && text.count > start.count
            }
        return isURI && text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) ? text : nil
    }

    private static func isPrintable(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
                .paragraphSeparator:
                false
            default: true
            }
        }
    }

    private static func isOfSystem(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte) || [0x2D, 0x2E, 0x5F].contains(byte)
    }
}
