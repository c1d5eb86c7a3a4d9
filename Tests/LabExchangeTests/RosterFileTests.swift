import LabDomain
import LabPooling
import LabTables
import Testing

@testable import LabExchange

@Suite("Rosters")
struct RosterFileTests {
    static let chinese =
        "风险等级,户号,采样点,姓名,序号,单位\n中,1,东门,张三,1,一号楼\n低风险,1,,李四,2,一号楼\n,1,,王五,3,二号楼\n"

    @Test("COLL-8: columns are found by their headings in either language, and may be left out")
    func headings() throws {
        let roster = try RosterFile.read(Array(Self.chinese.utf8))
        #expect(roster.people.map(\.code) == ["1", "2", "3"])
        #expect(roster.people.map(\.name) == ["张三", "李四", "王五"])
        #expect(roster.people.map(\.risk) == [.medium, .low, .low])
        #expect(roster.units == ["一号楼", "二号楼"])
        // Without a site people are swabbed at their unit.
        #expect(roster.people.map { roster.sites[$0.site] } == ["东门", "一号楼", "二号楼"])
        // Household 1 of one building is not household 1 of the next.
        #expect(roster.people.map(\.household) == [0, 0, 1])
        let least = try RosterFile.read(Array("unit,Person\nA,x\nA,y\n".utf8))
        #expect(least.people.map(\.household) == [nil, nil])
        #expect(least.people.allSatisfy { $0.risk == .low && $0.name.isEmpty })
    }

    @Test("COLL-8: GBK and UTF-8 with a mark read as the same roster")
    func encodings() throws {
        // "单位,序号" and "一,1" in GBK.
        let gbk: [UInt8] = [
            0xB5, 0xA5, 0xCE, 0xBB, 0x2C, 0xD0, 0xF2, 0xBA, 0xC5, 0x0A, 0xD2, 0xBB, 0x2C, 0x31,
        ]
        let marked = [0xEF, 0xBB, 0xBF] + Array("单位,序号\n一,1".utf8)
        for bytes in [gbk, marked] {
            let roster = try RosterFile.read(bytes)
            #expect(roster.units == ["一"])
            #expect(roster.people.map(\.code) == ["1"])
        }
    }

    @Test("COLL-9: every fault is told with line and column, and no cell is repeated")
    func faults() throws {
        let text =
            "person,unit,risk,name\n"
            + "7701,A,low,x\n7701,,lo77,y\n,A,,\n7703,A\n7704,\" \",,a\u{7}77\n"
        let error = try #require(throws: RosterFaults.self) {
            try RosterFile.read(Array(text.utf8))
        }
        let short = TableFault(.tooFewFields(found: 2, expected: 4), at: .line(5))
        let expected: [RosterFault] = [
            RosterFault(line: 3, column: 1, heading: .person, .personTwice(firstLine: 2)),
            RosterFault(line: 3, column: 2, heading: .unit, .unitMissing),
            RosterFault(line: 3, column: 3, heading: .risk, .riskUnknown),
            RosterFault(line: 4, column: 1, heading: .person, .personMissing),
            RosterFault(line: 5, .table(short)),
            RosterFault(line: 6, column: 2, heading: .unit, .unitMissing),
            RosterFault(line: 6, column: 4, heading: .name, .textUnfit),
        ]
        #expect(error.faults == expected)
        for fault in error.faults {
            #expect(!fault.words.what.isEmpty && !fault.words.remedy.isEmpty, "\(fault.kind)")
            #expect(!(fault.words.what + fault.words.remedy).contains("77"))
        }
    }

    @Test(
        "COLL-9: a file that is no roster is refused",
        arguments: [
            ("", "column", 1), ("person,unit\n", "row", 1), ("person,name\n1,x\n", "column", 1),
            ("person,unit,telephone\n1,A,5\n", "column", 1), ("person,unit\n1,\"A", "row", 2),
            ("person,unit\n1,A\n2,\u{0}", "encoding", 3),
        ])
    func refused(_ text: String, _ code: String, _ line: Int) throws {
        let error = try #require(throws: RosterFaults.self) {
            try RosterFile.read(Array(text.utf8))
        }
        #expect(error.faults.map(\.code) == [code])
        #expect(error.faults.map(\.line) == [line])
        #expect(error.faults.allSatisfy { !$0.words.what.isEmpty })
    }

    @Test("COLL-5: the written lists hold everybody once, in a table that is read back")
    func written() throws {
        let roster = try RosterFile.read(Array(Self.chinese.utf8))
        let rules = CollectionRules(
            largest: [.low: .ten, .medium: .one], prevalence: [.low: 0.001, .medium: 0.001])
        let planner = CollectionPlanner(
            rules: rules, mixedRatios: [.ten], model: .independent, callBackLimit: 0.05,
            sparePerCent: 0)
        let bytes = TubeLists.write(try planner.plan(roster), of: roster)
        let table = try DelimitedTable.parse(try TextDecoding.decode(bytes))
        #expect(table.header.count == 10)
        #expect(
            table.rows.map(\.fields) == [
                ["东门", "1", "1", "1:1", "1", "1", "张三", "一号楼", "1", "medium"],
                ["一号楼", "1", "1", "1:1", "1", "2", "李四", "一号楼", "1", "low"],
                ["二号楼", "1", "1", "1:1", "1", "3", "王五", "二号楼", "1", "low"],
            ])
    }
}
