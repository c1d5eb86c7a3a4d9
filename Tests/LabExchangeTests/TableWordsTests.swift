import LabDomain
import LabExchange
import LabTables
import Testing

@Suite("The words of faulty tables")
struct TableWordsTests {
    @Test("WORDS-6: the words of a faulty table are those of its reader")
    func tables() {
        let kinds: [TableFault.Kind] = [
            .empty, .unclosedQuote, .textAfterQuote, .tooLongCell,
            .tooFewFields(found: 1, expected: 2), .tooManyFields(found: 3, expected: 2),
            .unnamedColumn, .doubledColumn(first: 1),
            .unknownColumn(nearest: "tube"), .unknownColumn(nearest: nil),
            .missingColumn(name: "tube", nearest: 2), .missingColumn(name: "tube", nearest: nil),
        ]
        let places: [TableFault.Place] = [
            .line(3), .character(line: 3, column: 4), .column(line: 3, number: 5),
        ]
        for fault in kinds.flatMap({ kind in places.map { TableFault(kind, at: $0) } }) {
            #expect(fault.wordsWithPlace.text == fault.description)
        }
        for bytes: [UInt8] in [
            [0x41, 0xFF, 0xFF], [0x41, 0], Array("汉汉汉汉".utf8) + [0xE6],
            [0xFF, 0xFE, 0x41],
        ] {
            do throws(EncodingFault) {
                _ = try TextDecoding.decode(bytes)
                Issue.record("\(bytes) is no text")
            } catch {
                #expect(error.wordsWithPlace.text == error.description)
            }
        }
    }
}
