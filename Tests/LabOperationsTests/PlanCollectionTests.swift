import LabDomain
import LabOperations
import Testing

@Suite("The planner's desk")
struct PlanCollectionTests {
    private func plan(
        _ roster: String, programme: String? = nil,
        _ wish: (inout PlanCollection.Wishes) -> Void = { _ in }
    ) throws -> PlannedCollection {
        var wishes = PlanCollection.Wishes()
        wish(&wishes)
        return try PlanCollection(programme: programme, file: "plan.yaml", wishes: wishes)
            .plan(roster: Array(roster.utf8))
    }

    private let roster =
        "person,unit,household,risk\n"
        + (1...40).map { "\($0),A,\($0 / 4),\($0 <= 30 ? "low" : "key")" }
        .joined(separator: "\n")

    @Test("COLL-3: the summary says in a sentence why a class has its tube")
    func reasons() throws {
        let planned = try plan(roster)
        #expect(planned.summary.classes.map(\.ratio) == ["10:1", "1:1"])
        let low = try #require(planned.summary.classes.first).reason
        #expect(low.text.hasPrefix("fewest tests: 0.135 a person, against 1 at 1:1 and 0.267"))
        #expect(
            planned.summary.classes[1].reason == "the only tube that the programme allows")
        let limited = try plan(roster) { $0.callBackLimit = 0.001 }
        let words = try #require(limited.summary.classes.first).reason
        #expect(words.contains("10:1 would call back 0.001"))
        #expect(words.text.hasSuffix("not below 0.001"))
        let asked = try plan(roster) { $0.ratios = [.low: .five] }
        #expect(asked.summary.classes.first?.reason.text.hasPrefix("asked for: 0.2") == true)
    }

    @Test("COLL-2: the summary's totals are the sums of its sites and classes")
    func sums() throws {
        let summary = try plan(roster).summary
        #expect(summary.total.people == 40)
        // Households of 3, six of 4 and another of 3: no ten but one can be filled whole.
        #expect(summary.total.tubes == ["10:1": 4, "1:1": 10])
        #expect(summary.classes.map(\.people).reduce(0, +) == 40)
        let tests = summary.classes.map { $0.testsPerPerson * Double($0.people) }.reduce(0, +)
        #expect(abs(tests - summary.total.expectedTests) < 1e-4)
        #expect(summary.randomOrder.tubes == 13)
        #expect(summary.randomOrder.expectedCallBacks > summary.total.expectedCallBacks)
    }

    @Test("COLL-4: a programme that says nothing of collection is refused with what to add")
    func silentProgramme() throws {
        let silent = try Laboratory.shippedText(settings: false)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("collection:") && !$0.hasPrefix("expected_prevalence:") }
            .joined(separator: "\n")
        let refusal = try #require(throws: Refusal.self) { try plan(roster, programme: silent) }
        #expect(refusal.code == .rule)
        #expect(refusal.places.map(\.subject) == ["low", "low", "key", "key"])
        #expect(
            refusal.places.map(\.code) == ["no-rule", "no-prevalence", "no-rule", "no-prevalence"])
        #expect(refusal.places[0].remedy.contains("`collection`"))
        let planned = try plan(roster, programme: silent) {
            $0.ratios = [.low: .ten, .key: .one]
            $0.prevalence = [.low: 0.001, .key: 0.1]
        }
        #expect(planned.summary.classes.map(\.ratio) == ["10:1", "1:1"])
    }

    @Test("COLL-9: a faulty roster is refused with every place, and nothing is planned")
    func faulty() throws {
        let refusal = try #require(throws: Refusal.self) {
            try plan("person,unit,risk\n1,A,low\n1,,hihg\n")
        }
        #expect(refusal.code == .badData)
        #expect(refusal.places.map(\.column) == [1, 2, 3])
        #expect(refusal.places.allSatisfy { $0.line == 3 && !$0.remedy.isEmpty })
        #expect(refusal.places.map(\.subject) == ["person", "unit", "risk"])
    }
}
