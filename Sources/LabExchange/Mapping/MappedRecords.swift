package import LabDomain
internal import LabTables

/// Why a record is held; it never repeats a value.
package struct MappingFaults: Error, Hashable, Sendable {
    /// The reasons, at least one.
    package let faults: [Wording]
}

/// Writes results as a mapping describes them, record by record.
package struct MappedRecords: Sendable {
    private let mapping: ReportMapping
    private var isFirst = true

    /// Records of a mapping; keep it for the whole file.
    package init(_ mapping: ReportMapping) {
        self.mapping = mapping
    }

    /// What stands before the first record.
    package var opening: [UInt8] {
        switch mapping.format {
        case .csv:
            let mark: [UInt8] = mapping.isMarked ? [0xEF, 0xBB, 0xBF] : []
            return mark + (mapping.hasHeading ? row(mapping.columns.map(\.name)) : [])
        case .json: return Array("[".utf8)
        case .ndjson: return []
        }
    }

    /// What stands behind the last record.
    package var closing: [UInt8] { mapping.format == .json ? Array("\n]\n".utf8) : [] }

    /// One record.
    /// - Throws: `MappingFaults` with everything for which the result is held back; then nothing of
    ///   it stands in the file.
    package mutating func record(_ result: ReportedResult) throws(MappingFaults) -> [UInt8] {
        var faults: [Wording] = []
        let cells = mapping.columns.map { cell($0, of: result, &faults) }
        guard faults.isEmpty else { throw MappingFaults(faults: faults) }
        defer { isFirst = false }
        switch mapping.format {
        case .csv: return row(cells.map(\.text))
        case .json: return Array((isFirst ? "\n" : ",\n").utf8) + object(cells)
        case .ndjson: return object(cells) + [0x0A]
        }
    }

    private struct Cell {
        let text: String
        var isNumber = false
    }

    private func cell(
        _ column: ReportMapping.Column, of result: ReportedResult, _ faults: inout [Wording]
    ) -> Cell {
        let cell = value(column, of: result)
        if column.isRequired, cell.text.allSatisfy(\.isWhitespace) {
            faults.append("the column \(column.name) is empty and required; fill in what it shows")
        }
        if let longest = column.longest, cell.text.count > longest {
            faults.append(
                "the column \(column.name) is longer than \(longest) characters; it is not cut")
        }
        if !cell.text.unicodeScalars.allSatisfy(Self.isPrintable) {
            faults.append("the column \(column.name) holds a control character; remove it")
        }
        return cell
    }

    private func value(_ column: ReportMapping.Column, of result: ReportedResult) -> Cell {
        guard case .field(let field) = column.source else {
            if case .text(let text) = column.source { return Cell(text: text) }
            return Cell(text: "")
        }
        switch field.value(in: result) {
        case .text(let text): return Cell(text: column.codes[text] ?? text)
        case .number(let number): return Cell(text: "\(number)", isNumber: true)
        case .day(let day): return Cell(text: column.pattern.text(day))
        case .time(let instant):
            return Cell(
                text: column.pattern.text(instant, in: result.parts.times.zone),
                isNumber: column.pattern.isNumber)
        case .nothing: return Cell(text: "")
        }
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory != .control
    }

    private func row(_ cells: [String]) -> [UInt8] {
        var writer = DelimitedWriter(
            guardsFormulas: mapping.guardsFormulas, delimiter: mapping.delimiter.byte)
        writer.row(cells)
        return writer.bytes
    }

    private func object(_ cells: [Cell]) -> [UInt8] {
        var bytes = Array("{".utf8)
        for (column, cell) in zip(mapping.columns, cells) {
            if bytes.count > 1 { bytes.append(0x2C) }
            JSONString.append(column.name, to: &bytes)
            bytes.append(0x3A)
            if cell.text.isEmpty {
                bytes += Array("null".utf8)
            } else if cell.isNumber {
                bytes += Array(cell.text.utf8)
            } else {
                JSONString.append(cell.text, to: &bytes)
            }
        }
        bytes.append(0x7D)
        return bytes
    }
}
