import LabTables
import Testing

@Suite("Reading delimited tables")
struct DelimitedTableTests {
    private func parse(_ text: String) throws -> DelimitedTable {
        try DelimitedTable.parse(TextDecoding.decode(Array(text.utf8)))
    }

    @Test("TAB-4: quoted cells hold delimiters, quotes and line breaks")
    func quoting() throws {
        let table = try parse("name,note\n\"Wang, Li\",\"said \"\"yes\"\"\"\n\"two\nlines\",\"\"\n")
        #expect(table.header == ["name", "note"])
        #expect(table.rows.map(\.fields) == [["Wang, Li", "said \"yes\""], ["two\nlines", ""]])
        #expect(table.faults.isEmpty)
    }

    @Test(
        "TAB-5: lines end in CR LF, LF or CR, and each row knows the line it starts on",
        arguments: ["\r\n", "\n", "\r"])
    func lineEnds(_ end: String) throws {
        let lines = ["", "a,b", "1,\"x", "y\"", "", " , ", "2,z"]
        let table = try parse(lines.joined(separator: end))
        #expect(table.headerLine == 2)
        #expect(table.rows.map(\.line) == [3, 7])
        #expect(table.rows.map(\.fields) == [["1", "x\(end)y"], ["2", "z"]])
    }

    @Test(
        "TAB-6: the delimiter is the one that the header line uses most",
        arguments: [
            ("a,b,c\n1,2,3", DelimitedTable.Delimiter.comma), ("a\tb,c\td\n1\t2\t3", .tab),
            ("a;b;\"c,,,,\"\n1;2;3", .semicolon), ("\n\nbarcode\n1", .comma),
        ])
    func delimiters(_ text: String, _ delimiter: DelimitedTable.Delimiter) throws {
        let table = try parse(text)
        #expect(table.delimiter == delimiter)
        #expect(table.rows.count == 1)
    }

    @Test("TAB-7: spaces around a cell are trimmed, also ideographic ones, but not inside quotes")
    func trimming() throws {
        let table = try parse("a,b,c\n \u{3000}张 三\u{A0}\u{3000} ,\t\" x \" \u{3000},\u{3000}\n")
        #expect(table.rows.map(\.fields) == [["张 三", " x ", ""]])
    }

    @Test("TAB-7: an empty tab-separated cell stays a cell")
    func emptyTabCells() throws {
        #expect(try parse("a\tb\tc\n1\t\t3\n").rows.map(\.fields) == [["1", "", "3"]])
    }

    @Test("TAB-18: a cell of more than 32 KiB is a fault of its row, and the others are read")
    func longCells() throws {
        let long = String(repeating: "x", count: 32 << 10)
        let table = try parse("a,b\n1,\(long)\n2,\(long)x\n3,\"\(long)\"\n")
        #expect(table.rows.map(\.line) == [2, 4])
        #expect(table.faults == [TableFault(.tooLongCell, at: .character(line: 3, column: 3))])
    }

    @Test(
        "TAB-8: rows that are too short, too long or badly quoted are left out, each with a fault")
    func rowFaults() throws {
        let table = try parse("a,b\n1\n1,2\n1,2,3\n张三,\"x\"y,\n5,6\n")
        #expect(table.rows.map(\.line) == [3, 6])
        #expect(
            table.faults == [
                TableFault(.tooFewFields(found: 1, expected: 2), at: .line(2)),
                TableFault(.tooManyFields(found: 3, expected: 2), at: .line(4)),
                TableFault(.textAfterQuote, at: .character(line: 5, column: 7)),
            ])
    }

    @Test(
        "TAB-9: an empty file and a quote that is never closed end the reading",
        arguments: [
            ("", TableFault(.empty, at: .line(1))), (" \n\n,,\n", TableFault(.empty, at: .line(1))),
            ("a\n张, \"x\n\n", TableFault(.unclosedQuote, at: .character(line: 2, column: 4))),
        ])
    func fatal(_ text: String, _ fault: TableFault) {
        #expect(throws: fault) { try parse(text) }
    }

    @Test("TAB-10: header columns without a name or with the name of another are faults")
    func headerFaults() throws {
        let table = try parse("name,, Name \n1,2,3\n")
        #expect(
            table.faults == [
                TableFault(.unnamedColumn, at: .column(line: 1, number: 2)),
                TableFault(.doubledColumn(first: 1), at: .column(line: 1, number: 3)),
            ])
    }

    @Test("TAB-11: no fault repeats a cell")
    func silence() throws {
        let table = try parse("a,b\nsecret\nsecret,secret,secret\n\"x\"secret,2\n")
        #expect(table.faults.count == 3)
        for fault in table.faults { #expect(!fault.description.contains("secret")) }
    }

    @Test("TAB-12: any cells that are written are read back as they were")
    func roundTrip() throws {
        var random = Seeded(4180, for: "TAB-12")
        let alphabet: [Character] = [
            "a", "张", ",", ";", "\t", "\"", "\n", "\r\n", " ", "\u{3000}", "'", "=", "𠀀",
        ]
        for _ in 0..<500 {
            let width = Int.random(in: 1...5, using: &random)
            let header = (0..<width).map { "column \($0)" }
            let rows = (0..<5).map { _ in
                ["x"] + (1..<width + 1).dropLast().map { _ in random.text(of: alphabet, upTo: 8) }
            }
            var writer = DelimitedWriter(
                guardsFormulas: false, isMarked: Bool.random(using: &random))
            for row in [header] + rows { writer.row(row) }
            let table = try DelimitedTable.parse(TextDecoding.decode(writer.bytes))
            #expect(table.header == header)
            #expect(table.rows.map(\.fields) == rows)
        }
    }

    @Test("TAB-8: any text at all is read or refused, and every row has the header's width")
    func anyText() {
        var random = Seeded(8, for: "TAB-8")
        let alphabet: [Character] = ["a", ",", "\"", "\n", "\r", " ", "\u{3000}", "张"]
        for _ in 0..<3_000 {
            let text = random.text(of: alphabet, upTo: 30)
            guard let table = try? parse(text) else { continue }
            #expect(table.rows.allSatisfy { $0.fields.count == table.header.count })
            #expect(table.rows.map(\.line) == table.rows.map(\.line).sorted())
        }
    }
}
