import Foundation
import LabDomain
import LabOperations
import LabScreening
import LabSimulation
import Testing

@testable import LabWeb

@Suite("Faults of what was typed, in Chinese")
struct ChineseFaultTests {
    private let bench: WebBench

    init() throws { bench = try WebBench() }

    /// Three English words in a row are a sentence that nobody translated.
    private func expectChinese(_ text: Substring, _ what: String) {
        #expect(text.contains(#/\p{Script=Han}/#), "\(what): \(text)")
        #expect(!text.contains(#/[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}/#), "\(what): \(text)")
    }

    private static let slips: [(String, String)] = [
        ("window: 12 hours", "window: 12"), ("window: 12 hours", "windw: 12 hours"),
        ("share_in_window:", "share_in_window: 140 %\n  shares:"),
        ("profile:", "profile: 3\n  profiles:"), ("goal:", "goal: [1]\ngoals:"),
        ("tubes:", "tubes:\n  low: bucket\n  lowest:"), ("couriers:", "couriers: 0\n  coriers:"),
        ("name:", "\tname:"), ("districts:", "districts: []\nplaces:"),
        ("laboratories:", "laboratories: {}\nlabs:"), ("starts_at:", "starts_at: noon\nbegins:"),
        ("horizon:", "horizon: 90 days\nhorizons:"), ("title:", "title: &a"),
        ("people:", "people: many\n    peoples:"), ("trip:", "trip: far\n        tripe:"),
    ]

    @Test("WEB-171: every fault of a scenario is said in the reader's language")
    func scenario() async throws {
        let scenario = GuidelineScenario().scenario(
            name: "town", title: "A town", source: "", places: [.init(name: "North", people: 3_000)]
        )
        let text = ScenarioFile.write(scenario)
        let id = try bench.laboratory.perform(
            KeepScenario(text), as: "planner", at: bench.now
        ).answer.scenario
        let planner = try await bench.browser(.planner, language: .chinese)
        var tried = 0
        for (sound, faulty) in Self.slips where text.contains(sound) {
            let seen = try await planner.post(
                "/planner/scenarios/\(id)",
                [
                    "yaml": text.replacing(sound, with: faulty, maxReplacements: 1),
                    "version": "1", "back": "/planner",
                ])
            #expect(seen.status == 422, "\(faulty)")
            let list = seen.body.firstMatch(of: #/id="faults"[\s\S]*?<\/ul>/#)?.output ?? ""
            let faults = list.matches(of: #/<li>([\s\S]*?)<\/li>/#)
            #expect(!faults.isEmpty, "\(faulty)")
            for fault in faults { expectChinese(fault.1, faulty) }
            tried += 1
        }
        #expect(tried > 8)
    }

    @Test("WEB-171: what a scenario cannot mean is said in the reader's language")
    func meaning() throws {
        let chinese = try Sentences(.chinese)
        var scenario = GuidelineScenario().scenario(
            name: "town", title: "", source: "", places: [.init(name: "North", people: 3_000)])
        scenario.horizon = 90 * 1_440
        scenario.goal.window = 0
        scenario.sampling.profile = [0]
        scenario.transport.capacity = 0
        scenario.testing.controls = 200
        scenario.districts[0].turnout = 3
        scenario.districts[0].couriers = 0
        scenario.laboratories[0].review = .always(0)
        let faults = scenario.faults
        #expect(faults.count >= 8)
        for fault in faults { expectChinese(chinese.say(fault.message)[...], fault.key) }
    }

    @Test("WEB-171: faults of settings and receivers are said in the reader's language")
    func settings() async throws {
        let browser = try await bench.browser(.administrator, language: .chinese)
        let settings = try bench.laboratory.rulesText(settings: true, as: "administrator")
        let receiver = try Laboratory.shippedReceiver()
        let tried = [
            (
                "/laboratory/settings",
                settings.replacing("utc_offset:", with: "utc_offset: here\nutc:")
            ),
            ("/laboratory/settings", settings.replacing("barcodes:", with: "barcodes: 7\ncodes:")),
            ("/laboratory/settings", ""),
            ("/receivers", receiver.replacing("encoding: er7", with: "encoding: morse")),
            ("/receivers", receiver.replacing("port: 2575", with: "port: 99999")),
        ]
        for (path, text) in tried {
            let form = path == "/receivers" ? "/new-receiver" : path
            let page = try await browser.get(form).body
            let basis = page.firstMatch(of: #/name="basis" value="([^"]*)"/#)?.1 ?? ""
            let seen = try await browser.post(
                path, ["text": text, "act": "check", "basis": String(basis), "key": "k"])
            #expect(seen.status == 422, "\(path)")
            let places = seen.body.matches(of: #/<p class="place">([^<]*)/#)
            for place in places { expectChinese(place.1, path) }
            let words = seen.body.firstMatch(of: #/role="alert">[\s\S]*?<\/div>/#)?.output ?? ""
            expectChinese(words.replacing(#/<[^>]*>/#, with: "")[...], path)
        }
    }
}
