import LabDomain
import LabOperations
import LabStore
import Testing

@Suite("Causes of breaches")
struct BreachTests {
    /// A box whose feedback is due in twelve hours.
    private static func bench() throws -> Bench {
        let bench = try Bench()
        try bench.perform(bench.manifest([bench.row(tube: 1, kind: "1:1", person: 1)]))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        return bench
    }

    private static func explain(
        _ cause: BreachCause = .instrumentFault, box: String = "b1", rule: String = "feedback",
        note: String = ""
    ) -> ExplainBreach {
        ExplainBreach(box: box, rule: rule, cause: cause, note: note)
    }

    private static func cause(_ bench: Bench) throws -> BreachCause? {
        try bench.laboratory.clocks(at: bench.now, openOnly: false, as: Bench.technician)
            .batches.first { $0.rule == "feedback" }?.cause
    }

    @Test("CLK-4: a late clock asks for its cause, and the last one that is told counts")
    func explained() throws {
        var bench = try Self.bench()
        bench.now = bench.now.advanced(by: .hours(12))
        #expect(try bench.refusal(Self.explain(), as: Bench.supervisor)?.code == .rule)
        bench.now = bench.now.advanced(by: .minutes(1))
        for handle in [Bench.technician, Bench.administrator, Bench.sendingUnit, "plan.ner"] {
            #expect(try bench.refusal(Self.explain(), as: handle)?.code == .notPermitted)
        }
        for other in [Self.explain(box: "B9"), Self.explain(rule: "positive-report")] {
            #expect(try bench.refusal(other, as: Bench.supervisor)?.code == .unknown)
        }
        #expect(try Self.cause(bench) == nil)
        let answer = try bench.perform(Self.explain(), as: Bench.supervisor, key: "k")
        #expect(answer.box == BoxID("B1") && answer.late == 1)
        #expect(try Self.cause(bench) == .instrumentFault)
        try bench.perform(Self.explain(.retests, note: "二次"), as: Bench.colleague)
        #expect(try bench.perform(Self.explain(), as: Bench.supervisor, key: "k").late == 1)
        #expect(try Self.cause(bench) == .retests)
        let story = try bench.laboratory.story(of: Bench.barcode(1), as: Bench.supervisor)
        #expect(story.last?.what.contains("二次") == true)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("CLK-4: a clock that stopped late can be explained, one that was kept cannot")
    func closed() throws {
        var bench = try Self.bench()
        func deliver() throws {
            for plate in try bench.test(cqs: { _ in Bench.negative }) {
                try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
            }
            try bench.perform(Release(.negatives), as: Bench.supervisor)
            for box in try bench.laboratory.boxes(onlyIncomplete: false, as: Bench.technician) {
                _ = try bench.refusal(ConfirmFeedback(box: box.box.text), as: Bench.supervisor)
            }
        }
        bench.now = bench.now.advanced(by: .hours(13))
        try bench.perform(bench.manifest([bench.row(tube: 2, kind: "1:1", person: 2, box: "B2")]))
        try bench.perform(ReceiveBox(box: "B2", scans: nil, goodOnly: false))
        try deliver()
        bench.now = bench.now.advanced(by: .hours(24))
        #expect(try bench.refusal(Self.explain(), as: Bench.supervisor) == nil)
        #expect(try bench.refusal(Self.explain(box: "B2"), as: Bench.supervisor)?.code == .rule)
    }

    @Test("CLK-4: another cause needs a note, and a note is one short line")
    func notes() throws {
        var bench = try Self.bench()
        bench.now = bench.now.advanced(by: .hours(13))
        let long = String(repeating: "甲", count: 301)
        for (cause, note) in [
            (BreachCause.other, ""), (.other, " \u{3000}"), (.retests, long), (.other, long),
            (.retests, "a\nb"), (.retests, "a" + String(repeating: "\u{301}", count: 300)),
        ] {
            let refusal = try bench.refusal(Self.explain(cause, note: note), as: Bench.supervisor)
            #expect(refusal?.code == .badData)
            #expect(refusal?.message.contains("甲") == false)
        }
        let longest = String(long.dropLast())
        for cause in BreachCause.allCases {
            try bench.perform(Self.explain(cause, note: longest), as: Bench.supervisor)
            #expect(try Self.cause(bench) == cause)
        }
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("CLK-4: every cause says what it means")
    func meanings() {
        #expect(Set(BreachCause.allCases.map(\.meaning)).count == BreachCause.allCases.count)
    }
}
