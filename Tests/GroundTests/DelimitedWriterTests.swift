import LabTables
import Testing

@Suite("Writing delimited tables")
struct DelimitedWriterTests {
    private func written(_ fields: [String], guardsFormulas: Bool = true) -> String {
        var writer = DelimitedWriter(guardsFormulas: guardsFormulas)
        writer.row(fields)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test("TAB-15: only cells that need quotes get them")
    func quoting() {
        #expect(written(["a", "b,c", "d\"e", " f", ""]) == "a,\"b,c\",\"d\"\"e\",\" f\",\r\n")
        #expect(written([""]) == "\"\"\r\n")
    }

    @Test(
        "TAB-16: a cell that a spreadsheet would run is disarmed, unless it is meant for machines")
    func formulas() {
        #expect(
            written(["=1+1", "+8", "-8", "@x", "\tx", "a=b"])
                == "'=1+1,'+8,'-8,'@x,\"'\tx\",a=b\r\n")
        #expect(written(["=1+1", "-8"], guardsFormulas: false) == "=1+1,-8\r\n")
    }
}
