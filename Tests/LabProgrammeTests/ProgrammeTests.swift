import LabDomain
import LabProgramme
import LabSettings
import Testing

@Suite("Rules read from YAML")
struct ProgrammeTests {
    private func programme(
        _ change: (String) -> String = { $0 }
    ) throws -> Programme {
        let text = try ShippedRules.jingdezhen.text()
        return try Programme(change(text), file: "plan.yaml", version: "v1")
    }

    private func laboratory(
        _ change: (String) -> String = { $0 }
    ) throws -> LaboratorySettings {
        try LaboratorySettings(change(try ShippedRules.laboratory.text()), file: "lab.yaml")
    }

    @Test("PROG-1: Jingdezhen's programme has the plan's clocks, ratios and pools")
    func jingdezhen() throws {
        let programme = try programme()
        let clocks = Dictionary(uniqueKeysWithValues: programme.clocks.map { ($0.name, $0) })
        #expect(clocks["feedback"]?.limit == .hours(12))
        #expect(clocks["feedback"]?.starts == .received)
        #expect(clocks["feedback"]?.stops == .delivered)
        #expect(clocks["positive-report"]?.limit == .hours(2))
        #expect(clocks.values.allSatisfy { !$0.source.isEmpty })
        #expect(programme.mixedRatios == [.five, .ten])
        #expect(programme.poolSizes == [5, 10])
        #expect(programme.poolSchemes.map(\.description) == ["10>5>1"])
        #expect(programme.poolRisks == [.low, .medium])
        #expect(programme.policy.version == "v1")
    }

    @Test("PROG-1: the shipped laboratory has two kits, the manual's controls and a reading zone")
    func shippedLaboratory() throws {
        let laboratory = try laboratory()
        #expect(laboratory.zone == .china)
        #expect(laboratory.controls.meetsManual)
        #expect(laboratory.assays[.first]?.targets.map(\.name) == ["ORF1ab", "N"])
        #expect(laboratory.assays[.second] != nil)
    }

    @Test("FORE-9: stations, order and what stands by are settings; each may be left out")
    func stations() throws {
        let named = try laboratory {
            $0.replacing("  order: first-come", with: "  order: earliest-deadline")
                .replacing(
                    "  pcr: 4\n",
                    with: "  pcr: 6\n  reserve: [pcr, review]\n  elsewhere: 5h 30min\n")
        }.stations
        #expect(named.pcr == 6 && named.order == .earliestDeadline)
        #expect(named.reserve == [.pcr, .review] && named.elsewhere == .minutes(330))
        let silent = try laboratory {
            $0.replacing(#/(?s)stations:\n.*?\n\n/#, with: "")
        }.stations
        #expect(silent == StationSettings())
        #expect(throws: SettingsFaults.self) {
            try laboratory { $0.replacing("  pcr: 4\n", with: "  pcr: 0\n") }
        }
    }

    @Test("PROG-2: a clock without a limit is read as no clock")
    func noLimit() throws {
        let programme = try programme { $0.replacing("    limit: 2h\n", with: "") }
        #expect(programme.clocks.first { $0.name == "positive-report" }?.limit == .some(nil))
    }

    @Test("POOL-9: schemes of more than two stages are listed; a programme may list none")
    func schemes() throws {
        func scheme(_ text: String) throws -> PoolScheme { try #require(PoolScheme(text: text)) }
        let listed = try programme()
        let older = try programme { $0.replacing("  schemes: [\"10>5>1\"]\n", with: "") }
        #expect(older.poolSchemes.isEmpty && older.poolSizes == [5, 10])
        #expect(try listed.allows(scheme("10>5>1")) && !older.allows(scheme("10>5>1")))
        #expect(try !listed.allows(scheme("10>2>1")))
        for programme in [listed, older] {
            #expect(try programme.allows(scheme("10>1")) && programme.allows(scheme("5>1")))
            #expect(try !programme.allows(scheme("20>1")))
        }
    }

    @Test(
        "PROG-3: every fault of a programme is told with its line and column",
        arguments: [
            ("limit: 12h", "limit: soon", 14), ("starts: received", "starts: recieved", 12),
            ("mixed_ratios: [5, 10]", "mixed_ratios: [5, 7]", 35),
            ("highest_prevalence: 0.001", "highest_prevalence: 1.5", 45),
            ("unconfirmed: investigate", "unconfirmd: investigate", 58),
            ("[\"10>5>1\"]", "[\"10>5\"]", 40), ("[\"10>5>1\"]", "[\"20>5>1\"]", 40),
            ("effective: 2021-07-30", "effective: 2021-02-30", 6),
            ("name: positive-report", "name: feedback", 10),
        ])
    func faults(_ right: String, _ wrong: String, _ line: Int) throws {
        let faults = try #require(throws: SettingsFaults.self) {
            try programme { $0.replacing(right, with: wrong) }
        }
        let lines = faults.faults.map(\.place.line)
        #expect(lines.contains { abs($0 - line) <= 3 }, "\(faults)")
        #expect(faults.faults.allSatisfy { $0.place.column >= 1 })
    }

    @Test(
        "PROG-4: settings that would read wells wrongly are refused",
        arguments: [
            ("single_target: grey", "single_target: grey\n    pooled_at_most: 36"),
            ("name: N, positive", "name: ORF1ab, positive"),
            ("weak_positive: 1", "weak_positive: 0"),
            ("negative: 3", "negative: 2"), ("kit: second", "kit: first"),
            ("wells: 96", "wells: 97"), ("utc_offset: \"+08:00\"", "utc_offset: Shanghai"),
        ])
    func settings(_ right: String, _ wrong: String) throws {
        #expect(throws: SettingsFaults.self) {
            try laboratory { $0.replacing(right, with: wrong, maxReplacements: 1) }
        }
    }

    @Test("COLL-10: the shipped programme says how tubes are filled; an older text may say nothing")
    func collection() throws {
        let rules = try programme().collection
        #expect(rules.largest == [.low: .ten, .medium: .five, .high: .one, .key: .one])
        #expect(Set(rules.prevalence.keys) == Set(RiskClass.allCases))
        let silent = try programme { text in
            text.split(separator: "\n", omittingEmptySubsequences: false)
                .filter { !$0.hasPrefix("collection:") && !$0.hasPrefix("expected_prevalence:") }
                .joined(separator: "\n")
        }
        #expect(silent.collection == CollectionRules())
        #expect(silent.policy == (try programme()).policy)
    }

    @Test(
        "COLL-10: rules of collection that cannot be are refused with their place",
        arguments: [
            ("low: 10,", "low: 20,"), ("low: 10,", "low: 7,"), ("low: 10,", "lwo: 10,"),
            ("key: 0.02", "key: 1.2"), ("key: 0.02", "keys: 0.02"),
        ])
    func wrongCollection(_ right: String, _ wrong: String) throws {
        let faults = try #require(throws: SettingsFaults.self) {
            try programme { $0.replacing(right, with: wrong) }
        }
        #expect(faults.faults.count == 1)
        #expect(faults.faults.allSatisfy { $0.place.column > 1 && $0.place.line > 45 })
    }
}
