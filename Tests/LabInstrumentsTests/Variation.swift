import LabTables
import ReferenceFiles

@testable import LabInstruments

/// A reference text as rows of cells, to be written again in another way.
struct Variation {
    var rows: [[String]]

    init(_ file: String) throws {
        let text = try TextFileReader.decode(try Reference.bytes(file))
        let delimiter = DelimitedRecords.delimiters(of: text)[0]
        rows = try DelimitedRecords(text, delimiter: delimiter).records.map(\.fields)
    }

    func written(delimiter: Character = "\t", lineEnd: String = "\n") -> [UInt8] {
        Array(text(delimiter, lineEnd).utf8)
    }

    func text(_ delimiter: Character, _ lineEnd: String) -> String {
        rows.map { row in
            row.map { cell in
                let needsQuotes = cell.contains { $0 == delimiter || $0 == "\"" || $0 == "," }
                return needsQuotes ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
            }.joined(separator: String(delimiter)) + lineEnd
        }.joined()
    }

    /// In UTF-16 with its mark.
    func utf16(lowFirst: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        for unit in [0xFEFF] + Array(text("\t", "\r\n").utf16) {
            let pair = [UInt8(unit & 255), UInt8(unit >> 8)]
            bytes += lowFirst ? pair : pair.reversed()
        }
        return bytes
    }

    /// As a workbook of one sheet.
    var workbook: [UInt8] {
        func escaped(_ text: String) -> String {
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
                .replacing("\"", with: "&quot;")
        }
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let sheet = rows.enumerated().map { index, row in
            let cells = row.enumerated().filter { !$1.isEmpty }.map { column, cell in
                let place = FilePlace.letters(column + 1) + "\(index + 1)"
                let value =
                    NumberText.parse(cell) != nil
                    ? "<c r=\"\(place)\"><v>\(cell)</v></c>"
                    : "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(escaped(cell))</t></is></c>"
                return value
            }
            return "<row r=\"\(index + 1)\">\(cells.joined())</row>"
        }
        let parts = [
            (
                "xl/workbook.xml",
                "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets>"
                    + "<sheet name=\"0\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"rId1\" Type=\"\(office)/worksheet\" "
                    + "Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
            (
                "xl/worksheets/sheet1.xml",
                "<worksheet xmlns=\"\(main)\"><sheetData>\(sheet.joined())</sheetData></worksheet>"
            ),
        ]
        return StoredZip(parts.map { ($0.0, Array($0.1.utf8)) }).bytes
    }

    /// A decimal comma in every number.
    mutating func useDecimalComma() {
        for row in rows.indices {
            for cell in rows[row].indices where NumberText.parse(rows[row][cell]) != nil {
                rows[row][cell] = rows[row][cell].replacing(".", with: ",")
            }
        }
    }
}

/// What matters of a reading, whatever line it stands on.
struct Essence: Hashable {
    let words: [String]

    init(_ reading: InstrumentReading) {
        words = [
            "\(reading.well)", reading.sample ?? "", reading.target, reading.dye ?? "",
            reading.cq.map { "\($0)" } ?? "none", reading.called ?? "", "\(reading.excluded)",
        ]
    }

    static func of(_ bytes: [UInt8]) throws -> Set<Essence> {
        Set(try InstrumentFile.read(bytes).wells.map(Essence.init))
    }
}
