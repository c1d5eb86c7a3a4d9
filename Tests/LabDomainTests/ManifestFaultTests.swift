import LabDomain
import Testing

@Suite("What can be wrong with a line of a manifest")
struct ManifestFaultTests {
    struct Case: CustomTestStringConvertible {
        let code: ManifestFault.Code
        let column: ManifestColumn
        var cells: [ManifestColumn: String]
        var inEnvironment = false

        init(
            _ code: ManifestFault.Code, _ column: ManifestColumn, _ cell: String,
            with others: [ManifestColumn: String] = [:], inEnvironment: Bool = false
        ) {
            (self.code, self.column, self.inEnvironment) = (code, column, inEnvironment)
            cells = others.merging([column: cell]) { $1 }
        }

        var testDescription: String { "\(code.rawValue) \(cells[column]?.prefix(20) ?? "")" }
    }

    static let oneLine = [
        Case(.barcodeMissing, .tube, ""), Case(.barcodeMissing, .tube, " \u{3000}"),
        Case(.barcodeCharacter, .tube, "T1_345"), Case(.barcodeFormat, .tube, "T1234"),
        Case(.barcodeCheck, .tube, "6901234567890"),
        Case(.kindUnknown, .kind, ""), Case(.kindUnknown, .kind, "3:1"),
        Case(.ratioNotAllowed, .kind, "20:1"), Case(.ratioNotAllowed, .kind, "20合1"),
        Case(.personInEnvironment, .name, "Ann", inEnvironment: true),
        Case(.personInEnvironment, .documentNumber, "ZZ123456", inEnvironment: true),
        Case(.placeMissing, .place, "", inEnvironment: true),
        Case(.placeMissing, .place, "\t", inEnvironment: true),
        Case(.nameMissing, .name, ""), Case(.nameMissing, .name, " \u{A0}\u{3000}"),
        Case(.textUnfit, .name, "An\u{7}n"), Case(.textUnfit, .name, "An\u{85}n"),
        Case(.textUnfit, .name, "An\u{FFFF}n"), Case(.textUnfit, .name, "An\u{2028}n"),
        Case(.textUnfit, .unit, String(repeating: "甲", count: 201)),
        Case(.textUnfit, .address, "a" + String(repeating: "\u{301}", count: 70_000)),
        Case(.textUnfit, .site, "a\nb"), Case(.textUnfit, .box, "a\u{7F}"),
        Case(.textUnfit, .place, "a\u{0}"),
        Case(.documentType, .documentType, "badge"),
        Case(.documentMissing, .documentNumber, ""), Case(.documentMissing, .documentNumber, " "),
        Case(.documentNumber, .documentNumber, "1101051949123100"),
        Case(.documentNumber, .documentNumber, "110105491231002"),
        Case(.documentNumber, .documentNumber, "A1", with: [.documentType: "passport"]),
        Case(.documentNumber, .documentNumber, String(repeating: "9", count: 10_000)),
        Case(.documentCheck, .documentNumber, "110105194912310020"),
        Case(
            .documentCheck, .documentNumber, "911111111111111111",
            with: [.documentType: "foreign-residence-permit"]),
        Case(.documentDate, .documentNumber, "110105194902300020"),
        Case(.documentDate, .documentNumber, "110105209912310020"),
        Case(.sexUnknown, .sex, "2"), Case(.contradicts, .birthDate, "1901-01-01"),
        Case(.birthDate, .birthDate, "7 May 1988"), Case(.birthDate, .birthDate, "2021-07-31"),
        Case(.birthDate, .birthDate, "2021-02-29"),
        Case(.telephone, .telephone, "1234"), Case(.telephone, .telephone, "１２３４５６"),
        Case(.telephone, .telephone, "12345" + String(repeating: "-", count: 70_000)),
        Case(.telephone, .telephone, "123456789012345678901"),
        Case(.unitMissing, .unit, ""), Case(.unitMissing, .unit, "  "),
        Case(.collectedAt, .collectedAt, ""), Case(.collectedAt, .collectedAt, "this morning"),
        Case(.collectedInFuture, .collectedAt, "2021-07-30 12:06"),
        Case(.collectedInFuture, .collectedAt, "9999-12-31 23:59"),
        Case(.riskUnknown, .risk, "purple"), Case(.riskUnknown, .risk, "0"),
    ]

    @Test("COL-3: each fault is told with its line and column", arguments: Self.oneLine)
    func place(_ wanted: Case) throws {
        let row =
            wanted.inEnvironment
            ? try ManifestSamples.environment(7, wanted.cells)
            : try ManifestSamples.row(7, wanted.cells)
        let checked = ManifestSamples.check([row])
        #expect(checked.faults.map(FoundFault.init) == [.init(7, wanted.column, wanted.code)])
        #expect(checked.faults.first?.column == wanted.column.rawValue + 1)
        #expect(checked.tubes.isEmpty)
        #expect(checked.heldBack.isEmpty)
    }

    @Test("COL-3: no fault repeats what stands in a cell", arguments: Self.oneLine)
    func silence(_ wanted: Case) throws {
        let known: [ManifestColumn: String] = [.name: "Zhao Yifan", .telephone: "102-7777"]
        let cells = known.merging(wanted.cells) { $1 }
        let checked = ManifestSamples.check([try ManifestSamples.row(7, cells)])
        for fault in checked.faults {
            let words = fault.message + fault.remedy
            #expect(!fault.message.isEmpty && !fault.remedy.isEmpty)
            for cell in cells.values where cell.utf8.count > 5 { #expect(!words.contains(cell)) }
        }
    }

    @Test("COL-3: every fault of a line is told, and columns are those of the file")
    func several() throws {
        let cells: [ManifestColumn: String] = [
            .tube: "", .kind: "x", .unit: "", .collectedAt: "x", .risk: "x", .name: "",
            .documentNumber: "", .sex: "x", .birthDate: "x", .telephone: "x",
        ]
        var columns = ManifestSamples.allColumns.map { $0.map { 16 - $0 } }
        columns[ManifestColumn.sex.rawValue] = nil
        let checked = ManifestSamples.check([try ManifestSamples.row(3, cells)], columns: columns)
        #expect(Set(checked.faults.map(\.heading)) == Set(cells.keys.map(\.heading)))
        for fault in checked.faults {
            let column = ManifestColumn.allCases.first { $0.heading == fault.heading }
            #expect(fault.column == column.flatMap { columns[$0.rawValue] })
        }
        #expect(
            checked.faults.map { $0.column ?? 0 } == checked.faults.map { $0.column ?? 0 }.sorted())
    }

    @Test(
        "ACT-4: a line of another unit or site is faulty for those who have one, besides the rest")
    func otherUnitOrSite() throws {
        let rows = [
            try ManifestSamples.row(2),
            try ManifestSamples.row(
                3, [.tube: ManifestSamples.barcode(2), .unit: "Station 2", .site: ""]),
            try ManifestSamples.row(
                4, [.tube: ManifestSamples.barcode(3), .unit: "", .site: "gate 2", .kind: "x"]),
        ]
        func faults(_ scope: Scope) -> [FoundFault] {
            let all = ManifestSamples.rules
            let rules = ManifestRules(
                formats: all.formats, zone: all.zone, now: all.now, mixedRatios: all.mixedRatios,
                scope: scope)
            return ManifestSamples.check(rows, rules: rules).faults.map(FoundFault.init)
        }
        let always = [FoundFault(4, .kind, .kindUnknown), FoundFault(4, .unit, .unitMissing)]
        #expect(faults(.laboratory) == always)
        #expect(faults(.unit("Station 1")) == [FoundFault(3, .unit, .otherUnit)] + always)
        #expect(
            faults(.site("Gate 2")) == [FoundFault(3, .site, .otherSite)] + always
                + [FoundFault(4, .site, .otherSite)])
    }

    @Test("COL-9: a line of the environment is never asked for a person, whatever else is wrong")
    func environmentWithoutBarcode() throws {
        let row = try ManifestSamples.environment(2, [.tube: "", .collectedAt: "x"])
        let codes = ManifestSamples.check([row]).faults.map(\.code)
        #expect(codes == [.barcodeMissing, .collectedAt])
    }

    @Test("COL-3: every code is reached here, but for those that files and the store give")
    func allCodes() {
        let here = Set(Self.oneLine.map(\.code))
        let ofSeveralLines: Set<ManifestFault.Code> = [
            .tubeDisagrees, .tubeFull, .tubeSecondPerson, .personTwice, .personOtherName,
        ]
        // Whose lines they are is asked in a test of its own; a barcode registered before is
        // known to the store; rows and headings to the file reader.
        let elsewhere: Set<ManifestFault.Code> = [
            .barcodeRegistered, .otherUnit, .otherSite, .row, .column,
        ]
        #expect(here.union(ofSeveralLines).union(elsewhere) == Set(ManifestFault.Code.allCases))
        #expect(here.isDisjoint(with: elsewhere))
    }
}
