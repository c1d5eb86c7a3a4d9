import LabDomain
import LabStatistics
import Testing

@Suite("Check characters of ISO 7064")
struct CheckCharacterTests {
    static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)

    @Test(
        "ID-1: published examples carry the check character that is printed on them",
        arguments: [
            (CheckCharacter.mod11Two, "079X"), (.mod11Two, "0794"),
            (.mod11Two, "11010519491231002X"), (.mod11Two, "440524188001010014"),
            (.mod37Thirtysix, "A12425GABC1234002M"),
        ])
    func published(_ system: CheckCharacter, _ text: String) {
        let isExample = text != "0794"
        #expect(system.verifies(Array(text.utf8)) == isExample)
        let body = text.utf8.dropLast()
        #expect((system.compute(over: body) == text.utf8.last) == isExample)
    }

    @Test("ID-2: MOD 11-2 shows every wrong character and every swap of neighbours")
    func pureSystem() throws {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<500 {
            let body = (0..<17).map { _ in UInt8(48 + random.index(below: 10)) }
            let whole = body + [try #require(CheckCharacter.mod11Two.compute(over: body))]
            #expect(CheckCharacter.mod11Two.verifies(whole))
            for slip in substitutions(of: whole, from: Array("0123456789X".utf8)) {
                #expect(!CheckCharacter.mod11Two.verifies(slip))
            }
            for slip in swaps(in: whole) {
                #expect(!CheckCharacter.mod11Two.verifies(slip))
            }
        }
    }

    @Test("ID-3: MOD 37,36 shows every wrong character")
    func hybridSubstitutions() throws {
        var random = SeededGenerator(seed: 37)
        for _ in 0..<100 {
            let body = (0..<12).map { _ in Self.alphabet[random.index(below: 36)] }
            let whole = body + [try #require(CheckCharacter.mod37Thirtysix.compute(over: body))]
            #expect(CheckCharacter.mod37Thirtysix.verifies(whole))
            for slip in substitutions(of: whole, from: Self.alphabet) {
                #expect(!CheckCharacter.mod37Thirtysix.verifies(slip))
            }
        }
    }

    // The first character takes the state to each of its 36 values once, so these are all cases.
    // A swap of a and b hides only where (P + a) and (P + b) are 18 and 19: 72 of 36 · 36 · 35.
    @Test("ID-4: MOD 37,36 hides one swap in 630, always of neighbours in the alphabet")
    func hybridSwaps() {
        let system = CheckCharacter.mod37Thirtysix
        var hidden = 0
        var all = 0
        for first in Self.alphabet {
            for (a, one) in Self.alphabet.enumerated() {
                for (b, other) in Self.alphabet.enumerated() where a != b {
                    all += 1
                    let unseen =
                        system.compute(over: [first, one, other])
                        == system.compute(over: [first, other, one])
                    guard unseen else { continue }
                    hidden += 1
                    #expect((a - b + 36) % 36 == 1 || (b - a + 36) % 36 == 1)
                }
            }
        }
        #expect(all == 36 * 36 * 35)
        #expect(hidden == 72)
    }

    @Test("ID-4: a swap with the check character itself hides no more often")
    func hybridSwapAtTheEnd() throws {
        var hidden = 0
        for a in Self.alphabet {
            for b in Self.alphabet {
                let check = try #require(CheckCharacter.mod37Thirtysix.compute(over: [a, b]))
                guard check != b else { continue }
                if CheckCharacter.mod37Thirtysix.verifies([a, check, b]) { hidden += 1 }
            }
        }
        #expect(hidden <= 2)
    }

    @Test(
        "ID-5: what is not of the alphabet has no check character and verifies nothing",
        arguments: CheckCharacter.allCases, ["", "7", "12-4", "a123", "1２3", "1X34", "*"])
    func foreignBytes(_ system: CheckCharacter, _ text: String) {
        let isPlain = system == .mod37Thirtysix && text == "1X34" || text == "7"
        #expect((system.compute(over: text.utf8) != nil) == isPlain)
        #expect(text == "1X34" || !system.verifies(Array(text.utf8)))
    }

    private func substitutions(of whole: [UInt8], from alphabet: [UInt8]) -> [[UInt8]] {
        whole.indices.flatMap { place in
            alphabet.filter { $0 != whole[place] }.map { byte in
                var slip = whole
                slip[place] = byte
                return slip
            }
        }
    }

    private func swaps(in whole: [UInt8]) -> [[UInt8]] {
        whole.indices.dropLast().filter { whole[$0] != whole[$0 + 1] }.map { place in
            var slip = whole
            slip.swapAt(place, place + 1)
            return slip
        }
    }
}
