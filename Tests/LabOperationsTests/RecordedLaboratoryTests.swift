import LabOperations
import LabSimulation
import Testing

@Suite("Recorded laboratories")
struct RecordedLaboratoryTests {
    static let plates = """
        plate,priority,wells,formed,last_extraction_start,last_pcr_start,last_review_start,\
        released,repeats
        7,0,2,10,12,57,147,153,0
        8,1,1,20,,,,,0
        9,0,1,30,29,80,170,176,0
        """
    static let samples = """
        sample,parent,members,positive,tube_closed,received,reception_start,reception_end,plate
        a,,10,1,1.5,5,5,5.2,7
        b,,10,0,,6,5,6.2,7
        c,a,1,0,,300,,,
        d,,5,0,2,7,7,7.1,9
        e,d,1,0,,301,,,
        """

    private func read(_ samples: String, _ plates: String) throws -> RecordedLaboratory {
        try RecordedLaboratory(samples: Array(samples.utf8), plates: Array(plates.utf8))
    }

    @Test("FORE-3: a log is read with its gaps; rows that cannot be right are left out and named")
    func reads() throws {
        let found = try read(Self.samples, Self.plates)
        #expect(found.log.plates.count == 2 && found.log.plates[1].extraction == .infinity)
        #expect(found.log.tubes.map(\.isSingle) == [false, true, false])
        #expect(found.log.tubes[0].closed == 1.5 && found.log.tubes[0].plate == 0)
        #expect(found.log.tubes[1].parent == 0 && found.log.tubes[1].received == 300)
        #expect(
            found.odd == [
                .init(table: "plates", line: 4, reason: .outOfOrder),
                .init(table: "samples", line: 3, reason: .outOfOrder),
                .init(table: "samples", line: 5, reason: .plateLeftOut),
                .init(table: "samples", line: 6, reason: .poolLeftOut),
            ])
        let years = Self.plates.replacing("147,153", with: "147,3678400")
        #expect(try read(Self.samples, years).odd.first?.reason == .tooLong)
    }

    @Test("FORE-3: what cannot be read is refused with every line, and nothing is computed")
    func refuses() throws {
        let wrong = Self.samples.replacing("1.5,5,5", with: "1.5,x,5")
            .replacing("7,7,7.1,9", with: "7,7,7.1,99")
        let refusal = try #require(throws: Refusal.self) { try read(wrong, Self.plates) }
        #expect(refusal.places.map(\.line) == [2, 5])
        for samples in ["", "sample,parent\n1,2\n", Self.samples + "\na,,1,0,,1,,,"] {
            #expect(throws: Refusal.self) { try read(samples, Self.plates) }
        }
        #expect(throws: Refusal.self) {
            try RecordedLaboratory(
                samples: [0x1F, 0x8B, 8, 0, 0, 0], plates: Array(Self.plates.utf8))
        }
    }
}
