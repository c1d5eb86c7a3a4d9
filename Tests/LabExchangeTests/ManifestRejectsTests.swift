import LabDomain
import LabTables
import Testing

@testable import LabExchange

@Suite struct ManifestRejectsTests {
    static let heading = "tube,kind,unit,collected_at,name,document_number,telephone\n"

    func rejects(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        let checked = ManifestFile.check(bytes, rules: TextSamples.rules)
        return ManifestFile.rejects(bytes, faults: checked.faults, heldBack: checked.heldBack)
    }

    @Test("IMP-8: faulty lines come back with fault and advice, and whole tubes with them")
    func faultyLines() throws {
        let bytes = rejects(
            Self.heading
                + "9000000007,10:1,甲,2021-07-30 08:15,张三,103212194603210332,+86 13800000001\n"
                + "9000000007,10:1,甲,2021-07-30 08:15,李四,162169194502078338,x\n"
                + "9000000008,1:1,甲,2021-07-30 08:15,王五,162169194502078339,\n")
        #expect(bytes.starts(with: TextSamples.mark))
        let table = try DelimitedTable.parse(try TextDecoding.decode(bytes))
        #expect(table.header.suffix(3) == ["telephone", "fault", "what_to_do"])
        #expect(table.rows.map { $0.fields[4] } == ["张三", "李四"])
        #expect(table.rows.first?.fields[7] == "another line of this tube has a fault")
        #expect(
            table.rows.last?.fields[7]
                == "document_number: the check character of the resident number does not fit; "
                + "telephone: the telephone number is not one")
        #expect(
            table.rows.last?.fields[8]
                == "read the number again from the card; "
                + "write 5 to 20 digits, with + and - if needed"
        )
    }

    @Test("IMP-8: a mended file is handed in as it is, and its tube is taken whole")
    func mended() throws {
        let bytes = rejects(
            Self.heading
                + "9000000007,10:1,甲,2021-07-30 08:15,张三,103212194603210332,+86 13800000001\n"
                + "9000000007,10:1,甲,2021-07-30 08:15,李四,162169194502078338,\n")
        let mended = String(decoding: bytes, as: UTF8.self)
            .replacing("162169194502078338", with: "162169194502078339")
        let checked = ManifestFile.check(Array(mended.utf8), rules: TextSamples.rules)
        #expect(checked.faults.isEmpty)
        #expect(checked.tubes.map { $0.people.map(\.name) } == [["张三", "李四"]])
        #expect(checked.tubes.first?.people.first?.telephone == "+86 13800000001")
        // Handed in unmended it comes back with the two columns once, not twice.
        let again = try DelimitedTable.parse(
            try TextDecoding.decode(rejects(String(decoding: bytes.dropFirst(3), as: UTF8.self))))
        #expect(again.header.count == 9)
    }

    @Test("IMP-8: a line whose cells cannot be told apart comes back as it was written")
    func wrongWidth() throws {
        let bytes = rejects(Self.heading + "9000000007,10:1,甲\n9000000008,\"1\":1,a,b,c,d,e\n")
        let table = try DelimitedTable.parse(try TextDecoding.decode(bytes))
        let written = ["9000000007,10:1,甲", "9000000008,\"1\":1,a,b,c,d,e"]
        #expect(table.rows.map { $0.fields[0] } == written)
        #expect(table.rows.allSatisfy { $0.fields.count == 9 && !$0.fields[7].isEmpty })
    }

    @Test("IMP-8: a file that is no table comes back as its fault alone")
    func noTable() throws {
        let table = try DelimitedTable.parse(try TextDecoding.decode(rejects("tube\n\"1")))
        #expect(table.header == ["fault", "what_to_do"])
        #expect(table.rows.count == 1)
    }
}
