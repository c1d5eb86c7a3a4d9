import LabDomain
import LabStatistics
import LabStore
import Testing

@testable import LabOperations

@Suite("Looking back on a stored laboratory")
struct LookBackTests {
    /// Boxes of two units that come hours apart over three days; some are laid out, read, reviewed.
    private static func bench(seed: UInt64) throws -> (Bench, Timestamp) {
        var bench = try Bench()
        let start = bench.now
        var random = SeededGenerator(seed: seed)
        for box in 1...8 {
            let rows = (1...Int.random(in: 1...4, using: &random)).map {
                bench.row(
                    tube: box * 10 + $0, kind: "1:1", person: box * 10 + $0, risk: "high",
                    box: "B\(box)", unit: "Unit \(box % 2 + 1)")
            }
            try bench.perform(bench.manifest(rows))
            bench.wait(.minutes(Int.random(in: 10...500, using: &random)))
            try bench.perform(ReceiveBox(box: "B\(box)", scans: nil, goodOnly: false))
            guard Bool.random(using: &random) else { continue }
            bench.wait(.minutes(Int.random(in: 1...200, using: &random)))
            for plate in try bench.test(cqs: { _ in Bench.negative })
            where Bool.random(using: &random) {
                bench.wait(.minutes(Int.random(in: 1...90, using: &random)))
                try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
            }
        }
        return (bench, start)
    }

    private func text(_ report: TurnaroundReport) -> String {
        "\(report.tubes) \(report.lines) \(report.odd) \(report.rows)"
    }

    @Test("TAT-6: a look back has the figures of the report, whatever is asked", arguments: 1...4)
    func same(seed: UInt64) throws {
        let (bench, start) = try Self.bench(seed: seed)
        let ends = [(-1, 200), (5, 20), (20, 44), (13, 14)]
        for (place, split) in TurnaroundQuestion.Split.allCases.enumerated() {
            // Each seed asks of two segments; together they ask of all.
            for segment in TurnaroundSegment.allCases.dropFirst(Int(seed - 1) * 2).prefix(2) {
                let (first, last) = ends[(place + Int(seed)) % ends.count]
                var question = TurnaroundQuestion(
                    from: start.advanced(by: .hours(first)), to: start.advanced(by: .hours(last)))
                question.split = split
                if place % 2 == 1 { question.hours = StaffedHours(opens: 480, closes: 1_200) }
                let found = try bench.laboratory.lookBack(
                    question, on: segment, at: bench.now, as: Bench.technician)
                #expect(found.asOf == nil)
                (question.only, question.listed) = (segment, segment)
                let report = try bench.laboratory.turnaround(
                    question, at: bench.now, as: Bench.technician)
                #expect(text(found.groups) == text(report), "seed \(seed), \(split), \(segment)")
                #expect(found.sum == report.breaches)
            }
        }
    }

    @Test("TAT-6: a page of the list is that part of the whole list", arguments: 1...6)
    func pages(seed: UInt64) throws {
        let (bench, start) = try Self.bench(seed: seed)
        var question = TurnaroundQuestion(
            from: start, to: bench.now.advanced(by: .hours(1)))
        (question.split, question.listed) = (.unit, .receiptToValidation)
        func rows() throws -> [TurnaroundReport.Row] {
            try bench.laboratory.turnaround(question, at: bench.now, as: Bench.technician).rows
        }
        let whole = try rows()
        #expect(whole.count > 7 && whole.contains { $0.hours == nil })
        for first in stride(from: 0, through: whole.count + 3, by: 3) {
            question.listedRows = first..<(first + 3)
            #expect(try rows() == Array(whole.dropFirst(first).prefix(3)), "seed \(seed) \(first)")
        }
        (question.listedRows, question.listedGroup) = (0..<100, "Unit 2")
        #expect(try rows() == whole.filter { $0.unit == "Unit 2" })
    }

    @Test("TAT-6: a large day is told of as it was read, with its time, until it is read again")
    func older() throws {
        var bench = try Bench()
        try bench.perform(
            bench.manifest((1...3).map { bench.row(tube: $0, kind: "1:1", person: $0) }))
        try bench.perform(ReceiveTube(scan: Bench.barcode(1), box: "B1"))
        let kept = KeptTimes(readAtOnce: 0)
        let (start, readAt) = (bench.now, bench.now)
        func period(isNew: Bool = false) throws -> (tubes: Int, tested: Int, older: Timestamp?) {
            let found = try bench.laboratory.store.read {
                try kept.period(
                    from: start, to: start.advanced(by: .hours(72)), in: $0, at: bench.now,
                    isNew: isNew)
            }
            let tubes = found.parts.flatMap(\.self)
            return (tubes.count, tubes.count { $0.tested != nil }, found.olderThan)
        }
        #expect(try period() == (1, 0, nil))
        bench.wait(.minutes(30))
        try bench.perform(ReceiveTube(scan: Bench.barcode(2), box: "B1"))
        try bench.perform(LayOutPlate(kit: .first, only: [Bench.barcode(1)]))
        #expect(try period() == (1, 0, readAt))
        #expect(try period(isNew: true) == (2, 1, nil))
        #expect(try period() == (2, 1, nil))
        // Days later what has come to its end is not read again, and what has not is.
        bench.wait(.hours(100))
        try bench.perform(MeasureTube(scan: Bench.barcode(2), microlitres: 500))
        #expect(try period().older != nil)
        #expect(try period(isNew: true) == (2, 1, nil))
    }

    @Test("TAT-7: a report is closed by cause, acknowledgement and the end of its work")
    func closed() throws {
        var bench = try Bench.alerting(boxes: 2, tubes: 2)
        let start = bench.now
        func sum() throws -> BreachSum {
            let question = TurnaroundQuestion(from: start, to: start.advanced(by: .hours(48)))
            let report = try bench.laboratory.turnaround(
                question, at: bench.now, as: Bench.technician)
            return try #require(report.breaches)
        }
        #expect(try sum().batches == 0 && sum().isClosed)
        bench.wait(.hours(13))
        try bench.check()
        var found = try sum()
        #expect(found.batches == 2 && found.late == 4 && found.open == 2)
        #expect(found.withoutCause == 2 && found.unacknowledged == 2 && !found.isClosed)
        for (place, alert) in try bench.alerts().filter({ $0.kind == .breached }).enumerated() {
            try bench.perform(
                AcknowledgeAlert(alert: alert.alert.text, cause: place == 0 ? .retests : nil),
                as: Bench.supervisor)
        }
        found = try sum()
        #expect(found.withoutCause == 1 && found.unacknowledged == 0 && !found.isClosed)
        try bench.perform(
            ExplainBreach(box: "B1", rule: "feedback", cause: .retests, note: ""),
            as: Bench.supervisor)
        try bench.perform(
            ExplainBreach(box: "B2", rule: "feedback", cause: .retests, note: ""),
            as: Bench.supervisor)
        // Its tubes are still in the laboratory.
        #expect(try sum().withoutCause == 0 && sum().open == 2 && !sum().isClosed)
        for plate in try bench.test(cqs: { _ in Bench.negative }) {
            try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        }
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        for box in ["B1", "B2"] {
            try bench.perform(ConfirmFeedback(box: box), as: Bench.supervisor)
        }
        #expect(try sum().late == 4 && sum().isClosed)
    }

    @Test("TAT-7: where no alert tells of a breach, its cause is its acknowledgement")
    func withoutAlerts() throws {
        var bench = try Bench()
        let start = bench.now
        try bench.perform(bench.manifest([bench.row(tube: 1, kind: "1:1", person: 1)]))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        bench.wait(.hours(13))
        func sum() throws -> BreachSum {
            try bench.laboratory.store.read {
                BreachSum(
                    try $0.breaches(from: start, to: start.advanced(by: .hours(48)), at: bench.now))
            }
        }
        #expect(try sum().unacknowledged == 1 && sum().withoutCause == 1)
        try bench.perform(
            ExplainBreach(box: "B1", rule: "feedback", cause: .retests, note: ""),
            as: Bench.supervisor)
        #expect(try sum().unacknowledged == 0 && sum().withoutCause == 0 && sum().open == 1)
    }
}
