import LabDomain
import Testing

@Suite("A Levey-Jennings chart")
struct ControlChartTests {
    private static let weak = ControlSeries(
        assay: "orf1ab-n", kit: .first, target: "N", control: .weakPositive)
    private static let kit = ControlSeries(
        assay: "orf1ab-n", kit: .first, target: "N", control: .kitPositive)

    private static func reading(
        _ number: Int, _ cq: Double?, of series: ControlSeries = weak, state: String = "reviewed",
        well: String = "A1"
    ) throws -> ControlReading {
        ControlReading(
            run: RunID("RN\(1_000 + number)"), plate: PlateID("P\(number)"),
            readAt: Timestamp(milliseconds: Int64(number) * 3_600_000), state: state,
            series: series, well: try #require(WellPosition(text: well)), cq: cq.flatMap { Cq($0) })
    }

    /// Twenty readings of mean 30 and standard deviation 0.4104.
    private static func first(of series: ControlSeries = weak) throws -> [ControlReading] {
        try (0..<20).map { try reading($0, $0.isMultiple(of: 2) ? 30.4 : 29.6, of: series) }
    }

    @Test("QC-3: limits are the mean and standard deviation of the first 20 in control")
    func limits() throws {
        let chart = try #require(
            ControlChart.charts(of: try Self.first() + [Self.reading(20, 31.5)]).first)
        let limits = try #require(chart.limits)
        #expect(abs(limits.mean - 30) < 1e-9 && limits.measurements == 20)
        #expect(abs(limits.deviation - (20 * 0.16 / 19).squareRoot()) < 1e-9)
        #expect(chart.points.prefix(20).allSatisfy { $0.makesLimits && $0.broken.isEmpty })
        #expect(chart.points[20].broken == [.warning2s, .beyond3s])
        #expect(chart.rejectedRuns == [RunID("RN1020")])
        let few = ControlChart.charts(of: Array(try Self.first().dropLast()))
        #expect(few.first?.limits == nil && few.first?.points.count == 19)
    }

    @Test("QC-3: a reading beyond 3 s, or of a stopped run, makes no limits")
    func outlier() throws {
        var readings = try Self.first()
        readings[4] = try Self.reading(4, 36)
        readings[7] = try Self.reading(7, 33, state: "invalid")
        #expect(ControlChart.charts(of: readings).first?.limits == nil)
        readings += try [Self.reading(20, 29.6), Self.reading(21, 30.4), Self.reading(22, 30)]
        let chart = try #require(ControlChart.charts(of: readings).first)
        let limits = try #require(chart.limits)
        #expect(abs(limits.mean - 30) < 0.05 && limits.deviation < 0.45)
        #expect(chart.points.map(\.makesLimits) == Array(repeating: true, count: 22) + [false])
        let same = try #require(
            ControlLimits.established(by: Array(repeating: 31.25, count: 20))?.limits)
        #expect(same.deviation == 0.01)
    }

    @Test("QC-3: limits that the settings name are used from the first reading on")
    func set() throws {
        let limits = try #require(ControlLimits(mean: 30, deviation: 0.5))
        let chart = try #require(
            ControlChart.charts(of: [try Self.reading(0, 32)]) { _ in limits }.first)
        #expect(chart.points[0].deviation == 4 && chart.points[0].isRejected)
        #expect(ControlLimits(mean: 30, deviation: 0) == nil)
    }

    @Test("QC-4: the controls of a target are judged together, run by run")
    func together() throws {
        let readings =
            try Self.first() + Self.first(of: Self.kit) + [
                Self.reading(30, 31, well: "B2"), Self.reading(30, 29, of: Self.kit, well: "C3"),
            ]
        let charts = ControlChart.charts(of: readings.shuffled())
        #expect(charts.map(\.series) == [Self.weak, Self.kit])
        for chart in charts { #expect(chart.points.last?.broken == [.warning2s, .range4s]) }
    }

    @Test("QC-4: another lot or instrument begins its own chart and its own streaks")
    func lots() throws {
        func series(_ lot: String?, _ instrument: String?) -> ControlSeries {
            ControlSeries(
                assay: "orf1ab-n", kit: .first, target: "N", control: .weakPositive, lot: lot,
                instrument: instrument)
        }
        let limits = try #require(ControlLimits(mean: 30, deviation: 0.5))
        let readings = try [
            Self.reading(0, 31.2, of: series("L1", nil)),
            Self.reading(1, 31.2, of: series("L2", nil)),
            Self.reading(2, 31.2, of: series("L2", "QS5")),
            Self.reading(3, 31.2, of: series("L2", "QS5")),
        ]
        let charts = ControlChart.charts(of: readings) { _ in limits }
        #expect(charts.map(\.points.count) == [1, 1, 2])
        #expect(charts[0].points[0].broken == [.warning2s])
        #expect(charts[1].points[0].broken == [.warning2s])
        #expect(charts[2].points[1].broken == [.warning2s, .twice2s])
    }

    @Test("QC-4: a negative control's silence is not charted, a lost reading breaks no rule")
    func silent() throws {
        let negative = ControlSeries(
            assay: "orf1ab-n", kit: .first, target: "N", control: .negative)
        let readings =
            try Self.first() + [
                Self.reading(20, nil), Self.reading(3, nil, of: negative),
                Self.reading(4, 38, of: negative), Self.reading(5, nil, of: negative),
            ]
        let charts = ControlChart.charts(of: readings)
        #expect(charts.map(\.series) == [Self.weak])
        #expect(charts[0].points[20].deviation == nil && charts[0].points[20].broken.isEmpty)
    }
}
