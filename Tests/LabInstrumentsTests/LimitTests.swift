import LabDomain
import LabStatistics
import Testing

@testable import LabInstruments

@Suite("Instruments' files: their limits, their curves, and RDML's Cq") struct LimitTests {
    static let heading = "Well,Fluor,Target,Sample,Cq\n"

    @Test("IMP-29: a file of one long cell is refused as soon as it is read")
    func longCell() throws {
        let clock = ContinuousClock()
        let begun = clock.now
        for cell in ["x", " ", "*", "\"\"", "1", "Т"] {
            let long = String(repeating: cell, count: 400_000)
            for text in [Self.heading + "A1,FAM,N,\(long),25\n", long, long + "\n" + Self.heading] {
                _ = try? InstrumentFile.read(Array(text.utf8))
            }
        }
        let long = Self.heading + "A1,FAM,N,\(String(repeating: "x", count: 40_000)),25\n"
        #expect(LostResultTests.fault(long).contains("32 KiB"))
        let fit = Self.heading + "A1,FAM,N,\(String(repeating: "x", count: 30_000)),25\n"
        #expect(LostResultTests.fault(fit) == "read")
        // A quadratic reader takes minutes.
        #expect(clock.now - begun < .seconds(60))
    }

    @Test("IMP-29: a number of more than 64 characters is none")
    func longNumber() {
        let digits = String(repeating: "1", count: 62)
        #expect(NumberText.parse("1." + digits) != nil)
        #expect(NumberText.parse("1." + digits + "1") == nil)
        #expect(LostResultTests.fault(Self.heading + "A1,FAM,N,s,2\(digits)11\n").contains("Cq"))
    }

    @Test("IMP-29: after a hundred warnings the others are counted")
    func warnings() throws {
        let row = "A1,FAM,N,s,25\n"
        let text = Self.heading + String(repeating: row, count: 351)
        let file = try LostResultTests.read(text)
        #expect(file.warnings.count == 101)
        #expect(file.warnings.last?.words.text == "250 more warnings are not shown")
    }

    @Test("IMP-22: a packed file that was cut says that it is broken or cut off")
    func cutGzip() throws {
        // gzip of "Well,Fluor,Cq\nA1,FAM,24\n", cut or with a wrong checksum.
        let packed: [UInt8] = [
            0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 1, 24, 0, 0xE7, 0xFF,
        ]
        let text = Array("Well,Fluor,Cq\nA1,FAM,24\n".utf8)
        for end in 3..<(packed.count + text.count) {
            let bytes = Array((packed + text)[..<end])
            #expect(BadFileTests.fault(bytes).contains("broken or cut off"), "\(end)")
        }
        let wrong = packed + text + [1, 2, 3, 4, 24, 0, 0, 0]
        #expect(BadFileTests.fault(wrong).contains("broken or cut off"))
    }

    @Test(
        "IMP-33: an RDML Cq that is no cycle number is refused with its element",
        arguments: ["-2", "101", "999", "0.4", "-0.5", "1e9", "INF", "-INF"])
    func strangeCq(_ cq: String) {
        let text = BadFileTests.rdml.replacing("24.5", with: cq)
        #expect(LostResultTests.fault(text).contains("/rdml/experiment/run/react/data"))
    }

    @Test(
        "IMP-33: a Cq of the cycles that were run says none, a later one and a second are refused")
    func cycles() throws {
        func text(_ cq: String) -> String {
            let points = (1...40).map { "<adp><cyc>\($0)</cyc><fluor>1</fluor></adp>" }.joined()
            return BadFileTests.rdml.replacing("<cq>24.5</cq>", with: "<cq>\(cq)</cq>" + points)
        }
        #expect(try LostResultTests.read(text("39.9")).wells.map(\.cq) == [39.9])
        #expect(try LostResultTests.read(text("40.0")).wells.map(\.cq) == [nil])
        #expect(try LostResultTests.read(text("100")).wells.map(\.cq) == [nil])
        #expect(LostResultTests.fault(text("45.5")).contains("behind the last cycle"))
        #expect(LostResultTests.fault(text("24</cq><cq>33")).contains("two Cq"))
        #expect(LostResultTests.fault(text("NaN</cq><cq>33")).contains("two Cq"))
    }

    @Test("IMP-19: a target that nobody declares is warned of")
    func stranger() throws {
        let text = BadFileTests.rdml.replacing("<target id=\"N\"/>", with: "<target id=\"S\"/>")
        let file = try LostResultTests.read(text)
        #expect(file.warnings.contains { $0.words.contains("N is declared nowhere") })
    }

    @Test("IMP-31: a curve that is missing or ends early is marked and warned of")
    func curves() throws {
        func data(_ react: Int, _ cycles: Int) -> String {
            let points = (1...45).prefix(cycles).map {
                "<adp><cyc>\($0)</cyc><fluor>\($0)</fluor></adp>"
            }
            return "<react id=\"\(react)\"><data><tar id=\"N\"/><cq>24.5</cq>\(points.joined())"
                + "</data></react>"
        }
        let cycles = [45, 45, 45, 30, 0, 44]
        let reacts = cycles.enumerated().map { data($0 + 1, $1) }.joined()
        let start = try #require(BadFileTests.rdml.firstRange(of: "<react"))
        let end = try #require(BadFileTests.rdml.firstRange(of: "</run>"))
        var text = BadFileTests.rdml
        text.replaceSubrange(start.lowerBound..<end.lowerBound, with: reacts)
        let file = try LostResultTests.read(text)
        #expect(file.wells.map(\.lacksCurve) == [false, false, false, true, true, true])
        let words = file.warnings.map(\.description)
        #expect(words.count == 3)
        #expect(words[0].contains("of N in A4 ends at cycle 30, others at 45"))
        #expect(words[1].contains("of N in A6 ends at cycle 44, others at 45"))
        #expect(words[2] == "1 readings have no curve, as others have: N in A5")
        // Without any curve none is missed.
        #expect(try !LostResultTests.read(BadFileTests.rdml).wells[0].lacksCurve)
    }
}
