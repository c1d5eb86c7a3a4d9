import LabDomain
import Testing

@Suite("Wells")
struct WellPositionTests {
    @Test(
        "PLATE-4: a well is read with or without a zero, in small letters and full width",
        arguments: [
            ("A1", 0, 0), ("A01", 0, 0), ("a1", 0, 0), (" H12 ", 7, 11), ("P24", 15, 23),
            ("Ｂ３", 1, 2), ("p09", 15, 8),
        ])
    func reads(_ text: String, row: Int, column: Int) {
        #expect(WellPosition(text: text) == WellPosition(row: row, column: column))
    }

    @Test(
        "PLATE-4: what is no well of a 384-well plate is not read as one",
        arguments: [
            "", "A", "1", "1A", "A0", "A00", "A25", "A99", "A001", "Q1", "@1", "AA1", "A-1", "A1.0",
            "A 1", "A１２３", "Ä1", "A٣", "ß1", "A1\u{301}", "A99999999999999999999",
        ])
    func refuses(_ text: String) {
        #expect(WellPosition(text: text) == nil)
    }

    @Test("PLATE-4: every well of a plate survives its text", arguments: PlateFormat.allCases)
    func roundTrip(_ format: PlateFormat) {
        #expect(format.positions.count == format.rawValue)
        #expect(Set(format.positions).count == format.rawValue)
        #expect(format.positions == format.positions.sorted())
        for well in format.positions {
            #expect(WellPosition(text: well.description) == well)
            #expect(format.contains(well))
        }
    }

    @Test("PLATE-4: a well beyond the plate's edge is not on it")
    func beyond() {
        for (row, column) in [(8, 0), (0, 12), (-1, 0), (0, -1), (15, 23)] {
            #expect(!PlateFormat.wells96.contains(WellPosition(row: row, column: column)))
        }
        #expect(PlateFormat.wells384.contains(WellPosition(row: 15, column: 23)))
    }
}
