import LabDomain
import LabOperations
import LabTables
import Testing

@Suite("Results for sending units")
struct UnitFeedbackTests {
    /// A day of two units with every state, and a name that a spreadsheet would run.
    private func day() throws -> Bench {
        var bench = try Bench()
        var formula = bench.row(tube: 1, kind: "1:1", person: 1)
        formula[.name] = "=HYPERLINK(\"x\")"
        try bench.perform(
            bench.manifest(
                [formula, bench.row(tube: 2, kind: "environment", person: 0, place: "Gate")]
                    + (3...5).map { bench.row(tube: 3, kind: "5:1", person: $0) }
                    + [bench.row(tube: 6, kind: "1:1", person: 6)]
                    + [bench.row(tube: 7, kind: "1:1", person: 7, unit: "Unit 2")]))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        try bench.perform(RejectTube(scan: Bench.barcode(6), reason: .leaking))
        let found = Bench.barcode(3)
        for plate in try bench.test(cqs: { $0 == found ? Bench.positive : Bench.negative }) {
            try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        }
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        bench.now = bench.now.advanced(by: .hours(30))
        try bench.perform(
            bench.manifest([bench.row(tube: 8, kind: "1:1", person: 8, box: "B8")]))
        return bench
    }

    @Test("CERT-8: a unit is told of each of its people and places, and of nobody else's")
    func own() throws {
        let bench = try day()
        let feedback = try bench.laboratory.feedback(
            of: nil, on: nil, as: Bench.sendingUnit, at: bench.now)
        #expect(feedback.unit == "Unit 1")
        #expect(
            feedback.rows.map(\.state) == [
                .result, .result, .calledBack, .calledBack, .calledBack, .calledBack, .waiting,
            ])
        #expect(!feedback.rows.contains { $0.tube.text == Bench.barcode(7) })
        #expect(feedback.rows[1].name == "Gate" && feedback.rows[1].document.isEmpty)
        #expect(feedback.rows[2].outcome == nil)
        let all = try bench.laboratory.feedback(
            of: "Unit 2", on: nil, as: Bench.supervisor, at: bench.now)
        #expect(all.rows.map(\.tube.text) == [Bench.barcode(7)])
        for (unit, handle) in [
            ("Unit 2", Bench.sendingUnit), ("Unit 9", Bench.supervisor),
            ("Unit 1", Bench.technician),
        ] {
            #expect(throws: Refusal.self) {
                try bench.laboratory.feedback(of: unit, on: nil, as: handle, at: bench.now)
            }
        }
    }

    @Test("CERT-8: a day begins and ends in the laboratory's zone")
    func days() throws {
        let bench = try day()
        func rows(_ day: String) throws -> Int {
            try bench.laboratory.feedback(
                of: "Unit 1", on: CalendarDay(text: day), as: Bench.supervisor, at: bench.now
            ).rows.count
        }
        #expect(try rows("2021-08-03") == 6)
        #expect(try rows("2021-08-04") == 1)
        #expect(try rows("2021-08-02") == 0)
    }

    @Test("CERT-9: the file runs no formula, shows no whole number, and speaks both languages")
    func file() throws {
        let bench = try day()
        let feedback = try bench.laboratory.feedback(
            of: "Unit 1", on: nil, as: Bench.supervisor, at: bench.now)
        for language in Language.allCases {
            let csv = try FeedbackTable(language, zone: feedback.zone).csv(feedback)
            let text = String(decoding: csv, as: UTF8.self)
            #expect(text.contains("'=HYPERLINK"))
            #expect(!text.contains(Bench.number(of: 1)))
            #expect(text.contains(String(Bench.number(of: 1).suffix(4))))
            let table = try DelimitedTable.parse(try TextDecoding.decode(csv))
            #expect(table.faults.isEmpty && table.rows.count == feedback.rows.count)
            let isChinese = text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
            #expect(isChinese == (language == .chinese))
        }
    }
}
