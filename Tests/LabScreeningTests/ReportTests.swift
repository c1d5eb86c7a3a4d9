import LabDomain
import LabSimulation
import Testing

@testable import LabScreening

@Suite("Reports of studies and plans")
struct ReportTests {
    private static let town = GuidelineScenario().scenario(
        name: "town", title: "A town", source: "", places: [.init(name: "North", people: 6_000)])

    private static func study(_ scenario: Scenario) throws -> ScenarioStudy {
        let compiled = try CompiledScenario(scenario)
        return ScenarioStudy(
            scenario, (1...4).map { ScenarioSimulation.run(compiled, seed: UInt64($0)) })
    }

    private static func part(
        _ id: String, of study: ScenarioStudy, in language: ReportLanguage = .en
    ) throws -> String {
        let none = Bottleneck(base: study.outcomes, varied: [])
        let parts = StudyReport(study, none, in: language).parts
        return try #require(parts.first { $0.id == id }).html
    }

    @Test("WEB-174: a kept goal is said first, with the hours to spare; a missed one is not")
    func spare() throws {
        let kept = try Self.study(Self.town)
        #expect(kept.feasible.times == 4)
        let last = try #require(kept["hours_to_100_resulted"]?.max)
        let spare = StudyNumbers.text(kept.scenario.goal.resultsWithin / 60 - last)
        #expect(try Self.part("bottleneck", of: kept).contains("with \(spare) hours to spare"))
        #expect(try Self.part("bottleneck", of: kept, in: .zh).contains("尚余 \(spare) 小时"))
        var hasty = Self.town
        hasty.goal.resultsWithin = 60 * last / 2
        #expect(try !Self.part("bottleneck", of: Self.study(hasty)).contains("to spare"))
    }

    @Test("WEB-174: both timetables have one axis, and show the goals")
    func axis() throws {
        let html = try Self.part("timetable", of: Self.study(Self.town))
        let charts = html.matches(of: #/<svg viewBox="[^"]*" role="img"[\s\S]*?<\/svg>/#).map {
            String($0.0)
        }
        #expect(charts.count == 2)
        let hours = charts.map { chart in
            chart.matches(of: #/<text x="([\d.]+)" y="[\d.]+"[^>]*>(\d\d:\d\d)</#)
                .map { "\($0.1) \($0.2)" }
        }
        #expect(hours[0].count > 3 && hours[0] == hours[1])
        for chart in charts {
            #expect(chart.contains("<title>goal: sampled</title>"))
            #expect(chart.contains("<title>goal: results</title>"))
        }
    }

    @Test("WEB-174: Chinese reports write Chinese marks and 元")
    func chinese() throws {
        let study = try Self.study(Self.town)
        let none = Bottleneck(base: study.outcomes, varied: [])
        let pages = StudyReport(study, none, in: .zh).parts.map(\.html).joined()
        #expect(pages.contains("费用（元）") && !pages.contains("CNY"))
        #expect(ReportLanguage.zh.title("A town, 6,000 people in 2 days") == "A town，6,000 人，2 天")
        #expect(ReportLanguage.zh.title("My own title, in 2 days") == "My own title, in 2 days")
        for ready in ReadyScenario.allCases {
            let title = try ready.scenario().title
            #expect(ReportLanguage.en.title(title) == title)
            #expect(ReportLanguage.zh.title(title).contains(#/^\p{Script=Han}+，/#), "\(title)")
        }
        let loose = pages.matches(of: #/\p{Script=Han}[,:;(]/#).map { String($0.0) }
        #expect(loose == [])
    }

    @Test("WEB-175: a plan's CSV has its cost, proof, districts, laboratories and shifts")
    func csv() throws {
        var wishes = ScreeningPlanner.Wishes()
        wishes.threads = 2
        let scenario = PlanCities.city(people: 12_000, laboratories: 1)
        let plan = try ScreeningPlanner(wishes, clock: PlanCities.stillClock).plan(scenario)
        let report = ScreeningReport(.plan(plan), scenario)
        let rows = PlanReport(report, in: .en).csv.trimmingPrefix("\u{FEFF}").split(
            separator: "\r\n"
        )
        .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        #expect(rows.first == ["part", "name", "figure", "from_hour", "value"])
        #expect(rows.allSatisfy { $0.count == 5 })
        func value(_ part: String, _ figure: String) -> [String] {
            rows.filter { $0[0] == part && $0[2] == figure }.map { $0[4] }
        }
        #expect(value("plan", "cost_CNY").compactMap(Double.init) == [plan.cost])
        #expect(value("plan", "replications") == ["\(plan.proof.replications)"])
        #expect(value("district", "people").count == plan.scenario.districts.count)
        let machines = plan.scenario.laboratories.map { "\($0.cyclers.most)" }
        #expect(value("laboratory", "pcr_machines") == machines)
        let shifts = plan.scenario.laboratories.flatMap(\.review.stairs).map { "\($0.count)" }
        #expect(value("laboratory", "people_at_review") == shifts)
    }
}
