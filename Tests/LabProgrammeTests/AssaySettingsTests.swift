import LabDomain
import LabProgramme
import LabSettings
import Testing

@Suite("Assays in YAML")
struct AssaySettingsTests {
    private static let text = """
        name: house-assay
        targets:
          - { name: ORF1ab, dye: FAM, positive_at_most: 37, grey_at_most: 40 }
          - { name: N, dye: VIC, positive_below: 38 }
          - { name: E, positive_at_most: 36.5 }
        internal_control: { name: IC, at_most: 35, may_be_silent: when_early, early_at_most: 28 }
        detected_from: 2
        single_target: grey
        pooled_at_most: 41
        repeat: { verdicts: [grey], maximum_tests: 3, grey_twice: recollect }
        controls:
          weak_positive: { count: 2, shows: [ORF1ab, N], window: { N: [28, 36] } }
          negative: { count: 4, internal_control: present, silent_after: 42 }
          kit_positive: { shows: [E], lacks: [N] }
        lots:
          - { number: L1, expires: 2027-01-31 }
          - { number: L2, expires: 2026-12-31 }
        pool_sizes: [10, 5]
        volumes_microlitres: { template: 7.5, reagent: 12 }
        """

    private func cq(_ cycles: Double) throws -> Cq { try #require(Cq(cycles)) }

    @Test("ASSAY-1: every key of an assay is read")
    func whole() throws {
        let read = try AssaySettings(Self.text, file: "assay.yaml")
        let assay = read.assay
        #expect(assay.name == "house-assay")
        #expect(assay.targets.map(\.name) == ["ORF1ab", "N", "E"])
        #expect(assay.targets.map(\.dye) == ["FAM", "VIC", nil])
        #expect(assay.targets[0].greyAtMost == (try cq(40)))
        #expect(assay.targets[1].call(try cq(38)) == .notDetected)
        #expect(assay.targets[1].call(try cq(37.99)) == .detected)
        #expect(assay.leastDetected == 2)
        #expect(assay.controlExcuse == .signal(upTo: try cq(28)))
        #expect(
            assay.repeats
                == RepeatRule(verdicts: [.grey], maximumTests: 3, greyTwice: .recollect))
        #expect(assay.expectation(of: .weakPositive).windows.map(\.target) == ["N"])
        #expect(assay.expectation(of: .negative).internalControl == .present)
        #expect(assay.expectation(of: .kitPositive).mustLack("N"))
        #expect(assay.expectation(of: .kitNegative) == ControlExpectation(.kitNegative))
        #expect(
            read.kit.controls
                == ControlScheme(weakPositive: 2, negative: 4, kitPositive: 1, kitNegative: 1))
        #expect(read.kit.lots.map(\.number) == ["L1", "L2"])
        #expect(read.kit.poolSizes == [5, 10])
        #expect(read.kit.volumes == WellVolumes(template: 7.5, reagent: 12))
    }

    @Test(
        "ASSAY-2: every fault of an assay is told with its line and column",
        arguments: [
            ("dye: FAM, positive_at_most: 37", "dye: FAM, positive_at_most: 370", 3),
            ("grey_at_most: 40", "grey_at_most: 36", 3),
            ("positive_below: 38", "positive_below: 38, positive_at_most: 37", 4),
            ("name: N, dye", "name: E, dye", 2), ("detected_from: 2", "detected_from: 4", 7),
            ("when_early", "when_late", 6), (", early_at_most: 28", "", 6),
            ("single_target: grey", "single_target: maybe", 8),
            ("pooled_at_most: 41", "pooled_at_most: 39", 9),
            ("verdicts: [grey]", "verdicts: [detected]", 10),
            ("maximum_tests: 3", "maximum_tests: 0", 10),
            ("count: 2, shows", "count: 0, shows", 11), ("count: 4", "count: 2", 11),
            ("shows: [ORF1ab, N]", "shows: [ORF1ab, RdRp]", 11),
            ("N: [28, 36]", "N: [36, 28]", 12), ("N: [28, 36]", "N: 28", 12),
            ("count: 4,", "count: 4, lacks: [N],", 11), ("count: 4,", "count: 4, shows: [N],", 11),
            ("silent_after: 42", "silent_after: 36.9", 11),
            ("lacks: [N]", "lacks: [E]", 11), ("shows: [E], lacks", "shows: [], lacks", 11),
            ("expires: 2027-01-31", "expires: 2027-02-30", 16), ("number: L2", "number: L1", 15),
            ("pool_sizes: [10, 5]", "pool_sizes: [10, 0]", 18),
            ("template: 7.5", "template: 0", 19), ("reagent: 12", "reagants: 12", 19),
            ("single_target", "single_targets", 8),
        ])
    func faults(_ right: String, _ wrong: String, _ line: Int) throws {
        try #require(Self.text.contains(right))
        let faults = try #require(throws: SettingsFaults.self) {
            try AssaySettings(Self.text.replacing(right, with: wrong), file: "assay.yaml")
        }
        #expect(
            faults.faults.contains { abs($0.place.line - line) <= 2 && $0.place.column >= 1 },
            "\(faults)")
    }

    @Test("ASSAY-2: many faults are told together")
    func together() throws {
        let wrong = Self.text.replacing("detected_from: 2", with: "detected_from: 9")
            .replacing("expires: 2027-01-31", with: "expires: soon")
            .replacing("may_be_silent: when_early", with: "may_be_silent: sometimes")
        let faults = try #require(throws: SettingsFaults.self) {
            try AssaySettings(wrong, file: "assay.yaml")
        }
        #expect(Set(faults.faults.map(\.place.line)).isSuperset(of: [6, 7]))
        #expect(faults.faults.count >= 3)
    }

    @Test("ASSAY-1: settings of before assays had these keys are read as they were meant")
    func older() throws {
        let laboratory = try LaboratorySettings(ShippedRules.laboratory.text(), file: "lab.yaml")
        let assay = try #require(laboratory.assays[.first])
        let kit = try #require(laboratory.kits[.first])
        #expect(kit == Kit())
        #expect(assay.expectations == nil && assay.leastDetected == nil && assay.repeats == nil)
        #expect(laboratory.controls(for: .first) == laboratory.controls)
    }

    @Test("ASSAY-3: the ready assays are read; the laboratory names one and tells of its own lots")
    func ready() throws {
        for ready in ReadyAssay.allCases {
            let read = try AssaySettings(ready, kit: .second)
            #expect(read.assay.name == ready.rawValue && read.assay.kit == "second")
            #expect(read.kit.lots.isEmpty)
        }
        let text = try ShippedRules.laboratory.text()
        let settings = try LaboratorySettings(
            String(text.prefix(upTo: try #require(text.range(of: "assays:")).lowerBound)) + """
                assays:
                  - ready: cdc-2019-ncov
                    kit: first
                    pool_sizes: [5]
                    controls: { negative: { count: 5 } }
                    lots: [{ number: "77", expires: 2030-01-01 }]
                  - ready: taqpath-covid-19
                    kit: second
                """, file: "lab.yaml")
        let first = try #require(settings.kits[.first])
        #expect(settings.assays[.first]?.targets.map(\.name) == ["N1", "N2"])
        #expect(first.lots.map(\.number) == ["77"] && first.poolSizes == [5])
        #expect(first.volumes == WellVolumes(template: 5, reagent: 15))
        #expect(settings.controls(for: .first).negative == 5)
        #expect(settings.controls(for: .first).weakPositive == settings.controls.weakPositive)
        #expect(settings.assays[.second]?.targets.count == 3)
        #expect(settings.kits[.second]?.poolSizes == [2, 3, 4, 5])
    }

    @Test("ASSAY-3: a ready assay that is not there is a fault with its place")
    func notReady() throws {
        let text = try ShippedRules.laboratory.text().replacing(
            "- name: orf1ab-n", with: "- ready: cdc-2019-ncof")
        let faults = try #require(throws: SettingsFaults.self) {
            try LaboratorySettings(text, file: "lab.yaml")
        }
        #expect(faults.faults.contains { $0.message.contains("cdc-2019-ncov") })
    }

    private func read(_ ready: ReadyAssay, _ cycles: [String: Double]) throws -> WellResult {
        try AssaySettings(ready, kit: .first).assay.read(
            try cycles.mapValues(cq), of: .single)
    }

    // The rules as the CDC's instructions for use state them.
    static let cdc: [([String: Double], WellResult)] = [
        (["N1": 30, "N2": 31, "RP": 25], WellResult(.detected)),
        (["N1": 30, "N2": 31], WellResult(.detected)),
        (["N1": 39.99, "N2": 39.99, "RP": 25], WellResult(.detected)),
        (["N1": 30, "RP": 25], WellResult(.grey, .singleTarget)),
        (["N2": 30], WellResult(.grey, .singleTarget)),
        (["N1": 30, "N2": 40, "RP": 25], WellResult(.grey, .singleTarget)),
        (["RP": 25], WellResult(.notDetected)), (["RP": 39.9], WellResult(.notDetected)),
        (["N1": 40, "N2": 41, "RP": 30], WellResult(.notDetected)),
        ([:], WellResult(.invalid, .internalControl)),
        (["RP": 40], WellResult(.invalid, .internalControl)),
    ]

    @Test("READ-10: the US CDC's panel reads as its instructions say", arguments: cdc)
    func cdcPanel(_ cycles: [String: Double], _ result: WellResult) throws {
        #expect(try read(.cdc, cycles) == result)
    }

    static let taqPath: [([String: Double], WellResult)] = [
        (["ORF1ab": 20, "N": 20, "S": 20, "MS2": 25], WellResult(.detected)),
        (["ORF1ab": 20, "N": 20], WellResult(.detected)),
        (["ORF1ab": 36.9, "S": 37], WellResult(.detected)),
        (["N": 30, "S": 37.1, "MS2": 25], WellResult(.grey, .singleTarget)),
        (["S": 30], WellResult(.grey, .singleTarget)),
        (["MS2": 32], WellResult(.notDetected)),
        (["MS2": 32.1], WellResult(.invalid, .internalControl)),
        ([:], WellResult(.invalid, .internalControl)),
    ]

    @Test("READ-10: two of three targets make a positive, one is inconclusive", arguments: taqPath)
    func twoOfThree(_ cycles: [String: Double], _ result: WellResult) throws {
        #expect(try read(.taqPath, cycles) == result)
    }

    static let chinese: [([String: Double], WellResult)] = [
        (["ORF1ab": 36.9, "N": 36.9, "IC": 25], WellResult(.detected)),
        (["ORF1ab": 37, "N": 36.9, "IC": 25], WellResult(.grey, .singleTarget)),
        (["ORF1ab": 37, "N": 40, "IC": 25], WellResult(.grey, .lateSignal)),
        (["ORF1ab": 40.1, "IC": 25], WellResult(.notDetected)),
        ([:], WellResult(.invalid, .internalControl)),
    ]

    @Test("READ-10: ORF1ab and N read by 37 and 40 cycles", arguments: chinese)
    func greyZone(_ cycles: [String: Double], _ result: WellResult) throws {
        #expect(try read(.orf1abN, cycles) == result)
    }

    @Test("READ-11: an internal control may be silent only as the assay says")
    func excuses() throws {
        func result(_ words: String, _ cycles: [String: Double]) throws -> WellResult {
            let text = Self.text.replacing(
                "may_be_silent: when_early, early_at_most: 28", with: words)
            return try AssaySettings(text, file: "assay.yaml").assay.read(
                try cycles.mapValues(cq), of: .single)
        }
        let missing = WellResult(.invalid, .internalControl)
        let early = "may_be_silent: when_early, early_at_most: 28"
        let strong = ["ORF1ab": 27.0, "N": 30]
        let weak = ["ORF1ab": 30.0, "N": 30]
        #expect(try result(early, strong) == WellResult(.detected))
        #expect(try result(early, weak) == missing)
        #expect(try result("may_be_silent: when_signal", weak) == WellResult(.detected))
        #expect(try result("may_be_silent: never", strong) == missing)
        #expect(
            try result("may_be_silent: never", strong.merging(["IC": 30]) { one, _ in one })
                == WellResult(.detected))
        for words in [early, "may_be_silent: when_signal", "may_be_silent: never"] {
            #expect(try result(words, [:]) == missing)
        }
    }

    @Test("READ-10: the CDC's controls: nothing without template, RNase P alone in the human one")
    func cdcControls() throws {
        let assay = try AssaySettings(.cdc, kit: .first).assay
        #expect(assay.expectation(of: .kitPositive).internalControl == .present)
        #expect(assay.expectation(of: .negative).internalControl == .present)
        #expect(assay.expectation(of: .kitNegative).internalControl == .absent)
        #expect(assay.targets.allSatisfy { assay.expectation(of: .negative).mustLack($0.name) })
    }
}
