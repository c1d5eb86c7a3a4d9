import Foundation
import Testing

@Suite("Controls from the command line")
struct ControlCommandTests {
    @Test("QC-5: the charts of a day's runs, and the run whose controls failed")
    func chart() throws {
        var program = try Program()
        defer { program.remove() }
        try program.run("demo", "--directory", "day")
        program.environment = [
            "SWABLINE_DATABASE": "day/laboratory.sqlite", "SWABLINE_AS": "li.na",
        ]
        let text = try program.run(
            "controls", "chart", "--target", "N", "--control", "weak-positive")
        #expect(text.status == 0, "\(text.errors)")
        #expect(text.output.contains("weak-positive · N · orf1ab-n"))
        #expect(text.output.contains("of 20 readings"))
        #expect(text.output.contains("invalid  controls failed"))
        let json = try program.run("controls", "chart", "--kit", "first", "--format", "json")
        let answer = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
        let charts = try #require((answer as? [String: Any])?["charts"] as? [[String: Any]])
        // Two positive controls for two targets, and the added control of all four.
        #expect(charts.count == 8)
        #expect(try program.run("controls", "chart", "--control", "other").status == 64)
        let none = try program.run("controls", "chart", "--lot", "L1")
        #expect(none.output.contains("No run has read such a control yet."))
    }
}
