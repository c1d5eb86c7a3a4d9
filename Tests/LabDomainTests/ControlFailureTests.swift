import LabDomain
import LabStatistics
import Testing

@Suite("Controls under an assay's own scheme")
struct ControlFailureTests {
    /// What one channel of one control reads, against what must be.
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let control: ControlKind
        let target: String
        let cq: Double?
        var isExcluded = false
        let why: ControlFailure?

        var testDescription: String { name }
    }

    /// An assay whose controls all have rules of their own: the weak positive shows both targets
    /// within a window, the kit positive ORF1ab alone, the extracted negative holds a human
    /// specimen, and the kit negative nothing at all.
    private static func assay() throws -> Assay {
        let plain = try AssayTests.assay()
        func window(_ target: String) throws -> ControlExpectation.Window {
            ControlExpectation.Window(
                target: target, from: try AssayTests.cq(28), to: try AssayTests.cq(36))
        }
        return Assay(
            name: "strict", kit: "first", targets: plain.targets,
            internalControl: plain.internalControl, singleTarget: .grey, pooledAtMost: nil,
            expectations: [
                ControlExpectation(
                    .weakPositive, windows: [try window("ORF1ab"), try window("N")]),
                ControlExpectation(
                    .negative, internalControl: .present, silentAfter: try AssayTests.cq(42)),
                ControlExpectation(
                    .kitPositive, shows: ["ORF1ab"], lacks: ["N"], internalControl: .present),
                ControlExpectation(.kitNegative, internalControl: .absent),
            ])
    }

    static let cases: [Case] = [
        Case(
            name: "the weak positive is silent", control: .weakPositive, target: "N", cq: nil,
            why: .silent),
        Case(
            name: "the weak positive is grey", control: .weakPositive, target: "ORF1ab", cq: 38,
            why: .silent),
        Case(
            name: "the weak positive is not weak", control: .weakPositive, target: "N", cq: 22,
            why: .window),
        Case(
            name: "the weak positive is late", control: .weakPositive, target: "N", cq: 36.5,
            why: .window),
        Case(
            name: "the weak positive was taken out", control: .weakPositive, target: "N", cq: 32,
            isExcluded: true, why: .excluded),
        Case(
            name: "the weak positive holds", control: .weakPositive, target: "N", cq: 36, why: nil),
        Case(
            name: "the kit positive lacks its target", control: .kitPositive, target: "ORF1ab",
            cq: nil, why: .silent),
        Case(
            name: "the kit positive shows the other target", control: .kitPositive, target: "N",
            cq: 30, why: .signal),
        Case(
            name: "the kit positive has no internal control", control: .kitPositive,
            target: "RNaseP", cq: nil, why: .silent),
        Case(
            name: "a negative shows a target", control: .negative, target: "ORF1ab", cq: 41,
            why: .signal),
        Case(
            name: "a negative shows a target later than counts", control: .negative,
            target: "ORF1ab", cq: 43, why: nil),
        Case(
            name: "a negative was not extracted", control: .negative, target: "RNaseP", cq: nil,
            why: .silent),
        Case(
            name: "a negative was extracted badly", control: .negative, target: "RNaseP", cq: 39,
            why: .silent),
        Case(
            name: "a negative was taken out", control: .negative, target: "N", cq: nil,
            isExcluded: true, why: .excluded),
        Case(
            name: "the kit negative shows a target", control: .kitNegative, target: "N", cq: 44,
            why: .signal),
        Case(
            name: "the kit negative holds a specimen", control: .kitNegative, target: "RNaseP",
            cq: 39, why: .signal),
        Case(
            name: "the kit negative's internal control was taken out", control: .kitNegative,
            target: "RNaseP", cq: nil, isExcluded: true, why: .excluded),
    ]

    private static func good(_ kind: ControlKind, _ target: String) -> Double? {
        switch (kind, target) {
        case (.weakPositive, "RNaseP"): nil
        case (.weakPositive, _): 33
        case (.kitPositive, "ORF1ab"): 25
        case (.kitPositive, "N"): nil
        case (.kitPositive, _), (.negative, "RNaseP"): 26
        default: nil
        }
    }

    @Test(
        "READ-12: a control that does not do what its assay asks for stops its run",
        arguments: cases)
    func failures(_ failure: Case) throws {
        let assay = try Self.assay()
        var random = SeededGenerator(seed: 5)
        let requests = (0..<10).map { RequestID("T\($0)/1") }
        let layout = try PlateLayout(
            requests, on: .wells96, controls: .manual, using: &random)
        let place = try #require(
            layout.wells.last { $0.content == .control(failure.control) }?.position)
        let readings = try layout.wells.flatMap { well -> [Reading] in
            try assay.channels.map { channel in
                if well.position == place, channel == failure.target {
                    return Reading(
                        well: place, target: channel, cq: try failure.cq.map(AssayTests.cq),
                        isExcluded: failure.isExcluded)
                }
                let cq: Double? =
                    switch well.content {
                    case .control(let kind): Self.good(kind, channel)
                    // Half of the people are positive: none of them may be reported.
                    case .sample(let id): channel == "RNaseP" || id.text < "T5" ? 25 : nil
                    }
                return Reading(
                    well: well.position, target: channel, cq: try cq.map(AssayTests.cq))
            }
        }
        let judged = try RunJudgement(of: readings, on: layout, assay: assay, kinds: [:])
        guard let why = failure.why else {
            #expect(judged.isValid, "\(judged.controlFaults)")
            #expect(judged.results.count { $0.2.verdict == .detected } == 5)
            return
        }
        let fault = ControlFault(
            well: place, control: failure.control, target: failure.target, why: why)
        #expect(judged.controlFaults == [fault])
        #expect(!judged.isValid && judged.results.count == 10)
        let invalid = WellResult(.invalid, .controlsFailed)
        #expect(judged.results.allSatisfy { $0.2 == invalid })
        #expect(judged.looks.isEmpty)
    }

    @Test("READ-12: the table has every kind of control and every way to fail")
    func everyKind() {
        #expect(Set(Self.cases.map(\.control)) == Set(ControlKind.allCases))
        #expect(Set(Self.cases.compactMap(\.why)) == Set(ControlFailure.allCases))
        #expect(Self.cases.contains { $0.why == nil })
    }
}
