import LabDomain
import LabTables
import Testing

@testable import LabInstruments

@Suite("Instruments' files: words and headings of other languages and versions")
struct DialectTests {
    @Test(
        "IMP-23: a CFX table says none in the words of its languages",
        arguments: [
            "NeuN", "n. d.", "не число", "Non Numérique", "NA", "#N/A", "--", "未检出",
            "Undetermined", "NaN", "N/A",
        ])
    func none(_ word: String) throws {
        let file = try LostResultTests.read("Well,Fluor,Target,Cq\nA1,FAM,N,\(word)\n")
        #expect(file.wells.map(\.cq) == [nil] && !file.wells[0].isMissing)
    }

    @Test(
        "IMP-15: the Cq of a CFX table is found under each of its headings",
        arguments: ["Cq", "Ct", "C(t)", "Threshold Cycle (C(t))"])
    func cfxHeading(_ heading: String) throws {
        let file = try LostResultTests.read("Well,Fluor,Target,\(heading)\nA1,FAM,N,24.5\n")
        #expect(file.format == .cfxTable && file.wells.map(\.cq) == [24.5])
    }

    @Test("IMP-15: the columns of a LightCycler 480 that nobody knows are named in a warning")
    func lightCycler() throws {
        let english = "Include\tColor\tPos\tName\tCq\tStatus\nFalse\t1\tA1\ts1\t24.5\t\n"
        let known = try LostResultTests.read(english)
        #expect(known.format == .lightCycler480 && known.wells.map(\.excluded) == [true])
        #expect(!known.warnings.contains { $0.words.contains("not understood") })
        let french = english.replacing("Include", with: "Inclure").replacing("Name", with: "Nom")
        let strange = try LostResultTests.read(french)
        #expect(strange.wells.map(\.cq) == [24.5])
        #expect(strange.warnings.contains { $0.words.contains("not understood: Inclure, Nom") })
    }

    @Test("IMP-16: a LightCycler 96 call that nobody edited is the instrument's")
    func editedCall() throws {
        let text = """
            Position\tGene Name\tCq\tCall\tEdited Call\tX
            A1\tN\t24\tPositive\t\t
            A2\tN\t24\tPositive\tNegative\t

            """
        #expect(try LostResultTests.read(text).wells.map(\.called) == ["Positive", "Negative"])
    }

    @Test("IMP-20: letters with accents are not read as Chinese, and Chinese is")
    func accents() throws {
        let text = "Well,Fluor,Target,Sample,Cq\nA1,FAM,N,M@ller,24\nA2,FAM,N,Gr##e,25\n"
        let western = text.utf8.map { $0 == 0x40 ? 0xFC : $0 == 0x23 ? 0xDF : $0 }
        let one = try InstrumentFile.read(western.filter { $0 != 0xDF } + [])
        #expect(one.wells.map(\.sample) == ["Müller", "Gre"])
        #expect(one.warnings.contains { $0.words.contains("Windows-1252") })
        // 样本 in GB 18030.
        let chinese: [UInt8] = [0xD1, 0xF9, 0xB1, 0xBE]
        let two = try InstrumentFile.read(
            text.utf8.flatMap { $0 == 0x40 ? chinese : $0 == 0x23 ? [] : [$0] })
        #expect(two.wells.first?.sample == "M样本ller")
    }

    @Test("IMP-17: a plate of 384 is known by wells that have both number and name")
    func pairs() throws {
        let rows = (1...24).map { "\($0)\tA\($0)\tN\t24\t\n" }.joined()
        let text = "[Results]\nWell\tWell Position\tTarget Name\tCT\tX\n" + rows
        #expect(try LostResultTests.read(text).wells.last?.well.description == "A24")
    }

    @Test("READ-9: curves between tabs may have decimal commas; a heading of numbers is none")
    func curveTables() throws {
        let table = try CurveTable.read(Array("cycle\ta\n1\t0,5\n2\t0,75\n".utf8))
        #expect(table.curves.map(\.curve.fluorescence) == [[0.5, 0.75]])
        for text in ["cycle,a\n1,0.5\n2,1e308\n", "1,0.5\n2,0.7\n3,0.8\n"] {
            #expect(throws: CurveTableFaults.self) { try CurveTable.read(Array(text.utf8)) }
        }
    }
}
