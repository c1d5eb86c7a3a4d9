import LabDomain
import LabOperations
import LabSettings
import Testing

@Suite("Sentences")
struct SentencesTests {
    private func words<List: Named>(_ list: List.Type) -> [Wording] { list.allCases.map(\.word) }

    /// Every word of every closed list that people read.
    private var words: [Wording] {
        words(Role.self) + words(Role.Limit.self) + words(Verb.self) + words(RiskClass.self)
            + words(KitRole.self)
            + words(TubeKind.self) + words(TestedKind.self) + words(Purpose.self)
            + words(Verdict.self) + words(VerdictReason.self) + words(Outcome.self)
            + words(PoolState.self) + words(RecollectionReason.self)
            + words(RecollectionOutcome.self) + words(ReceptionAct.self) + words(SinglyReason.self)
            + words(DeskCause.self) + words(DeskTubeState.self) + words(DeskCloseReason.self)
            + words(DeskEntryPassed.Reason.self) + words(Moment.self) + words(ShippedClock.self)
            + words(MessageKind.self) + words(MessageState.self) + words(AlertKind.self)
            + words(TurnaroundBoard.Stage.self)
            + ["pooled", "plated", "read", "covered"].map { Wording(word: $0, of: "test") }
            + YAMLProblem.allCases.map { Wording(word: $0.rawValue, of: "yaml") }
            + ["reception", "extraction", "review"].map { Wording(word: $0, of: "station") }
    }

    @Test("WORDS-9: every word of a closed list has its Chinese, and no other word has")
    func closedLists() throws {
        let chinese = try Sentences(.chinese)
        for word in words {
            #expect(chinese.knows(word), "\(word.parts[0].key)")
            #expect(chinese.say(word) != word.text)
        }
        #expect(chinese.words == Set(words.map { $0.parts[0].key }))
        let english = try Sentences(.english)
        #expect(words.allSatisfy { english.say($0) == $0.text })
    }

    @Test("WORDS-9: a page says a refusal in the reader's language, the command line in English")
    func refusal() throws {
        let laboratory = try Bench().laboratory
        let refusal = try #require(throws: Refusal.self) {
            try laboratory.look(.audit, as: Bench.technician) { _ in }
        }
        #expect(refusal.message.text == "The role technician may not audit.")
        #expect(
            try Sentences(.chinese).say(refusal.message) == "“检验员”角色无权进行此操作：核查数据库。")
        #expect(
            try Sentences(.chinese).say(refusal.remedy) == "请由具有以下角色之一的人员操作：主管、管理员。")
        let remedy: Wording = "See swabline trace \("T1")."
        #expect(remedy.text == "See swabline trace T1.")
        #expect(try Sentences(.english).say(remedy) == "See T1 on the page Trace.")
    }

    @Test("WORDS-9: what a catalogue does not hold is said in English")
    func unknown() throws {
        for language in Language.allCases {
            #expect(
                try Sentences(language).say("Nobody said \("this") yet.") == "Nobody said this yet."
            )
        }
    }
}
