import LabDomain
import Testing

@Suite("Manifests: tubes come whole or not at all")
struct ManifestTests {
    private typealias Sample = ManifestSamples

    private func codes(_ checked: CheckedManifest) -> [FoundFault] {
        checked.faults.map(FoundFault.init)
    }

    @Test("COL-1: a good manifest gives its tubes with their people, in the order of the file")
    func good() throws {
        let checked = Sample.check([
            try Sample.mixed(2, tube: 1, [.collectedAt: "2021-07-30 08:20"]),
            try Sample.row(3, [.tube: " t10002 ", .kind: "单采", .risk: "KEY"]),
            try Sample.mixed(4, tube: 1, [.kind: "10合1", .tube: "ｔ10001"]),
            try Sample.environment(5, tube: 3),
            try Sample.mixed(6, tube: 1, [.collectedAt: "2021-07-30 08:30"]),
        ])
        #expect(checked.faults.isEmpty && checked.heldBack.isEmpty)
        #expect(checked.tubes.map(\.id.text) == ["T10001", "T10002", "T10003"])
        #expect(checked.tubes.map(\.kind) == [.mixed, .single, .environmental])
        #expect(checked.tubes.map(\.lines) == [[2, 4, 6], [3], [5]])
        #expect(
            checked.tubes.map { $0.people.map(\.name) } == [
                ["Person 2", "Person 4", "Person 6"], ["Person 3"], [],
            ])
        #expect(checked.tubes.map(\.risk) == [.low, .key, .low])
        #expect(checked.tubes.first?.collectedAt == Zone.china.instant(from: "2021-07-30 08:15"))
        #expect(checked.tubes.last?.place == "door handle")
    }

    @Test("COL-1: one faulty line holds its whole tube back, wherever it stands", arguments: 2...5)
    func heldBack(faulty: Int) throws {
        let rows = try (2...5).map { line in
            try Sample.mixed(line, line == faulty ? [.telephone: "x"] : [:])
        }
        let checked = Sample.check(rows + [try Sample.row(6, [.tube: Sample.barcode(2)])])
        #expect(codes(checked) == [.init(faulty, .telephone, .telephone)])
        #expect(checked.heldBack == (2...5).filter { $0 != faulty })
        #expect(checked.tubes.map(\.id.text) == [Sample.barcode(2)])
    }

    @Test(
        "COL-1: a line that cannot be placed spoils the tube that it names, before or after",
        arguments: [ManifestColumn.kind, .collectedAt], [2, 3, 4])
    func unread(_ column: ManifestColumn, faulty: Int) throws {
        let rows = try (2...4).map { line in
            try Sample.mixed(line, line == faulty ? [column: "x", .tube: " t10001"] : [:])
        }
        let checked = Sample.check(rows)
        #expect(checked.tubes.isEmpty)
        #expect(checked.faults.map(\.line) == [faulty])
        #expect(checked.heldBack == (2...4).filter { $0 != faulty })
    }

    @Test("COL-1: no rows, no tubes")
    func empty() {
        let checked = Sample.check([])
        #expect(checked.tubes.isEmpty && checked.faults.isEmpty && checked.heldBack.isEmpty)
    }

    @Test(
        "COL-4: the person beyond the tube's ratio is named", arguments: [("5:1", 5), ("10:1", 10)])
    func overfull(_ kind: String, capacity: Int) throws {
        let lines = 2...(capacity + 3)
        let checked = Sample.check(try lines.map { try Sample.mixed($0, kind: kind) })
        #expect(
            codes(checked) == [
                .init(capacity + 2, .tube, .tubeFull), .init(capacity + 3, .tube, .tubeFull),
            ])
        #expect(checked.heldBack == Array(2...(capacity + 1)))
        let full = Sample.check(try lines.dropLast(2).map { try Sample.mixed($0, kind: kind) })
        #expect(full.tubes.map(\.people.count) == [capacity])
    }

    @Test("COL-4: a second line for a tube of one specimen is a barcode used twice")
    func second() throws {
        let people = Sample.check([try Sample.row(2), try Sample.row(3)])
        #expect(codes(people) == [.init(3, .tube, .tubeSecondPerson)])
        #expect(people.heldBack == [2])
        let places = Sample.check([try Sample.environment(2), try Sample.environment(3)])
        #expect(codes(places) == [.init(3, .tube, .tubeSecondPerson)])
        let unread = Sample.check([try Sample.row(2, [.kind: "x"]), try Sample.row(3)])
        #expect(
            codes(unread) == [.init(2, .kind, .kindUnknown), .init(3, .tube, .tubeSecondPerson)])
    }

    @Test("COL-4: a person cannot be twice in one tube, but in two tubes")
    func twice() throws {
        let same = Sample.check([
            try Sample.mixed(2, person: 1), try Sample.mixed(3, person: 2),
            try Sample.mixed(4, person: 1),
        ])
        #expect(codes(same) == [.init(4, .documentNumber, .personTwice)])
        #expect(same.heldBack == [2, 3])
        let two = Sample.check([
            try Sample.mixed(2, tube: 1, person: 1), try Sample.mixed(3, tube: 2, person: 1),
        ])
        #expect(two.faults.isEmpty)
        #expect(two.tubes.count == 2)
    }

    @Test("COL-4: a person who shows two cards with one number is one person")
    func twoCards() throws {
        let number = try IdentityDocument(
            type: .hongKongMacaoPermit,
            number: ResidentNumber(
                area: 810_000, birthDate: CalendarDay(daysSinceEpoch: 1), sequence: 5
            ).text
        ).number
        let checked = Sample.check([
            try Sample.mixed(2, [.documentNumber: number], ),
            try Sample.mixed(
                3, person: 2,
                [.documentNumber: number, .documentType: "hong-kong-macao-permit"]),
        ])
        #expect(codes(checked) == [.init(3, .documentNumber, .personTwice)])
    }

    @Test(
        "COL-5: lines of one tube agree about kind, unit, site, box and risk",
        arguments: [
            (.kind, "5:1"), (.kind, "1:1"), (.unit, "Station 9"), (.site, "Gate 9"), (.box, "B9"),
            (.risk, "high"),
        ] as [(ManifestColumn, String)])
    func disagree(_ column: ManifestColumn, _ cell: String) throws {
        let checked = Sample.check([
            try Sample.mixed(2), try Sample.mixed(3, tube: 2), try Sample.mixed(4, [column: cell]),
        ])
        #expect(codes(checked) == [.init(4, column, .tubeDisagrees)])
        #expect(checked.heldBack == [2])
        #expect(checked.tubes.map(\.id.text) == [Sample.barcode(2)])
    }

    @Test("COL-6: a document belongs to one name, that of its first line")
    func names() throws {
        let rows = try [(2, "Li Lei"), (3, "Han Mei"), (4, "Han Mei"), (5, "Li Lei")].map {
            try Sample.row($0.0, [.tube: Sample.barcode($0.0), .name: $0.1], person: 1)
        }
        let checked = Sample.check(rows)
        #expect(
            codes(checked) == [
                .init(3, .name, .personOtherName), .init(4, .name, .personOtherName),
            ])
        #expect(checked.tubes.map(\.id.text) == [Sample.barcode(2), Sample.barcode(5)])
    }

    @Test("COL-7: a desk's clock may be five minutes fast, and no more")
    func future() throws {
        let times = ["2021-07-30 12:05", "2021-07-30 12:05:01", "2021-07-30T04:05:00Z"]
        let found = try times.map { time in
            ManifestSamples.check([try Sample.row(2, [.collectedAt: time])]).faults.map(\.code)
        }
        #expect(found == [[], [.collectedInFuture], []])
    }

    @Test("COL-8: sex and birth date come from a resident number where the cells are empty")
    func fromNumber() throws {
        let row = try Sample.row(2, [.sex: "", .birthDate: ""], person: 4)
        let person = try #require(Sample.check([row]).tubes.first?.people.first)
        #expect(person.sex == .female)
        #expect(person.birthDate == CalendarDay(daysSinceEpoch: 0))
    }

    @Test("COL-8: a cell that contradicts the resident number beside it is a fault")
    func contradiction() throws {
        let row = try Sample.row(2, [.sex: "男", .birthDate: "1950-01-01"], person: 4)
        let checked = Sample.check([row])
        #expect(checked.faults.map(\.code) == [.contradicts, .contradicts])
        #expect(checked.tubes.isEmpty)
        let agreeing = try Sample.row(2, [.sex: "女", .birthDate: "1970-01-01"], person: 4)
        #expect(Sample.check([agreeing]).faults.isEmpty)
    }

    @Test("COL-8: sex, birth date, telephone, site, box, risk and document type may be left out")
    func optional() throws {
        let left: [ManifestColumn] = [
            .sex, .birthDate, .telephone, .site, .box, .risk, .documentType,
        ]
        let row = try Sample.row(2, Dictionary(uniqueKeysWithValues: left.map { ($0, " ") }))
        let checked = Sample.check([row])
        #expect(checked.faults.isEmpty)
        #expect(checked.tubes.first?.risk == .low)
        #expect(checked.tubes.first?.people.first?.document.type == .residentID)
    }
}
