import LabTables
import Testing

@Suite("Finding columns by name")
struct ColumnsTests {
    @Test("TAB-13: names match in any order, case and spelling that is known")
    func matches() {
        let columns = Columns(
            header: ["\u{3000}姓名", "BarCode ", "note"], required: ["barcode", "name"],
            optional: ["note", "phone"], aliases: ["姓名": "name", "条码": "barcode"])
        #expect(columns["name"] == 0)
        #expect(columns["barcode"] == 1)
        #expect(columns["note"] == 2)
        #expect(columns["phone"] == nil)
        #expect(columns.faults.isEmpty)
    }

    @Test("TAB-14: unknown, doubled and missing columns are faults that suggest the nearest name")
    func faults() {
        let columns = Columns(
            header: ["barcod", "name", "姓名", "zzzz"], headerLine: 3,
            required: ["barcode", "name", "site"], aliases: ["姓名": "name"])
        #expect(
            columns.faults == [
                TableFault(.unknownColumn(nearest: "barcode"), at: .column(line: 3, number: 1)),
                TableFault(.doubledColumn(first: 2), at: .column(line: 3, number: 3)),
                TableFault(.unknownColumn(nearest: nil), at: .column(line: 3, number: 4)),
                TableFault(.missingColumn(name: "barcode", nearest: 1), at: .line(3)),
                TableFault(.missingColumn(name: "site", nearest: nil), at: .line(3)),
            ])
        #expect(
            columns.faults.map(\.description) == [
                "line 3, column 1: unknown column; did you mean 'barcode'?",
                "line 3, column 3: the same as column 2; remove one of them",
                "line 3, column 4: unknown column; remove it or correct its name",
                "line 3: the column 'barcode' is missing; is it column 1?",
                "line 3: the column 'site' is missing; add it",
            ])
    }

    @Test("TAB-13: a cell that is empty or whose column is not there is nil")
    func cells() throws {
        let text = try TextDecoding.decode(Array("barcode,note\n1,\n".utf8))
        let table = try DelimitedTable.parse(text)
        let columns = Columns(
            header: table.header, required: ["barcode"], optional: ["note", "site"])
        #expect(columns.cell("barcode", of: table.rows[0]) == "1")
        #expect(columns.cell("note", of: table.rows[0]) == nil)
        #expect(columns.cell("site", of: table.rows[0]) == nil)
    }
}
