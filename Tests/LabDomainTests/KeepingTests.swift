import LabDomain
import LabStatistics
import Testing

@Suite("What is kept can be read again")
struct KeepingTests {
    @Test(
        "KEEP-1: bytes are written in base64 as RFC 4648, section 10, has them",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ])
    func vectors(_ text: String, _ base64: String) {
        let bytes = Bytes(Array(text.utf8))
        #expect(bytes.base64 == base64)
        #expect(Bytes(base64: base64) == bytes)
    }

    @Test("KEEP-1: any bytes survive base64", arguments: [1, 64])
    func roundTrip(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for length in 0..<300 {
            let bytes = Bytes((0..<length).map { _ in UInt8(random.index(below: 256)) })
            #expect(Bytes(base64: bytes.base64) == bytes)
            #expect(bytes.base64.utf8.count == (length + 2) / 3 * 4)
        }
    }

    @Test(
        "KEEP-2: what is not padded base64 is refused",
        arguments: [
            "Z", "Zg", "Zg=", "Z===", "====", "=Zg=", "Zg==Zg==", "Zm9v\n", "Zm-v", "Zm_v", "Zm9é",
            "Zm 9", "Z=g=",
        ])
    func notBase64(_ text: String) {
        #expect(Bytes(base64: text) == nil)
    }

    @Test("KEEP-3: a person's details survive being packed", arguments: [7, 77, 777])
    func packed(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let person = try details(using: &random)
            let read = try #require(PersonDetails(packed: person.packed))
            #expect(read == person)
        }
    }

    @Test("KEEP-3: the longest texts that a manifest may hold survive being packed")
    func longest() throws {
        let text = String(repeating: "\u{20000}", count: 200)
        let person = PersonDetails(
            name: text, document: try IdentityDocument(type: .passport, number: "ZZ123456"),
            sex: .unknown, birthDate: nil, telephone: String(repeating: "1", count: 40),
            address: text)
        #expect(PersonDetails(packed: person.packed) == person)
    }

    @Test("KEEP-3: no document number grows by marks upon its characters")
    func marks() {
        let number = "A" + String(repeating: "\u{301}", count: 70_000)
        #expect(number.count == 1)
        #expect(throws: DocumentFault.length(found: 70_001)) {
            try IdentityDocument(type: .other, number: number)
        }
    }

    @Test("KEEP-4: bytes that are something else are nobody", arguments: [9, 99])
    func damaged(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let bytes = try details(using: &random).packed
        #expect(PersonDetails(packed: []) == nil)
        #expect(PersonDetails(packed: [2] + bytes.dropFirst()) == nil)
        #expect(PersonDetails(packed: bytes + [0]) == nil)
        #expect(PersonDetails(packed: bytes + [0, 0]) == nil)
        for end in bytes.indices { #expect(PersonDetails(packed: Array(bytes[..<end])) == nil) }
        // Chance bytes must not end the program, whatever lengths they claim.
        for _ in 0..<2_000 {
            let noise = (0..<random.index(below: 60)).map { _ in UInt8(random.index(below: 256)) }
            #expect(PersonDetails(packed: [1] + noise) == nil)
        }
    }

    private func details(using random: inout SeededGenerator) throws -> PersonDetails {
        let letters = Array("王小Zé'- \u{20BB7}·1\u{301}").map(String.init)
        func text(_ most: Int, _ random: inout SeededGenerator) -> String {
            (0..<random.index(below: most + 1)).map { _ in
                letters[random.index(below: letters.count)]
            }
            .joined()
        }
        let born = CalendarDay(daysSinceEpoch: random.whole(in: -20_000...18_000))
        let document =
            random.bernoulli(0.5)
            ? try IdentityDocument(
                type: .residentID,
                number: ResidentNumber(
                    area: 600_203, birthDate: born, sequence: random.index(below: 1_000)
                ).text)
            : try IdentityDocument(
                type: .passport, number: "ZZ" + String(random.whole(in: 1_000...99_999_999)))
        return PersonDetails(
            name: text(60, &random), document: document,
            sex: Sex.allCases[random.index(below: 3)],
            birthDate: random.bernoulli(0.5) ? born : nil,
            telephone: String(random.whole(in: 10_000...99_999_999)), address: text(200, &random))
    }
}
