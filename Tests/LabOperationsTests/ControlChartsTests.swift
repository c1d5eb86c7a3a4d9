import LabDomain
import LabOperations
import Testing

@Suite("The laboratory's control charts")
struct ControlChartsTests {
    /// A bench whose weak positives should read 29.9 for N.
    private static func bench(stop: String = "[]") throws -> Bench {
        let settings = try Laboratory.shippedText(settings: true)
            .replacing("stop: [1-3s, 2-2s, R-4s]", with: "stop: \(stop)")
            .replacing(
                "  readings: 20",
                with: """
                      readings: 20
                      limits:
                        - { kit: first, control: weak-positive, target: N, mean: 29.9, sd: 0.2 }
                    """)
        return try Bench(settings: settings)
    }

    /// Reads a plate whose weak positives have some Cq for N.
    @discardableResult
    private static func read(
        _ bench: inout Bench, weak: Double, negativesSignal: Bool = false
    ) throws -> ImportRun.Answer {
        bench.now = bench.now.advanced(by: .minutes(10))
        let number = Int(bench.now.milliseconds / 600_000 % 1_000)
        try bench.perform(
            bench.manifest([
                bench.row(tube: number, kind: "1:1", person: number, box: "B\(number)")
            ]))
        try bench.perform(ReceiveBox(box: "B\(number)", scans: nil, goodOnly: false))
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let wells = try bench.laboratory.worklist(of: plate, as: Bench.technician).wells
            .filter { $0.content == ControlKind.weakPositive.rawValue }.map(\.well)
        let file = String(
            decoding: try bench.run(plate, negativesSignal: negativesSignal) { _ in
                Bench.negative
            }, as: UTF8.self)
        let changed = wells.reduce(file) {
            $0.replacing("\(plate),\($1),N,30.0", with: "\(plate),\($1),N,\(weak)")
        }
        return try bench.perform(ImportRun(file: Array(changed.utf8), plate: plate))
    }

    @Test("QC-5: charts are drawn of what runs read, with the rules broken and the runs stopped")
    func charts() throws {
        var bench = try Self.bench()
        try Self.read(&bench, weak: 30)
        try Self.read(&bench, weak: 30.6)
        try Self.read(&bench, weak: 29.9, negativesSignal: true)
        var filter = ControlChartFilter()
        filter.target = "N"
        filter.control = .weakPositive
        let charts = try bench.laboratory.controlCharts(filter, as: Bench.technician)
        let chart = try #require(charts.charts.first)
        #expect(charts.charts.count == 1 && chart.points.count == 3)
        #expect(chart.points.map(\.broken) == [[], [.warning2s, .beyond3s], []])
        #expect(charts.runs.map(\.rules) == [[], [.beyond3s]])
        #expect(charts.runs.map(\.isStopped) == [true, false])
        let all = try bench.laboratory.controlCharts(ControlChartFilter(), as: Bench.supervisor)
        // Both positives for three channels, and what was added to the two negatives.
        #expect(all.charts.count == 8)
        filter.lot = "L1"
        #expect(
            try bench.laboratory.controlCharts(filter, as: Bench.technician).charts.isEmpty)
        #expect(throws: Refusal.self) {
            try bench.laboratory.controlCharts(filter, as: "nobody")
        }
    }

    @Test("QC-6: a run that breaks a rule the settings name reports nobody; its tests wait again")
    func stopped() throws {
        var bench = try Self.bench(stop: "[1-3s]")
        let sound = try Self.read(&bench, weak: 30.4)
        #expect(sound.isValid && sound.brokenRules.isEmpty)
        let stopped = try Self.read(&bench, weak: 30.6)
        #expect(!stopped.isValid && stopped.brokenRules == [.beyond3s])
        #expect(
            stopped.controlFaults.allSatisfy { $0.target == "N" && $0.control == .weakPositive })
        #expect(stopped.newTests == 1 && stopped.invalid == 1)
        let charts = try bench.laboratory.controlCharts(
            ControlChartFilter(), as: Bench.technician)
        #expect(charts.runs.map(\.run) == [stopped.run])
        #expect(charts.runs[0].isStopped && charts.runs[0].rules.contains(.beyond3s))
        #expect(try bench.violations.isEmpty)
    }

    @Test("QC-6: a rule that the settings do not name warns and stops nothing")
    func unnamed() throws {
        var bench = try Self.bench(stop: "[4-1s, 10x]")
        #expect(try Self.read(&bench, weak: 31).isValid)
    }
}
