import Foundation
import Testing

@Suite("Planning from the command line")
struct PlanningTests {
    private let roster =
        "序号,姓名,单位,采样点,户号,风险等级\n"
        + (1...26).map { "\($0),人\($0),一号楼,东门,\($0 / 3),\($0 > 24 ? "重点" : "低")" }
        .joined(separator: "\n")

    @Test(
        "COLL-5, COLL-8: a planner gets tubes, kits and lists out of a roster, without laboratory")
    func plan() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write(roster, to: "roster.csv")
        let answer = try program.run("plan", "collection", "roster.csv", "--lists", "lists.csv")
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.output.contains("26 people at 1 site"))
        #expect(answer.output.contains("10:1"))
        // The summary is for everybody's eyes; names stand on the lists alone.
        #expect(!answer.output.contains("人1"))
        let lists = try String(
            contentsOf: program.folder.appendingPathComponent("lists.csv"), encoding: .utf8)
        #expect(lists.split(whereSeparator: \.isNewline).count == 27)
        let again = try program.run("plan", "collection", "roster.csv", "--lists", "lists.csv")
        #expect(again.status == 73)
        let pages = try program.run("plan", "collection", "roster.csv", "--print")
        #expect(pages.output.contains("东门   list 1   10:1 tubes, low risk   一号楼"))
        #expect(pages.output.contains("东门   list 4   1:1 tubes, key persons   一号楼"))
        #expect(
            (1...26).allSatisfy {
                pages.output.contains("人\($0)\n") || pages.output.contains("人\($0) ")
            })
    }

    @Test("COLL-3, COLL-4: ratios and prevalences can be asked for, in the programme's limits")
    func wishes() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write(roster, to: "roster.csv")
        let answer = try program.run(
            "plan", "collection", "roster.csv", "--ratio", "low=5", "--prevalence", "low=0.001",
            "--prevalence", "key=0.05", "--format", "json")
        #expect(answer.status == 0, "\(answer.errors)")
        let json = try JSONSerialization.jsonObject(with: Data(answer.output.utf8))
        let classes = (json as? [String: Any])?["classes"] as? [[String: Any]]
        #expect(classes?.compactMap { $0["ratio"] as? String } == ["5:1", "1:1"])
        #expect(classes?.compactMap { $0["expectedPrevalence"] as? Double } == [0.001, 0.05])
        let tooLarge = try program.run("plan", "collection", "roster.csv", "--ratio", "key=5")
        #expect(tooLarge.status == 1)
        #expect(tooLarge.errors.contains("1:1"))
        let wrong = try program.run("plan", "collection", "roster.csv", "--ratio", "low=7")
        #expect(wrong.status == 64)
        let missing = try program.run("plan", "collection", "missing.csv")
        #expect(missing.status == 66)
    }

    @Test("COLL-10: with a database the plan follows the programme that is in force there")
    func laboratory() throws {
        var program = try Program()
        defer { program.remove() }
        try program.makeLaboratory()
        try program.write(roster, to: "roster.csv")
        let shown = try program.run("programme", "show", "--as", "admin")
        try program.write(
            shown.output.replacingOccurrences(of: "low: 10,", with: "low: 5,"), to: "five.yaml")
        try program.run("programme", "adopt", "five.yaml", "--as", "admin")
        let answer = try program.run("plan", "collection", "roster.csv", "--format", "json")
        #expect(answer.output.contains("\"5:1\""))
        #expect(!answer.output.contains("\"10:1\""))
    }
}
