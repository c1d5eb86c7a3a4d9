import LabDomain
import LabStatistics
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite("Wordings")
struct WordingTests {
    private static let chinese = [
        "The plate {0} is read already.": "反应板 {0} 已读取结果。",
        "{0} was rejected before: {1}.": "原因：{1}（{0}）。",
        "the tube leaks": "采样管渗漏",
        "run|refused": "已退回", "person|refused": "拒绝",
    ]

    private func say(_ wording: Wording) -> String { wording.said { Self.chinese[$0] } }

    @Test("WORDS-6: the English of a wording is the text as it was written")
    func english() {
        let (plate, count) = ("PL1", 3)
        let wording: Wording = "Plate \(plate) has {\(count)} tests: \(0.5) each."
        #expect(wording.text == "Plate \(plate) has {\(count)} tests: \(0.5) each.")
        #expect("\(wording)" == wording.text)
        #expect(wording.parts.map(\.template) == ["Plate {0} has {{{1}}} tests: {2} each."])
        #expect((wording + " So be it." as Wording).text == wording.text + " So be it.")
        #expect(["a", "b" as Wording].joined(separator: ", ").text == "a, b")
        #expect(([] as [Wording]).joined(separator: ", ").isEmpty)
        #expect(("" as Wording).parts.isEmpty && !wording.isEmpty)
        #expect(wording.contains("PL1 has {3}") && !wording.contains("{0}"))
    }

    @Test("WORDS-6: an argument with braces is never taken for a place")
    func arguments() {
        let name = "{0} }{ {1}"
        #expect(("Box \(name) \("x")" as Wording).text == "Box {0} }{ {1} x")
        #expect(Wording(plain: name).text == name)
    }

    @Test("WORDS-6: every text survives, whatever braces and digits it holds")
    func anyText() {
        for seed in UInt64(1)...200 {
            var random = SeededGenerator(seed: seed)
            let letters = Array("{}01a反")
            func text() -> String {
                String(
                    (0..<8).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] })
            }
            let (first, second) = (text(), text())
            #expect(Wording(plain: first).text == first, "seed \(seed)")
            let both: Wording = "\(first){\(Wording(plain: second))}{{0}}"
            #expect(both.text == "\(first){\(second)}{{0}}", "seed \(seed)")
            #expect(both.said { _ in nil } == both.text, "seed \(seed)")
        }
    }

    @Test("WORDS-7: a wording within a wording, and each part of a sum, is translated on its own")
    func nested() {
        let why: Wording = "the tube leaks"
        #expect(say("\("T1") was rejected before: \(why).") == "原因：采样管渗漏（T1）。")
        #expect(say("The plate \("P") is read already." + why) == "反应板 P 已读取结果。采样管渗漏")
        #expect(say("\("T1") waits: \(why)") == "T1 waits: 采样管渗漏")
    }

    @Test("WORDS-7: a wording that opens a sentence begins with a capital letter")
    func opening() {
        let why: Wording = "the tube leaks"
        let sentence: Wording = "\(opening: why)."
        #expect(sentence.text == "The tube leaks.")
        #expect(say(sentence) == "采样管渗漏.")
    }

    @Test("WORDS-7: one word of two lists is translated by its list")
    func senses() {
        let (run, person) = (
            Wording(word: "refused", of: "run"), Wording(word: "refused", of: "person")
        )
        #expect(run.text == "refused" && run == person)
        #expect(say(run) == "已退回" && say(person) == "拒绝")
    }

    @Test("WORDS-8: a wording is kept as its English text and read back as it")
    func coding() throws {
        let wording: Wording = "The plate \("P{1}") is read already."
        let data = try JSONEncoder().encode([wording])
        #expect(String(decoding: data, as: UTF8.self) == #"["The plate P{1} is read already."]"#)
        let read = try JSONDecoder().decode([Wording].self, from: data)
        #expect(read == [wording])
        #expect(Set(read + [wording]).count == 1)
        let known = try JSONDecoder().decode(
            [Wording].self, from: Data(#"["the tube leaks"]"#.utf8))
        #expect(known.map(say) == ["采样管渗漏"])
    }
}
