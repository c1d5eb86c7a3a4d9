import LabDomain
import LabProgramme
import LabSettings
import LabStatistics
import Testing

@Suite("An assay within the settings")
struct AssayTextTests {
    private static func shipped() throws -> String { try ShippedRules.laboratory.text() }

    @Test("ASSAY-8: each assay of the settings is a text of its own, which reads as it does there")
    func alone() throws {
        let settings = try LaboratorySettings(try Self.shipped(), file: "settings")
        let texts = try AssayText.all(in: try Self.shipped())
        #expect(texts.map(\.kit) == [.first, .second])
        for text in texts {
            let alone = try AssaySettings(text.text, file: "assay")
            #expect(alone.assay == settings.assays[text.kit])
            #expect(text.text.hasPrefix("name: "))
        }
    }

    @Test("ASSAY-8: putting an assay back as it was changes no character")
    func unchanged() throws {
        let settings = try Self.shipped()
        for text in try AssayText.all(in: settings) {
            #expect(text.replaced(by: text.text, in: settings) == settings)
            #expect(text.replaced(by: text.text + "\n\n", in: settings) == settings)
        }
    }

    @Test(
        "ASSAY-8: however the settings are written, a changed limit changes that assay alone",
        arguments: 1...40)
    func random(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pad = String(repeating: " ", count: Int.random(in: 0...4, using: &random))
        let gap = String(repeating: " ", count: Int.random(in: 1...3, using: &random))
        let blank = Bool.random(using: &random) ? "\n" : ""
        let note = Bool.random(using: &random) ? "\(pad)# the next kit\n" : ""
        let flow = Bool.random(using: &random)
        let limits = (1...2).map { _ in Int.random(in: 30...37, using: &random) }
        func assay(_ kit: KitRole, _ limit: Int) -> String {
            let inner = pad + " " + gap
            let key = "name: \(kit.rawValue)-assay"
            let rest =
                "targets: [{ name: N, positive_at_most: \(limit) }]\(flow ? ", " : "\n\(inner)")"
                + "single_target: grey"
            return flow
                ? "\(pad)-\(gap){ \(key), kit: \(kit.rawValue), \(rest) }\n"
                : "\(pad)-\(gap)\(key)\n\(inner)kit: \(kit.rawValue)\n\(blank)\(inner)\(rest)\n"
        }
        let before = try Self.shipped()
        let head = before.prefix(upTo: try #require(before.range(of: "assays:")).lowerBound)
        let settings =
            head + "assays:\n" + assay(.first, limits[0]) + note + assay(.second, limits[1])
            + blank + "# the end\n"
        let read = try LaboratorySettings(String(settings), file: "settings")
        let kit: KitRole = Bool.random(using: &random) ? .first : .second
        let text = try #require(
            try AssayText.all(in: String(settings)).first { $0.kit == kit }, "seed \(seed)")
        #expect(try AssaySettings(text.text, file: "a").assay == read.assays[kit], "seed \(seed)")
        let old = limits[kit == .first ? 0 : 1]
        let changed = text.text.replacing("at_most: \(old)", with: "at_most: 38.5")
        let after = try LaboratorySettings(
            text.replaced(by: changed, in: String(settings)), file: "settings")
        #expect(after.assays[kit]?.targets.first?.positiveAtMost == Cq(38.5), "seed \(seed)")
        let other: KitRole = kit == .first ? .second : .first
        #expect(after.assays[other] == read.assays[other], "seed \(seed)")
        #expect(text.replaced(by: text.text, in: String(settings)) == String(settings))
    }

    @Test("ASSAY-8: assays in a list on one line have no lines of their own, and that is said")
    func inline() throws {
        let text = "assays: [{ name: a, kit: first }, { name: b, kit: second }]\n"
        let faults = #expect(throws: SettingsFaults.self) { try AssayText.all(in: text) }
        #expect(faults?.faults.first?.message.contains("no lines of its own") == true)
    }
}
