import LabDomain
import LabStatistics
import LabTables
import Testing

@testable import LabInstruments

@Suite struct RunFileTests {
    static let heading = "plate,well,target,cq\n"

    @Test("IMP-12: a run is read with the line of each reading")
    func run() throws {
        let run = try RunFile.read(
            Array((Self.heading + "p-1,A1,ORF1ab,24.31\n\nP-1,a01,N,25\nP-1,P24,N,Negative\n").utf8)
        )
        #expect(run.plate == PlateID("P-1"))
        #expect(run.readings.map(\.well.description) == ["A1", "A1", "P24"])
        #expect(run.readings.map(\.target) == ["ORF1ab", "N", "N"])
        #expect(run.readings.map(\.cq) == [Cq(24.31), Cq(25), nil])
        #expect(run.lines == [2, 4, 5])
    }

    @Test(
        "IMP-12: the instruments' words for no crossing are understood",
        arguments: ["Undetermined", "NEGATIVE", "No Cq", "no ct", "NaN"])
    func noCrossing(_ word: String) throws {
        let run = try RunFile.read(Array((Self.heading + "P1,A1,N,\(word)\n").utf8))
        let first = WellPosition(row: 0, column: 0)
        #expect(run.readings == [Reading(well: first, target: "N", cq: nil)])
    }

    @Test("IMP-13: every fault is listed with its line and column, and nothing is read")
    func faults() throws {
        let text =
            "\u{FEFF}Plate,WELL,target,Ct\nP1,A1,N,1\nQ9,A0,N,1\n"
            + "P1,Q1,,tardy\n,B1,N,100.1\nP1,A25,N\n"
        let error = try #require(throws: RunFileFaults.self) {
            try RunFile.read(Array(text.utf8))
        }
        let expected: [RunFileFault] = [
            RunFileFault(line: 3, column: 1, .otherPlate), RunFileFault(line: 3, column: 2, .well),
            RunFileFault(line: 4, column: 2, .well), RunFileFault(line: 4, column: 3, .empty),
            RunFileFault(line: 4, column: 4, .notNumber), RunFileFault(line: 5, column: 1, .empty),
            RunFileFault(line: 5, column: 4, .outOfRange),
            RunFileFault(
                line: 6, .table(TableFault(.tooFewFields(found: 3, expected: 4), at: .line(6)))),
        ]
        #expect(error.faults == expected)
        #expect(!error.description.contains("tardy") && !error.description.contains("Q9"))
    }

    @Test(
        "IMP-13: neither a word nor a strange number passes for a Cq",
        arguments: [
            "inf", "-inf", "0x1F", "2e1", "1.2.3", "1 2", "+24", "٢٤", "24,5,1", "..", ".",
            "1,000.5", "-24", "100.01", "1000", "", "0", "0.00", "n/a", "-",
        ])
    func strange(_ cell: String) throws {
        var writer = DelimitedWriter(guardsFormulas: false)
        writer.row(["plate", "well", "target", "cq"])
        writer.row(["P1", "A1", "N", cell])
        #expect(throws: RunFileFaults.self) { try RunFile.read(writer.bytes) }
    }

    @Test("IMP-14: a decimal comma is refused with advice, quoted or not")
    func decimalComma() throws {
        for (text, advice) in [
            ("plate;well;target;cq\nP1;A1;N;24,5\n", "24.5, not 24,5"),
            ("plate,well,target,cq\nP1,A1,N,\"24,5\"\n", "24.5, not 24,5"),
            ("plate,well,target,cq\nP1,A1,N,24,5\n", "write decimals with a point, 24.5"),
        ] {
            let error = try #require(throws: RunFileFaults.self) {
                try RunFile.read(Array(text.utf8))
            }
            #expect(error.faults.count == 1)
            #expect(error.description.hasSuffix(advice))
        }
    }

    @Test(
        "IMP-13: a file that is no run is refused",
        arguments: [
            "", "plate,well,target,cq\n", "plate,well,cq\nP1,A1,1\n",
            "plate,well,target,cq,cq\nP1,A1,N,1,1\n", "plate,well,target,cq,note\nP1,A1,N,1,x\n",
            "plate,well,target,\"cq\n",
        ])
    func refused(_ text: String) throws {
        let error = try #require(throws: RunFileFaults.self) {
            try RunFile.read(Array(text.utf8))
        }
        #expect(error.faults.map(\.line) == [1])
    }

    @Test(
        "IMP-12: a written run is read back, whatever the targets are called",
        arguments: UInt64(1)...20)
    func roundTrip(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var readings: [Reading] = []
        var writer = DelimitedWriter(guardsFormulas: false)
        writer.row(["plate", "well", "target", "cq"])
        for well in PlateFormat.wells384.positions.prefix(100) {
            let target = "T" + TextSamples.cell(using: &random) + "."
            let hundredths = Int.random(in: 0...10_000, using: &random)
            let cq = hundredths < 2_000 ? nil : Cq(Double(hundredths) / 100)
            readings.append(Reading(well: well, target: target, cq: cq))
            writer.row(["P1", "\(well)", target, cq.map { "\($0.cycles)" } ?? "Undetermined"])
        }
        let run = try RunFile.read(writer.bytes)
        #expect(run.readings == readings, "seed \(seed)")
    }
}
