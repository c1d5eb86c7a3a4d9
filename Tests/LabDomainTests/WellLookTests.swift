import LabDomain
import Testing

@Suite("Wells at which a person must look")
struct WellLookTests {
    private static let sample = WellPosition(row: 0, column: 0)
    private static let positive = WellPosition(row: 1, column: 0)
    private static let negative = WellPosition(row: 2, column: 0)

    private static let layout = PlateLayout(
        format: .wells96,
        wells: [
            FilledWell(position: sample, content: .sample(RequestID("T1/1"))),
            FilledWell(position: positive, content: .control(.weakPositive)),
            FilledWell(position: negative, content: .control(.negative)),
        ])

    private struct Said: Sendable {
        var cq: Double?
        var called: Call?
        var own: Double?
        var curve: CurveOpinion?
        var isExcluded = false
    }

    private func judge(
        _ said: Said, at well: WellPosition = sample, target: String = "N",
        kind: TestedKind = .single, others: Double? = nil
    ) throws -> RunJudgement {
        let assay = try AssayTests.assay()
        let readings = try Self.layout.wells.flatMap { filled -> [Reading] in
            try assay.channels.map { channel in
                guard filled.position == well, channel == target else {
                    let cq: Double? =
                        channel == "RNaseP"
                        ? 26 : filled.content == .control(.weakPositive) ? 32 : others
                    let isSilent = filled.content == .control(.negative) && channel != "RNaseP"
                    return Reading(
                        well: filled.position, target: channel,
                        cq: try (isSilent ? nil : cq).map(AssayTests.cq))
                }
                return Reading(
                    well: well, target: channel, cq: try said.cq.map(AssayTests.cq),
                    called: said.called, isExcluded: said.isExcluded,
                    ownCq: try said.own.map(AssayTests.cq), curve: said.curve)
            }
        }
        return try RunJudgement(
            of: readings, on: Self.layout, assay: assay, kinds: [RequestID("T1/1"): kind])
    }

    private static let cases: [(Said, [LookReason])] = [
        (Said(cq: nil), []), (Said(cq: 25), []),
        (Said(cq: 25, called: .detected, own: 24, curve: .positive), []),
        (Said(cq: nil, called: .notDetected, curve: .negative), []),
        (Said(cq: 25, called: .notDetected), [.callDiffers]),
        (Said(cq: nil, called: .detected), [.callDiffers]),
        (Said(cq: 38.5, called: .detected), []),
        (Said(cq: nil, curve: .positive), [.curveRises]),
        (Said(cq: 25, curve: .negative), [.noSigmoid]),
        (Said(cq: 38.5, curve: .negative), [.noSigmoid]),
        (Said(cq: 42, curve: .negative), []), (Said(cq: 42, curve: .positive), []),
        (Said(cq: 25, curve: .ambiguous), [.ambiguousCurve]),
        (Said(cq: nil, curve: .ambiguous), [.ambiguousCurve]),
        (Said(cq: 25, own: 28.5), [.cqDiffers]), (Said(cq: 25, own: 28), []),
        (Said(cq: 36.5, own: 37.5), [.cqDiffers]), (Said(cq: 37.5, own: 36.5), [.cqDiffers]),
        (Said(cq: 41, own: 46), []),
        (
            Said(cq: 25, called: .notDetected, own: 33, curve: .negative),
            [.callDiffers, .noSigmoid, .cqDiffers]
        ),
    ]

    @Test(
        "READ-14: a person looks where instrument and curve do not go together, and nowhere else",
        arguments: 0..<cases.count)
    func reasons(_ index: Int) throws {
        let (said, reasons) = Self.cases[index]
        // The other target agrees with this one, so that the well says something.
        let judged = try judge(said, others: said.cq)
        #expect(judged.looks.flatMap(\.reasons) == reasons)
        #expect(judged.looks.allSatisfy { $0.request == RequestID("T1/1") && $0.result != nil })
    }

    @Test("READ-14: the table has every reason")
    func everyReason() {
        #expect(Set(Self.cases.flatMap(\.1)) == Set(LookReason.allCases))
    }

    @Test("READ-14: that nothing was found rests on the internal control's curve")
    func internalControl() throws {
        let flat = Said(cq: 26, curve: .negative)
        let silent = try judge(flat, target: "RNaseP")
        #expect(silent.looks.map(\.reasons) == [[.noSigmoid]])
        #expect(try judge(flat, target: "RNaseP", others: 25).looks.isEmpty)
    }

    @Test("READ-14: a control whose curve is doubtful is looked at, though its Cq is right")
    func controls() throws {
        let flat = try judge(Said(cq: 32, curve: .negative), at: Self.positive)
        #expect(flat.isValid)
        #expect(flat.looks.map(\.well) == [Self.positive])
        #expect(flat.looks.allSatisfy { $0.request == nil && $0.result == nil })
        let rising = try judge(Said(cq: nil, curve: .positive), at: Self.negative)
        #expect(rising.looks.map(\.reasons) == [[.curveRises]])
    }

    @Test("READ-14: an invalid well says nothing, so that nobody need look")
    func invalid() throws {
        let out = try judge(Said(cq: 25, curve: .negative, isExcluded: true), others: 25)
        #expect(out.looks.isEmpty)
    }

    @Test("READ-13: a well that was taken out of the analysis is invalid, whatever it reads")
    func excluded() throws {
        for target in ["ORF1ab", "N", "RNaseP"] {
            for cq in [nil, 25] as [Double?] {
                let judged = try judge(Said(cq: cq, isExcluded: true), target: target, others: 25)
                #expect(judged.isValid)
                #expect(judged.results.map(\.2) == [WellResult(.invalid, .excluded)])
            }
        }
    }

    @Test("PLATE-9: a failed well may be read or not; nobody hears of it")
    func failed() throws {
        let well = WellPosition(row: 5, column: 5)
        let assay = try AssayTests.assay()
        let layout = PlateLayout(format: .wells96, wells: Self.layout.wells, failed: [well])
        let readings = try Self.layout.wells.flatMap { filled in
            try assay.channels.map {
                Reading(
                    well: filled.position, target: $0,
                    cq: filled.content == .control(.negative) ? nil : try AssayTests.cq(30))
            }
        }
        let extra = [Reading(well: well, target: "N", cq: try AssayTests.cq(20))]
        let without = try RunJudgement(of: readings, on: layout, assay: assay, kinds: [:])
        let with = try RunJudgement(of: readings + extra, on: layout, assay: assay, kinds: [:])
        #expect(with == without && with.isValid && with.results.count == 1)
        let faults = try #require(throws: RunFaults.self) {
            try RunJudgement(of: readings + extra, on: Self.layout, assay: assay, kinds: [:])
        }
        #expect(faults.faults == [.emptyWell(well)])
    }
}
