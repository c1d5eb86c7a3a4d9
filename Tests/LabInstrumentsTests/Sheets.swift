@testable import LabInstruments

/// A workbook of some sheets; a cell that opens with `=` is a formula without a value, or with
/// the error that it names.
struct Sheets {
    private let sheets: [(name: String, rows: [[String]])]

    init(_ sheets: [(String, [[String]])]) { self.sheets = sheets }

    var bytes: [UInt8] {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let numbers = sheets.indices.map { $0 + 1 }
        let list = zip(sheets, numbers).map {
            "<sheet name=\"\($0.name)\" sheetId=\"\($1)\" r:id=\"r\($1)\"/>"
        }
        let relations = numbers.map {
            "<Relationship Id=\"r\($0)\" Type=\"\(office)/worksheet\" "
                + "Target=\"worksheets/sheet\($0).xml\"/>"
        }
        var parts = [
            (
                "xl/workbook.xml",
                "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets>\(list.joined())"
                    + "</sheets></workbook>"
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships>\(relations.joined())</Relationships>"
            ),
        ]
        for (sheet, number) in zip(sheets, numbers) {
            let rows = sheet.rows.enumerated().map { index, row in
                let cells = row.enumerated().map { column, text in
                    cell(text, at: FilePlace.letters(column + 1) + "\(index + 1)")
                }
                return "<row r=\"\(index + 1)\">\(cells.joined())</row>"
            }
            parts.append(
                (
                    "xl/worksheets/sheet\(number).xml",
                    "<worksheet xmlns=\"\(main)\"><sheetData>\(rows.joined())"
                        + "</sheetData></worksheet>"
                ))
        }
        return StoredZip(parts.map { ($0.0, Array($0.1.utf8)) }).bytes
    }

    private func cell(_ text: String, at place: String) -> String {
        if text.isEmpty { return "" }
        if text.hasPrefix("=#") {
            return "<c r=\"\(place)\" t=\"e\"><f>B1</f><v>\(text.dropFirst())</v></c>"
        }
        if text.hasPrefix("=") { return "<c r=\"\(place)\"><f>\(text.dropFirst())</f><v/></c>" }
        if NumberText.parse(text) != nil { return "<c r=\"\(place)\"><v>\(text)</v></c>" }
        return "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
    }
}
