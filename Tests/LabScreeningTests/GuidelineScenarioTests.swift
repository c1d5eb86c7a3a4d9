import LabSimulation
import Testing

@testable import LabScreening

@Suite("Scenarios from the census and the guideline")
struct GuidelineScenarioTests {
    @Test(
        "SCEN-19: the census has the people that its tables print",
        arguments: [
            ("Jingdezhen", 4, 1_618_979), ("景德镇市", 4, 1_618_979), ("3602", 4, 1_618_979),
            ("烟台", 13, 7_102_116), ("Diqing", 3, 387_511), ("Guizhou", 88, 38_562_148),
            ("贵州省", 88, 38_562_148), ("乐平市", 1, 753_787),
        ])
    func census(_ name: String, _ units: Int, _ people: Int) throws {
        let counties = CensusCounty.named(name, among: try CensusCounty.all())
        #expect(counties.count == units)
        #expect(counties.reduce(0) { $0 + $1.people } == people)
    }

    @Test("SCEN-19: a name that no place has finds nothing")
    func unknown() throws {
        let all = try CensusCounty.all()
        for name in ["", "Atlantis", "9", "市"] {
            #expect(CensusCounty.named(name, among: all).isEmpty, "\(name)")
        }
    }

    @Test("SCEN-20: Jingdezhen has the guideline's sites, tables and samplers, in two days")
    func ratios() throws {
        let scenario = try ReadyScenario.jingdezhen.scenario()
        let people = 1_618_979.0
        let sites = scenario.districts.reduce(0) { $0 + $1.sites.count }
        let lines = scenario.districts.reduce(0) { $0 + $1.sites.reduce(0) { $0 + $1.lines } }
        let samplers = scenario.districts.reduce(0) { sum, district in
            sum + district.samplersPerLine * district.sites.reduce(0) { $0 + $1.lines }
        }
        #expect((2_000...3_000).contains(people / Double(sites)))
        // A table for 600 to 800 and a sampler for 360 of one day's people, rounded up by site.
        #expect((500...800).contains(people / 2 / Double(lines)))
        #expect((250...360).contains(people / 2 / Double(samplers)))
        let machines = scenario.laboratories.reduce(0) { $0 + $1.cyclers.most }
        let tubesEach = people / 10 / 2 / Double(machines)
        #expect((800...1_250).contains(tubesEach), "tubes a machine and day: \(tubesEach)")
    }

    @Test(
        "SCEN-20: any number of people gives a scenario that can be played",
        arguments: [
            1, 250, 30_000, 2_000_000,
        ])
    func anyNumber(_ people: Int) throws {
        for ratio in [1, 5, 10, 20] {
            var guideline = GuidelineScenario()
            guideline.use(peopleInTube: ratio)
            let scenario = guideline.scenario(
                name: "n", title: "", source: "", places: [.init(name: "Here", people: people)])
            #expect(scenario.faults.isEmpty, "\(people), \(ratio): \(scenario.faults)")
            #expect(try ScenarioFile.read(ScenarioFile.write(scenario), file: "n") == scenario)
        }
    }
}
