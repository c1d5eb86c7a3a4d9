import LabDomain
import LabStatistics
import Testing

@testable import LabExchange

@Suite struct ManifestFileTests {
    static let english = "tube,kind,unit,collected_at,name,document_number\r\n"
    static let ann = "9000000001,1:1,第一社区,2021-07-30 08:15,张三,103212194603210332\r\n"
    static let bo = "9000000002,1:1,第一社区,2021-07-30 08:20,李四,162169194502078339\r\n"

    func check(_ text: String) -> CheckedManifest {
        ManifestFile.check(Array(text.utf8), rules: TextSamples.rules)
    }

    @Test("IMP-1: a manifest says the same in UTF-8, in UTF-8 with its mark and in GBK")
    func encodings() throws {
        let text = Self.english + Self.ann
        let utf8 = Array(text.utf8)
        for bytes in [utf8, TextSamples.mark + utf8, try TextSamples.gbk(text)] {
            let checked = ManifestFile.check(bytes, rules: TextSamples.rules)
            #expect(checked.faults.isEmpty)
            #expect(checked.tubes.map(\.unit) == ["第一社区"])
            #expect(checked.tubes.flatMap(\.people).map(\.name) == ["张三"])
        }
    }

    @Test("IMP-2: columns are found by either heading, in any order and any case")
    func headings() throws {
        let rows = [
            "姓名,证件号码, 试管编号,采样方式,采样时间,送检单位,住址",
            "NAME,Document_Number,tube,KIND,collected_at ,unit,address",
        ]
        for heading in rows {
            let row = "张三,103212194603210332,9000000001,1:1,2021-07-30 08:15,甲,乙"
            let file = try ManifestFile.read(Array("\(heading)\n\(row)\n".utf8))
            #expect(file.faults.isEmpty)
            #expect(file.rows.first?[.tube] == "9000000001")
            #expect(file.rows.first?[.address] == "乙")
            #expect(file.rows.first?[.box] == "")
            #expect(file.columns[ManifestColumn.tube.rawValue] == 3)
            #expect(file.columns[ManifestColumn.box.rawValue] == nil)
        }
    }

    @Test("IMP-3: every wrong column is listed with its number, and no tube is taken")
    func wrongColumns() {
        let checked = check(
            "tube,Tube,kind,试管编号,colected_at,,name,document_number\n1,1,1:1,1,x,x,x,x\n")
        #expect(checked.tubes.isEmpty)
        #expect(checked.faults.allSatisfy { $0.code == .column && $0.line == 1 })
        #expect(checked.faults.compactMap(\.column) == [2, 6, 4, 5])
        #expect(checked.faults.compactMap(\.heading) == ["unit", "collected_at"])
        #expect(checked.faults.last?.remedy == "name column 5 so, if it is that; or add it")
    }

    @Test("IMP-3: a file without a heading does not have its people repeated in the faults")
    func noHeading() {
        let checked = check(Self.ann + Self.bo)
        #expect(!checked.faults.isEmpty && checked.tubes.isEmpty)
        #expect(!"\(checked.faults)".contains("张三"))
    }

    @Test(
        "IMP-5: a file that is no table gives one fault with its place and nothing else",
        arguments: [
            (Array("".utf8), 1, Int?.none, ManifestFault.Code.column),
            (Array("tube,name\n\"张".utf8), 2, nil, .row),
            (Array("tube,name\n1,张三\n2,李".utf8).dropLast() + [], 3, 2, .textUnfit),
            ([0x74, 0x0A, 0x31, 0x00], 2, 1, .textUnfit),
        ])
    func noTable(_ bytes: [UInt8], _ line: Int, _ column: Int?, _ code: ManifestFault.Code) {
        let checked = ManifestFile.check(bytes, rules: TextSamples.rules)
        #expect(checked.tubes.isEmpty)
        #expect(checked.faults.count == 1)
        #expect(checked.faults.first?.line == line)
        #expect(checked.faults.first?.column == column)
        #expect(checked.faults.first?.code == code)
    }

    @Test("IMP-5: a heading without lines is a fault")
    func noRows() {
        #expect(check(Self.english).faults.map(\.code) == [.row])
    }

    @Test("IMP-4: a line of the wrong width is one fault, and the other lines are taken")
    func wrongWidth() {
        let checked = check(Self.english + Self.ann + "9000000003,1:1,甲\r\n" + Self.bo)
        #expect(checked.faults.map(\.line) == [3])
        #expect(checked.faults.first?.code == .row)
        #expect(checked.faults.first?.message == "3 cells where the heading has 6")
        #expect(checked.tubes.map(\.id.text) == ["9000000001", "9000000002"])
    }

    @Test(
        "IMP-4: a tube with a line that cannot be read is held back whole, first line or last",
        arguments: [
            "9000000007,10:1,甲,2021-07-30 08:15,王五", "9000000007,10:1,甲,x,王五,162169194502078339",
            "9000000007,10:1,甲,2021-07-30 08:15,\"王\"五,1", "甲,9000000007",
        ], [true, false])
    func spoiledTube(_ broken: String, _ isFirst: Bool) {
        let good = Self.ann.replacing("9000000001,1:1", with: "9000000007,10:1")
        let lines = isFirst ? broken + "\r\n" + good : good + broken + "\r\n"
        let checked = check(Self.english + lines + Self.bo)
        #expect(checked.faults.map(\.line) == [isFirst ? 2 : 3])
        #expect(checked.tubes.map(\.id.text) == ["9000000002"])
        #expect(checked.heldBack == [isFirst ? 3 : 2])
    }

    @Test("IMP-6: what is written is read back cell by cell", arguments: UInt64(1)...20)
    func roundTrip(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let rows = (0..<30).map { _ in
            Dictionary(
                uniqueKeysWithValues: ManifestColumn.allCases.map { column in
                    // An apostrophe before a formula is the guard's own mark and does not survive.
                    let cell = TextSamples.cell(using: &random)
                    return (column, FormulaGuard.removed(from: cell) == cell ? cell : "x" + cell)
                })
        }
        for language in ManifestFile.Language.allCases {
            let file = try ManifestFile.read(ManifestFile.write(rows, language: language))
            #expect(file.faults.isEmpty, "seed \(seed)")
            let written = rows.map { row in ManifestColumn.allCases.map { row[$0] ?? "" } }
                .map { ManifestRow(line: 0, cells: $0).cells }
                .filter { $0.contains { !$0.isEmpty } }
            let differing = zip(file.rows, written).enumerated().first { $1.0.cells != $1.1 }
            #expect(file.rows.count == written.count, "seed \(seed)")
            #expect(differing?.offset == nil, "seed \(seed)")
        }
    }

    @Test("IMP-7: the template is a good manifest of invented people")
    func template() {
        let checked = ManifestFile.check(ManifestFile.template, rules: TextSamples.rules)
        #expect(checked.faults.isEmpty)
        #expect(checked.tubes.map(\.kind) == [.single, .mixed, .environmental])
        #expect(checked.tubes.map(\.people.count) == [1, 2, 0])
        for person in checked.tubes.flatMap(\.people) where person.document.residentNumber != nil {
            #expect(throws: ResidentNumberFault.area) {
                try ResidentNumber(parsing: person.document.number, mode: .assignedArea)
            }
        }
    }

    @Test("IMP-9: ten thousand lines are read and checked as whole tubes")
    func manyLines() throws {
        let bytes = ManifestFile.write(try TextSamples.people(10_000))
        let clock = ContinuousClock()
        var checked: CheckedManifest?
        let spent = clock.measure {
            checked = ManifestFile.check(bytes, rules: TextSamples.rules)
        }
        #expect(checked?.faults == [])
        #expect(checked?.tubes.count == 1_000)
        #expect(checked?.tubes.reduce(0) { $0 + $1.people.count } == 10_000)
        // Wide enough for a build without optimisation on a busy machine; see the benchmarks.
        #expect(spent < .seconds(10))
    }
}
