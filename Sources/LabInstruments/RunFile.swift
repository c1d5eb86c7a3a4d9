package import LabDomain
internal import LabTables

/// A run as plain CSV: one line for each channel of each well, `plate,well,target,cq`.
package struct RunFile: Equatable, Sendable {
    /// The plate that every line names.
    package let plate: PlateID
    /// The readings, in the order of the file.
    package let readings: [Reading]
    /// The line of each reading.
    package let lines: [Int]

    /// Whether a file's heading is that of such a CSV, whatever follows it.
    package static func isOne(_ bytes: [UInt8]) -> Bool {
        guard let text = try? TextDecoding.decode(bytes),
            let heading = String(decoding: text.utf8, as: UTF8.self)
                .split(whereSeparator: { $0.isNewline }).first
        else { return false }
        let names = Set(
            heading.split { ",;\t".contains($0) }.map {
                $0.lowercased().filter { $0.isLetter || $0.isNumber }
            })
        return names.contains("plate") && names.contains("well")
    }

    /// Reads a run.
    ///
    /// Whether wells and targets are those of the plate and the assay is for `RunJudgement` to
    /// say. A Cq is a number with a decimal point, or empty or a word for "no crossing":
    /// undetermined, negative, no cq, nan, n/a or a hyphen, in any case.
    /// - Parameter bytes: The file, in any encoding that tables come in.
    /// - Returns: The plate with its readings.
    /// - Throws: `RunFileFaults` with every fault; nothing is read from a faulty file.
    package static func read(_ bytes: [UInt8]) throws(RunFileFaults) -> RunFile {
        let table: DelimitedTable
        let isEnded: Bool
        do throws(RunFileFault) {
            (table, isEnded) = try parse(bytes)
        } catch {
            throw RunFileFaults(faults: [error])
        }
        let columns = Columns(
            header: table.header, headerLine: table.headerLine, required: headings,
            aliases: ["ct": "cq"])
        var faults = (table.faults + columns.faults).map { fault in
            RunFileFault(line: fault.line, column: columnNumber(of: fault), .table(fault))
        }
        if headings.contains(where: { columns[$0] == nil }) { throw RunFileFaults(faults: faults) }
        var reader = ReadingReader(columns: columns)
        for row in table.rows { reader.take(row) }
        faults += reader.faults
        // Of a last line without an end nobody knows whether its number is whole.
        if !isEnded, let row = table.rows.last, let cq = columns["cq"],
            cq == table.header.count - 1, case .cq = CqCell(row.fields[cq])
        {
            faults.append(RunFileFault(line: row.line, column: cq + 1, .unended))
        }
        if table.rows.isEmpty, faults.isEmpty {
            faults.append(RunFileFault(line: table.headerLine, .noRows))
        }
        guard faults.isEmpty, let plate = reader.plate else {
            throw RunFileFaults(
                faults: faults.sorted { ($0.line, $0.column ?? 0) < ($1.line, $1.column ?? 0) })
        }
        return RunFile(plate: plate, readings: reader.readings, lines: reader.lines)
    }

    private static let headings = ["plate", "well", "target", "cq"]

    private static func parse(
        _ bytes: [UInt8]
    ) throws(RunFileFault) -> (table: DelimitedTable, isEnded: Bool) {
        let text: DecodedText
        do throws(EncodingFault) {
            text = try TextDecoding.decode(bytes)
        } catch {
            throw RunFileFault(line: error.line, .encoding(error))
        }
        do throws(TableFault) {
            let isEnded = text.utf8.last == 0x0A || text.utf8.last == 0x0D
            return (try DelimitedTable.parse(text), isEnded)
        } catch {
            throw RunFileFault(line: error.line, .table(error))
        }
    }

    private static func columnNumber(of fault: TableFault) -> Int? {
        if case .column(_, let number) = fault.place { number } else { nil }
    }
}
