import LabStatistics
import Testing

@testable import LabDomain

@Suite("Codes of certificates")
struct CertificateCodeTests {
    private func codes(_ count: Int, seed: UInt64) -> [CertificateCode] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            CertificateCode((0..<10).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
    }

    @Test("CERT-1: a code is read back however it is typed", arguments: [1, 2, 3] as [UInt64])
    func typed(seed: UInt64) throws {
        for code in codes(200, seed: seed) {
            #expect(code.text.utf8.count == 17)
            #expect(try CertificateCode(typed: code.description) == code)
            #expect(try CertificateCode(typed: " " + code.text.lowercased() + " ") == code)
            let confused =
                String(code.text.dropLast()).replacing("0", with: "o")
                .replacing("1", with: "l") + code.text.suffix(1)
            #expect(try CertificateCode(typed: confused) == code)
            #expect(CertificateCode(code.bytes) == code)
        }
    }

    @Test("CERT-1: one wrong character is noticed, and any other text is no code")
    func mistyped() {
        for code in codes(40, seed: 9) {
            let characters = Array(code.text)
            for place in 0..<16 {
                var wrong = characters
                wrong[place] = wrong[place] == "7" ? "8" : "7"
                #expect(throws: CertificateCode.Fault.checkCharacter) {
                    try CertificateCode(typed: String(wrong))
                }
            }
        }
        #expect(throws: CertificateCode.Fault.length(found: 3)) {
            try CertificateCode(typed: "ABC")
        }
        #expect(throws: CertificateCode.Fault.character) {
            try CertificateCode(typed: "ÄBCDEFGHJKMNPQRS")
        }
        #expect(throws: CertificateCode.Fault.character) {
            try CertificateCode(typed: "UUUUUUUUUUUUUUUU0")
        }
    }

    @Test("CERT-2: a claim says what it was made of, in 160 capital letters and digits at most")
    func claim() throws {
        for (number, code) in codes(50, seed: 4).enumerated() {
            let claim = CertificateClaim(
                code: code, outcome: number % 2 == 0 ? .detected : .notDetected,
                testing: CertificateClaim.Testing.allCases[number % 3],
                collectedAt: Timestamp(milliseconds: 1_627_604_100_000 + Int64(number) * 61_000),
                releasedAt: Timestamp(milliseconds: 1_627_633_000_000),
                holder: Array(code.bytes.prefix(8)))
            let signature = [UInt8](repeating: UInt8(number), count: 64)
            let text = CertificateClaim.text(claim, signature: signature)
            #expect(text.utf8.count <= 160)
            #expect(text.allSatisfy { $0.isNumber || $0.isUppercase || $0 == ":" })
            let read = try #require(CertificateClaim.read(text))
            #expect(read.claim == claim && read.signature == signature)
            #expect(CertificateClaim.read(String(text.dropLast(20)))?.signature != signature)
            #expect(CertificateClaim.read("x" + text) == nil)
        }
        #expect(CertificateClaim.read("") == nil && CertificateClaim.read("SWAB1:") == nil)
    }
}
