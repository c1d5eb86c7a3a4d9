import LabDomain
import LabStatistics
import ReferenceFiles
import Testing

@Suite("Resident numbers and other documents")
struct ResidentNumberTests {
    static let vectors = "people/id_number_vectors.csv"
    static let prefixes = "people/gb2260_province_prefixes.csv"
    static let example = "11010519491231002X"

    @Test(
        "ID-6: all 50 reference numbers get their verdict, reason, birth date and sex",
        .needs(reference: vectors))
    func referenceVectors() throws {
        let rows = try Reference.rows(Self.vectors).dropFirst()
        #expect(rows.count == 50)
        for row in rows {
            let (text, reason) = (row[0], row[2])
            switch fault(of: text) {
            case nil:
                let number = try ResidentNumber(parsing: text)
                #expect(row[1] == "valid", "\(text)")
                #expect(number.birthDate.description == row[3], "\(text)")
                #expect(number.sex.rawValue == row[4], "\(text)")
            case .length?: #expect(reason == "length", "\(text)")
            case .birthDate?: #expect(reason.hasPrefix("date"), "\(text)")
            case .checkCharacter?: #expect(reason == "check digit", "\(text)")
            case let other?: Issue.record("\(text): \(other)")
            }
        }
    }

    @Test(
        "ID-7: the first failing check is the one reported",
        arguments: [
            ("110105194912310", .formOf1989),
            ("11010519491231002", .length(found: 17)),
            ("", .length(found: 0)),
            ("A1010519491331002X", .character(position: 1)),
            ("1101051949123１0é2X", .character(position: 16)),
            ("1101051949123100X2", .character(position: 17)),
            ("100105194902300020", .area),
            ("110105194902300020", .birthDate),
            ("110105205001010020", .birthInFuture),
            ("110105194912310020", .checkCharacter),
        ] as [(String, ResidentNumberFault)])
    func refuses(_ text: String, because fault: ResidentNumberFault) throws {
        let today = try #require(CalendarDay(year: 2021, month: 7, day: 30))
        #expect(throws: fault) {
            try ResidentNumber(parsing: text, mode: .assignedArea, today: today)
        }
    }

    @Test(
        "ID-8: white space around it, full-width characters and a small x are taken as meant",
        arguments: [" 11010519491231002x\n", "１１０１０５１９４９１２３１００２Ｘ", "\u{3000}11010519491231002ｘ"])
    func normalises(_ typed: String) throws {
        #expect(try ResidentNumber(parsing: typed).text == Self.example)
    }

    @Test(
        "ID-8: nothing else is repaired",
        arguments: ["110105 19491231002X", "110105-19491231002X"])
    func repairsNothing(_ typed: String) {
        #expect(fault(of: typed) == .length(found: 19))
    }

    @Test(
        "ID-9: an area is looked up only when asked for, against the list of GB/T 2260",
        .needs(reference: prefixes))
    func areas() throws {
        let born = try #require(CalendarDay(year: 1949, month: 12, day: 31))
        for row in try Reference.rows(Self.prefixes).dropFirst() {
            let prefix = try #require(Int(row[0]))
            let text = try ResidentNumber(area: prefix * 10_000 + 105, birthDate: born, sequence: 2)
                .text
            let found = fault(of: text, mode: .assignedArea)
            #expect((found == nil) == (row[1] == "assigned"), "\(row[0])")
        }
    }

    @Test("ID-10: a person may be born today, not tomorrow, and in any year before")
    func birthDates() throws {
        let today = try #require(CalendarDay(year: 2021, month: 7, day: 30))
        let tomorrow = CalendarDay(daysSinceEpoch: today.daysSinceEpoch + 1)
        let child = try ResidentNumber(area: 600_203, birthDate: today, sequence: 1).text
        let unborn = try ResidentNumber(area: 600_203, birthDate: tomorrow, sequence: 1).text
        #expect(fault(of: child, today: today) == nil)
        #expect(fault(of: unborn, today: today) == .birthInFuture)
        #expect(fault(of: unborn) == nil)
        #expect(fault(of: "440524188001010014", today: today) == nil)
    }

    @Test("ID-11: a resident number survives its text, and no description shows it")
    func hidden() throws {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<500 {
            let born = CalendarDay(daysSinceEpoch: random.whole(in: -25_000...18_000))
            let number = try ResidentNumber(
                area: random.index(below: 1_000_000), birthDate: born,
                sequence: random.index(below: 1_000))
            #expect(try ResidentNumber(parsing: number.text) == number)
            #expect(number.birthDate == born)
        }
        let number = try ResidentNumber(parsing: Self.example)
        let document = try IdentityDocument(type: .residentID, number: Self.example)
        for text in ["\(number)", "\(document)", String(reflecting: [document])] {
            #expect(!text.contains("1949"))
        }
    }

    @Test("ID-12: days count as the calendar does, both ways, from year 1 to 9999")
    func calendar() throws {
        #expect(CalendarDay(daysSinceEpoch: 0).description == "1970-01-01")
        #expect(CalendarDay(year: 2000, month: 3, day: 1)?.daysSinceEpoch == 11_017)
        #expect(CalendarDay(year: 1, month: 1, day: 1)?.daysSinceEpoch == -719_162)
        var day = try #require(CalendarDay(year: 1_895, month: 12, day: 31))
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        for count in (day.daysSinceEpoch + 1)...(day.daysSinceEpoch + 80_000) {
            let next = CalendarDay(daysSinceEpoch: count)
            let isLeap =
                day.year.isMultiple(of: 4) && !day.year.isMultiple(of: 100)
                || day.year.isMultiple(of: 400)
            let length = lengths[day.month - 1] + (day.month == 2 && isLeap ? 1 : 0)
            let ends = day.day == length
            #expect(next.day == (ends ? 1 : day.day + 1) && next > day)
            #expect(next.month == (ends ? day.month % 12 + 1 : day.month))
            #expect(next.year == (ends && day.month == 12 ? day.year + 1 : day.year))
            #expect(next.daysSinceEpoch == count)
            #expect(CalendarDay(text: next.description) == next)
            day = next
        }
    }

    @Test(
        "ID-12: a day that does not exist cannot be written",
        arguments: [
            (2023, 2, 29), (1900, 2, 29), (2021, 4, 31), (2021, 13, 1), (2021, 0, 1), (2021, 1, 0),
            (0, 1, 1), (10_000, 1, 1), (2021, 1, 32),
        ])
    func noSuchDay(_ year: Int, _ month: Int, _ day: Int) {
        #expect(CalendarDay(year: year, month: month, day: day) == nil)
        #expect(CalendarDay(text: "\(year)-\(month)-\(day)") == nil)
    }

    private func fault(
        of text: String, mode: ResidentNumber.Mode = .anyArea, today: CalendarDay? = nil
    ) -> ResidentNumberFault? {
        do throws(ResidentNumberFault) {
            _ = try ResidentNumber(parsing: text, mode: mode, today: today)
            return nil
        } catch {
            return error
        }
    }
}

@Suite("Identity documents")
struct IdentityDocumentTests {
    @Test(
        "ID-13: each document has its own form",
        arguments: [
            (.residentID, "11010519491231002x"), (.passport, "zz1234567"), (.passport, "Ｇ1234"),
            (.hongKongMacaoPermit, "H12345678"), (.hongKongMacaoPermit, "m1234567801"),
            (.taiwanPermit, "12345678"), (.foreignResidencePermit, "USA110012345678"),
            (.birthCertificate, "Z360000001"), (.other, "军字第 12 号"),
        ] as [(DocumentType, String)])
    func accepts(_ type: DocumentType, _ number: String) throws {
        let document = try IdentityDocument(type: type, number: number)
        #expect(document.type == type)
        let again = try IdentityDocument(type: type, number: document.number)
        #expect(again == document && again.canonical == document.canonical)
    }

    @Test(
        "ID-14: the first failing check of a document is the one reported",
        arguments: [
            (.passport, "  ", .empty),
            (.passport, "ZZ12", .length(found: 4)),
            (.passport, "ZZ-12345", .form),
            (.residentID, "110105194912310", .resident(.formOf1989)),
            (.residentID, "110105194912310020", .resident(.checkCharacter)),
            (.hongKongMacaoPermit, "H1234567", .length(found: 8)),
            (.hongKongMacaoPermit, "T12345678", .form),
            (.hongKongMacaoPermit, "11010519491231002X", .form),
            (.taiwanPermit, "1234567A", .form),
            (.foreignResidencePermit, "US1110012345678", .form),
            (.foreignResidencePermit, "811840199001010017", .form),
            (.foreignResidencePermit, "911840199001010010", .checkCharacter),
            (.birthCertificate, "Z36", .length(found: 3)),
            (.other, "a\u{7}b", .form),
            (.other, String(repeating: "9", count: 41), .length(found: 41)),
        ] as [(DocumentType, String, DocumentFault)])
    func refuses(_ type: DocumentType, _ number: String, because fault: DocumentFault) {
        #expect(throws: fault) { try IdentityDocument(type: type, number: number) }
    }

    @Test("ID-15: residence permits keep to their first digits and tell birth date and sex")
    func permits() throws {
        let born = try #require(CalendarDay(year: 1990, month: 1, day: 1))
        for (type, areas) in [
            (DocumentType.hongKongMacaoPermit, [810_000, 820_000]), (.taiwanPermit, [830_000]),
        ] {
            for area in areas {
                let text = try ResidentNumber(area: area, birthDate: born, sequence: 12).text
                let permit = try IdentityDocument(type: type, number: text)
                #expect(permit.residentNumber?.birthDate == born)
                #expect(permit.residentNumber?.sex == .female)
            }
        }
        let foreign = try ResidentNumber(area: 911_840, birthDate: born, sequence: 11).text
        let card = try IdentityDocument(type: .foreignResidencePermit, number: foreign)
        #expect(card.residentNumber == nil)
    }

    @Test("ID-16: one number makes one text for the index, whichever card the desk picked")
    func canonical() throws {
        let born = try #require(CalendarDay(year: 1990, month: 1, day: 1))
        let text = try ResidentNumber(area: 810_000, birthDate: born, sequence: 1).text
        let card = try IdentityDocument(type: .residentID, number: text)
        let permit = try IdentityDocument(type: .hongKongMacaoPermit, number: text)
        #expect(card.canonical == permit.canonical)
        let passport = try IdentityDocument(type: .passport, number: "ab1234567")
        let other = try IdentityDocument(type: .other, number: "ab1234567")
        #expect(passport.canonical == "passport:AB1234567")
        #expect(passport.canonical != other.canonical)
    }
}
