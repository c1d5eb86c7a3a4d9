import LabDomain
import LabStatistics
import Testing

@Suite("Barcodes")
struct BarcodeTests {
    static let formats = [
        BarcodeFormat(
            supplier: "labels", prefix: "SW", length: 12, alphabet: .alphanumeric,
            check: .mod37Thirtysix),
        BarcodeFormat(
            supplier: "printed", prefix: "69", length: 13, alphabet: .digits, check: .luhn),
        BarcodeFormat(
            supplier: "eleven", prefix: "", length: 10, alphabet: .digits, check: .mod11Two),
        BarcodeFormat(supplier: "plain", prefix: "T", length: 6, alphabet: .digits, check: .none),
    ]

    static func read(_ scan: String) throws(BarcodeFault) -> String {
        try BarcodeFormat.read(scan, under: formats).text
    }

    /// The body with its check character of ISO 7064 MOD 37,36.
    static func labelled(_ body: String) -> String {
        let check = CheckCharacter.mod37Thirtysix.compute(over: body.utf8) ?? 0
        return body + String(Unicode.Scalar(check))
    }

    @Test(
        "BAR-1: case, blanks around a code and full-width characters do not matter",
        arguments: [
            "T12345", "t12345", " T12345", "T12345\r\n", "\tT12345\u{A0}", "\u{3000}T12345",
            "Ｔ１２３４５", "ｔ12345", "\u{FEFF}T12345\u{200B}",
        ])
    func normalises(_ scan: String) throws {
        #expect(try Self.read(scan) == "T12345")
    }

    @Test(
        "BAR-1: nothing else is repaired: no inner blank, no letter of another alphabet",
        arguments: [
            "T12 345", "T12\u{200B}345", "T12345\u{0}", "Т12345", "T1234５\u{301}", "T12345é",
            "SWß", "ſW1", "T1234٥", "T12345;", "*T12345*",
        ])
    func repairsNothing(_ scan: String) {
        #expect(throws: BarcodeFault.character) { try Self.read(scan) }
    }

    @Test("BAR-1: letters beyond ASCII keep their case, so that none becomes two others")
    func sharpS() {
        #expect(normalised("ß") == "ß")
        #expect(normalised("ﬁ") == "ﬁ")
        #expect(normalised(" 甲一 b1 ") == "甲一 B1")
    }

    @Test(
        "BAR-2: a code is read under the first supplier whose prefix, length and check it has",
        arguments: [
            (Self.labelled("SW2107300AZ"), true), ("6901234567892", true),
            ("6901234567893", false), ("000000006X", false), ("0000000011", false),
            ("T00000", true), ("T0000A", false), ("U00000", false),
        ])
    func formats(_ code: String, isRead: Bool) {
        #expect((try? Self.read(code)) == (isRead ? code : nil))
    }

    @Test("BAR-2: the check character of MOD 11-2 may be an X, and nothing before it")
    func trailingX() throws {
        let codes = try (0..<500).map { number in
            let body = String(100_000_000 + number)
            let check = try #require(CheckCharacter.mod11Two.compute(over: body.utf8))
            return body + String(Unicode.Scalar(check))
        }
        for code in codes { #expect(try Self.read(code) == code) }
        #expect(codes.contains { $0.hasSuffix("X") })
        #expect(throws: BarcodeFault.noSuchFormat(length: 10)) { try Self.read("10000X0001") }
    }

    @Test(
        "BAR-3: the first failing check is the one reported",
        arguments: [
            ("", .empty), ("  \u{3000}\n", .empty), ("T1_345", .character), ("条码", .character),
            ("-", .noSuchFormat(length: 1)), ("T1234", .noSuchFormat(length: 5)),
            ("T123456", .noSuchFormat(length: 7)), ("X12345", .noSuchFormat(length: 6)),
            ("SW0000000000", .checkCharacter(supplier: "labels")),
            ("6901234567890", .checkCharacter(supplier: "printed")),
        ] as [(String, BarcodeFault)])
    func refuses(_ scan: String, because fault: BarcodeFault) {
        #expect(throws: fault) { try Self.read(scan) }
    }

    @Test("BAR-3: without formats, and however long the scan, a reason is given")
    func noFormats() {
        #expect(throws: BarcodeFault.noSuchFormat(length: 6)) {
            try BarcodeFormat.read("T12345", under: [])
        }
        let long = String(repeating: "9", count: 100_000)
        #expect(throws: BarcodeFault.noSuchFormat(length: 100_000)) { try Self.read(long) }
    }

    @Test("BAR-3: the check that failed is that of the first supplier with this form")
    func twoSuppliers() throws {
        let second = BarcodeFormat(
            supplier: "again", prefix: "", length: 13, alphabet: .digits, check: .none)
        let both = Self.formats + [second]
        #expect(try BarcodeFormat.read("6901234567890", under: both).text == "6901234567890")
        #expect(throws: BarcodeFault.checkCharacter(supplier: "printed")) {
            try BarcodeFormat.read("6901234567890", under: Self.formats)
        }
    }

    @Test("BAR-4: one wrong character in a checked code is always noticed", arguments: [3, 33])
    func slips(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let letters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        for _ in 0..<200 {
            let body = "SW" + String((0..<9).map { _ in letters[random.index(below: 36)] })
            let label = Array(Self.labelled(body))
            let digits = Array(
                Self.luhn("69" + String(random.whole(in: 1_000_000_000...1_999_999_999))))
            for (code, alphabet) in [(label, letters), (digits, Array(letters.prefix(10)))] {
                #expect(throws: Never.self) { try Self.read(String(code)) }
                var slip = code
                let place = 2 + random.index(below: code.count - 2)
                slip[place] = alphabet[random.index(below: alphabet.count)]
                guard slip[place] != code[place] else { continue }
                #expect(throws: BarcodeFault.self, "\(String(slip))") {
                    try Self.read(String(slip))
                }
            }
        }
    }

    /// The body with the digit that makes Luhn's sum a multiple of ten (ISO/IEC 7812-1, annex B).
    private static func luhn(_ body: String) -> String {
        let sum = body.reversed().enumerated().reduce(0) { sum, place in
            let digit = place.element.wholeNumberValue ?? 0
            let weighed = place.offset.isMultiple(of: 2) ? digit * 2 : digit
            return sum + weighed / 10 + weighed % 10
        }
        return body + String((10 - sum % 10) % 10)
    }
}
