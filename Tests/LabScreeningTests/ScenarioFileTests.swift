import LabDomain
import LabSettings
import LabSimulation
import Testing

@testable import LabScreening

@Suite("Scenarios as files")
struct ScenarioFileTests {
    private static let town = """
        name: town
        districts:
          - name: North
            people: 4000 people
            sites: { people_per_site: 2000 people, lines: 1 lines }
            couriers: 2 couriers
            laboratories:
              - { name: Central, trip: 25 minutes }
        laboratories:
          - name: Central
            reception: 2 people
            extraction: 1 machines
            pcr: 2 machines
            review: 1 people
        """

    @Test("SCEN-16: every ready scenario can be played, and is read again as it was written")
    func roundTrip() throws {
        for ready in ReadyScenario.allCases {
            let scenario = try ready.scenario()
            #expect(!scenario.title.isEmpty && !scenario.source.isEmpty)
            let again = try ScenarioFile.read(ScenarioFile.write(scenario), file: "again")
            #expect(again == scenario, "\(ready.rawValue)")
        }
    }

    @Test("SCEN-16: shifts, reinforcements, lists of sites and odd numbers survive the writing")
    func oddities() throws {
        var scenario = try ScenarioFile.read(Self.town, file: "town")
        scenario.tubes[.high] = .pooled(7)
        scenario.districts[0].classes = [.low: 2 / 3.0, .high: 1 / 3.0]
        scenario.districts[0].sites = [.init(weight: 12.5, lines: 2), .init(weight: 3, lines: 1)]
        scenario.districts[0].samplers = .daily(
            [(from: 480, to: 1_200, count: 6), (from: 1_200, to: 60, count: 2)], clock: 360,
            horizon: scenario.horizon)
        scenario.districts[0].days = [1 / 7.0, 2 / 7.0, 4 / 7.0]
        scenario.laboratories[0].cyclers = Levels([
            .init(from: 0, count: 2), .init(from: 1_950.5, count: 7),
        ])
        scenario.laboratories[0].kits = [.init(from: 90, count: 20_000)]
        scenario.testing.limitOfDetection = nil
        scenario.testing.pcrBreakdowns = .init(between: 4_321.5, repair: .init(90, 400))
        scenario.testing.extractionBreakdowns = .init(between: 12_000, repair: .init(60, 60))
        scenario.title = "A \"quoted\" title: with # and \\"
        let text = ScenarioFile.write(scenario)
        #expect(try ScenarioFile.read(text, file: "again") == scenario)
        #expect(text.contains("from: \"08:00\""))
    }

    @Test(
        "SCEN-17: what is wrong is told with line, column and what to do",
        arguments: [
            ("people: 4000 people", "people: 4000", 4, "such as '2500 people'"),
            ("people: 4000 people", "people: -5 people", 4, "people are not negative"),
            ("people: 4000 people", "peple: 4000 people", 4, "did you mean 'people'?"),
            ("trip: 25 minutes", "trip: 25", 8, "with its unit"),
            ("name: Central, trip", "name: Centrl, trip", 8, "no laboratory has this name"),
            ("pcr: 2 machines", "pcr: 0 machines", 13, "never opens"),
            (
                "review: 1 people", "review: [{ from: 08:00, to: 12:00, count: 0 people }]", 14,
                "shift"
            ),
            ("people: 4000 people", "people: 9 million people", 12, "send tubes elsewhere"),
            (", trip: 25 minutes", "", 8, "how long the trip takes"),
            ("extraction: 1 machines", "extraction: one machine", 12, "'12 machines'"),
            ("couriers: 2 couriers", "couriers: 2 tubes", 6, "'12 couriers'"),
        ])
    func complaints(_ old: String, _ new: String, _ line: Int, _ words: String) throws {
        let text = Self.town.replacing(old, with: new)
        #expect(text != Self.town)
        let faults = try #require(
            #expect(throws: SettingsFaults.self) {
                try ScenarioFile.read(text, file: "town.yaml")
            })
        let found = faults.faults.contains {
            $0.place.line == line && $0.place.column > 1 && $0.message.contains(words)
        }
        #expect(found, "\(faults)")
    }

    @Test("SCEN-17: a district without a laboratory is told so")
    func noLaboratory() throws {
        let text = Self.town.replacing(
            "    laboratories:\n      - { name: Central, trip: 25 minutes }\n", with: "")
        let faults = try #require(
            #expect(throws: SettingsFaults.self) { try ScenarioFile.read(text, file: "town") })
        #expect(faults.description.contains("the district has no laboratory"))
    }

    @Test(
        "SCEN-18: numbers carry their unit, written out or short, with large numbers in words",
        arguments: [
            ("20 minutes", 20.0), ("1 hour", 60), ("1.5 h", 90), ("2 days", 2_880), ("30 s", 0.5),
            ("20", nil), ("minutes", nil), ("20 people", nil), ("nan minutes", nil),
        ])
    func times(_ text: String, _ minutes: Double?) {
        #expect(Quantity.read(text, .time) == minutes)
    }

    @Test("SCEN-18: groups of digits, shares and spans are read as people write them")
    func numbers() {
        #expect(Quantity.read("1,618,979 people", .people) == 1_618_979)
        #expect(Quantity.read("1.6 million people", .people) == 1_600_000)
        #expect(Quantity.read("16,18 people", .people) == nil)
        #expect(Quantity.read("50 %", .share) == 0.5)
        #expect(Quantity.read("0.5", .share) == nil)
        let span = Quantity.readSpan("12 to 28 seconds", .time)
        #expect(span?.least == 0.2 && span?.most == 28 / 60.0)
        #expect(Quantity.readSpan("1 hour to 2 hours", .time)?.most == 120)
        #expect(Quantity.readClock("06:30") == 390)
        #expect(Quantity.readClock("6:30") == nil)
        #expect(Quantity.readClock("24:30") == nil)
    }
}
