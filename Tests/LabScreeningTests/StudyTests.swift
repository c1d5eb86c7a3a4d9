import LabDomain
import LabSimulation
import Testing

@testable import LabScreening

@Suite("Studies of scenarios")
struct StudyTests {
    private static func town(cyclers: Int = 4, lines: Int = 2) -> Scenario {
        Scenario(
            name: "town", title: "A <town>", horizon: 6 * 1_440,
            districts: [
                Scenario.District(
                    name: "North & South", people: 12_000,
                    position: .init(longitude: 117, latitude: 29),
                    sites: Scenario.Site.spread(4, lines: lines), couriers: 2,
                    routes: [.init(laboratory: 0, minutes: 20)], prevalence: [.low: 0.001])
            ],
            laboratories: [
                Scenario.Laboratory(
                    name: "Central", reception: .always(2), extractors: .always(3),
                    cyclers: .always(cyclers), review: .always(2))
            ])
    }

    private static func runs(_ scenario: Scenario, _ count: Int = 6) throws -> [ScenarioOutcome] {
        let compiled = try CompiledScenario(scenario)
        return (1...count).map { ScenarioSimulation.run(compiled, seed: UInt64($0)) }
    }

    private static func bottleneck(_ scenario: Scenario) throws -> Bottleneck {
        let base = try runs(scenario)
        return Bottleneck(
            base: base,
            varied: try Variation.allCases.map { variation in
                let (changed, added) = variation.applied(to: scenario)
                return (variation: variation, added: added, runs: try runs(changed))
            })
    }

    @Test("SCEN-21: the resource that is short is named, with what one more of it changes")
    func namesTheBottleneck() throws {
        let pcr = try Self.bottleneck(Self.town(cyclers: 1))
        #expect(pcr.bottleneck == .pcr)
        #expect(pcr.finding.contains("PCR"))
        let gain = try #require(pcr.evidence.first { $0.variation == .pcr }?.change)
        #expect(try #require(gain["hours_to_99_resulted"]).mean < -1)
        #expect(pcr.evidence.count == Variation.allCases.count)

        var slow = Self.town(cyclers: 8, lines: 1)
        (slow.sampling.secondsLeast, slow.sampling.secondsMost) = (55, 65)
        let lines = try Self.bottleneck(slow)
        #expect(lines.bottleneck == .line || lines.bottleneck == .site)
    }

    @Test("SCEN-22: equal scenarios differ in nothing, and a real difference is told as one")
    func compares() throws {
        let study = ScenarioStudy(Self.town(), try Self.runs(Self.town()))
        let same = ScenarioComparison([study, study])
        #expect(same.columns[1].differences.values.allSatisfy { !$0.isReal && $0.mean == 0 })
        #expect(same.columns[0].differences.isEmpty)

        let few = Self.town(cyclers: 1)
        let other = ScenarioComparison([study, ScenarioStudy(few, try Self.runs(few))])
        let turnaround = try #require(other.columns[1].differences["turnaround_p50_hours"])
        #expect(turnaround.isReal && turnaround.mean > 1)
        // Sampling has the same chance and the same resources.
        #expect(other.columns[1].differences["hours_to_90_sampled"]?.isReal == false)
    }

    @Test("SCEN-23: intervals of means are Student's, and those of frequencies hold their share")
    func intervals() {
        let spread = Spread([1, 2, 3, 4])
        #expect(spread.mean == 2.5 && spread.min == 1 && spread.max == 4)
        #expect(abs(spread.sd - 1.290_994_448_735_805_6) < 1e-12)
        // t(0.975, 3) = 3.182446.
        #expect(abs(spread.halfWidth - 3.182_446_305 * spread.sd / 2) < 1e-6)
        #expect(Spread([5]).halfWidth == 0 && !Spread([5]).isReal)
        let all = Frequency(100, of: 100)
        // Wilson's lower end for n of n is n / (n + z²).
        #expect(abs(all.low - 100 / (100 + 3.841_458_820_694_124)) < 1e-12 && all.high == 1)
        #expect(Frequency(0, of: 10).low == 0)
    }

    @Test("SCEN-24: a report is one page that needs nothing else, in both languages")
    func report() throws {
        let scenario = Self.town()
        let study = ScenarioStudy(scenario, try Self.runs(scenario, 2))
        for language in ReportLanguage.allCases {
            let page = StudyReport(study, nil, in: language).html
            #expect(!page.contains("http") && !page.contains("<script") && !page.contains("src="))
            #expect(page.contains("A &lt;town&gt;") && page.contains("North &amp; South"))
            #expect(!page.contains("<town>"))
            let charts = page.ranges(of: "role=\"img\"").count
            #expect(charts >= 8)
            #expect(page.ranges(of: "<table").count >= charts)
            #expect(!page.contains("nan") && !page.contains("inf,"))
            #expect(page.ranges(of: "class=\"sampling\"").count == 1)
        }
    }

    @Test("WEB-159: a pointer over a curve reads day, time and the value of each curve there")
    func moments() throws {
        let curve = ScenarioStudy.Curve(
            hours: [0, 1, 2], mean: [0, 10, 20], least: [0, 8, 20], most: [0, 12.5, 20])
        let chart = CurveChart(
            title: "t", yTitle: "y",
            series: [.init(name: "A & B", color: "#000", curve: curve)], clock: 23 * 60,
            language: .en)
        let told = chart.svg.matches(of: #/<title>([^<]*)</title>/#).map { String($0.1) }
        #expect(
            told == [
                "day 1 23:00\nA &amp; B: 0", "day 2 00:00\nA &amp; B: 10 (8–12.5)",
                "day 2 01:00\nA &amp; B: 20",
            ])
    }

    @Test("SCEN-25: the curves end at the counts, and never fall")
    func curves() throws {
        let scenario = Self.town()
        let study = ScenarioStudy(scenario, try Self.runs(scenario, 3))
        for path in [\ScenarioOutcome.sampled, \ScenarioOutcome.results] {
            let curve = study.sums(of: path)
            #expect(zip(curve.mean, curve.mean.dropFirst()).allSatisfy { $0 <= $1 })
            #expect(abs((curve.mean.last ?? 0) - (study["people"]?.mean ?? -1)) < 1e-6)
            #expect(zip(curve.least, curve.most).allSatisfy { $0 <= $1 })
        }
    }
}
