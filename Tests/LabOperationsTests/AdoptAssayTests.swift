import LabDomain
import LabOperations
import LabSettings
import Testing

@Suite("An assay is put into force")
struct AdoptAssayTests {
    private func sheet(_ bench: Bench, _ kit: KitRole = .first) throws -> AssaySheet {
        try #require(
            try bench.laboratory.assaySheets(as: Bench.administrator).first { $0.kit == kit })
    }

    @Test("ASSAY-8: a changed limit is the next plate's, and another version; the rest stays")
    func adopted() throws {
        let bench = try PlateMendingTests.bench(1...2)
        let before = try sheet(bench)
        let second = try sheet(bench, .second)
        let text = before.text.replacing("positive_at_most: 37", with: "positive_at_most: 35")
        let answer = try bench.perform(
            AdoptAssay(kit: .first, text: text, seen: before.digest), as: Bench.administrator)
        #expect(answer.version != before.version && answer.earlier == before.version)
        let after = try sheet(bench)
        #expect(after.assay.targets.allSatisfy { $0.positiveAtMost == Cq(35) })
        #expect(after.text == text && after.version == answer.version)
        #expect(try sheet(bench, .second).version == second.version)
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let run = try bench.perform(
            ImportRun(file: try bench.run(plate) { _ in [36, 36, 25] }, plate: plate))
        #expect(run.detected == 0 && run.grey == 2)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("ASSAY-8: while a plate of the old version waits, another is refused; new lots are not")
    func waiting() throws {
        let bench = try PlateMendingTests.bench(1...2)
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let before = try sheet(bench)
        #expect(before.waiting == 1)
        let text = before.text.replacing("positive_at_most: 37", with: "positive_at_most: 35")
        let change = AdoptAssay(kit: .first, text: text)
        let refusal = try bench.refusal(change, as: Bench.administrator)
        #expect(refusal?.code == .rule)
        let lots = before.text + "lots: [{ number: L7, expires: 2030-01-31 }]\n"
        let kept = try bench.perform(
            AdoptAssay(kit: .first, text: lots), as: Bench.administrator)
        #expect(kept.version == kept.earlier)
        let done = try bench.perform(
            AdoptAssay(kit: .first, text: text, evenWhileWaiting: true), as: Bench.administrator)
        #expect(done.waiting == 1)
        let file = try bench.run(plate) { _ in Bench.negative }
        #expect(try bench.refusal(ImportRun(file: file, plate: plate))?.code == .rule)
    }

    @Test("ASSAY-8: a text that was changed meanwhile, of another kit or of more is refused")
    func refused() throws {
        let bench = try PlateMendingTests.bench(1...1)
        let before = try sheet(bench)
        let stale = AdoptAssay(
            kit: .first, text: before.text, seen: AdoptAssay.digest(of: "something else"))
        #expect(try bench.refusal(stale, as: Bench.administrator)?.code == .rule)
        let other = AdoptAssay(
            kit: .first, text: before.text.replacing("kit: first", with: "kit: second"))
        #expect(try bench.refusal(other, as: Bench.administrator)?.code == .badData)
        #expect(try bench.refusal(AdoptAssay(kit: .first, text: before.text)) != nil)
        for text in ["", "name: [", before.text + "\nname: twice\n", "- name: a\n"] {
            #expect(throws: SettingsFaults.self) {
                try bench.perform(
                    AdoptAssay(kit: .first, text: text), as: Bench.administrator)
            }
        }
        #expect(try sheet(bench).text == before.text)
    }
}
