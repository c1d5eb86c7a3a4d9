import LabDomain
import LabStatistics
import Testing

@Suite("From a run to its results")
struct RunJudgementTests {
    private let assay: Assay
    private let layout: PlateLayout
    private let kinds: [RequestID: TestedKind]
    private let good: [Reading]

    /// Ten samples (one of them positive) among the manual's controls, all as they should be.
    init() throws {
        assay = try AssayTests.assay()
        let requests = (0..<10).map { RequestID("T\($0)/1") }
        var random = SeededGenerator(seed: 96)
        layout = try PlateLayout(requests, on: .wells96, controls: .manual, using: &random)
        kinds = Dictionary(uniqueKeysWithValues: requests.map { ($0, .single) })
        var readings: [Reading] = []
        for well in layout.wells {
            let (signal, control): (Double?, Double?) =
                switch well.content {
                case .sample(let request): (request.text == "T3/1" ? 22 : nil, 26)
                case .control(let kind): (kind.isPositive ? 33 : nil, nil)
                }
            for (target, cycles) in [("ORF1ab", signal), ("N", signal), ("RNaseP", control)] {
                let cq = try cycles.map(AssayTests.cq)
                readings.append(Reading(well: well.position, target: target, cq: cq))
            }
        }
        good = readings
    }

    private func judge(_ readings: [Reading]) throws(RunFaults) -> RunJudgement {
        try RunJudgement(of: readings, on: layout, assay: assay, kinds: kinds)
    }

    private func faults(_ readings: [Reading]) -> [RunFault] {
        do throws(RunFaults) { _ = try judge(readings) } catch { return error.faults }
        return []
    }

    private func places(of kind: ControlKind) -> [WellPosition] {
        layout.wells.filter { $0.content == .control(kind) }.map(\.position)
    }

    @Test("READ-3: a file that fits gives every sample its result, in the order of the plate")
    func fits() throws {
        let judgement = try judge(good.reversed())
        #expect(judgement.isValid)
        #expect(judgement.results.map { $0.0.text } == (0..<10).map { "T\($0)/1" })
        #expect(
            judgement.results.map { $0.2.verdict }
                == (0..<10).map { $0 == 3 ? .detected : .notDetected })
        #expect(judgement.results.map { $0.1 } == judgement.results.map { $0.1 }.sorted())
    }

    @Test("READ-3: each way in which a file does not fit its plate is told")
    func misfits() {
        let well = good[0].well
        let outside = WellPosition(row: 8, column: 0)
        let empty = WellPosition(row: 7, column: 11)
        let cases: [(Reading, RunFault)] = [
            (Reading(well: outside, target: "N", cq: nil), .noSuchWell(outside)),
            (Reading(well: empty, target: "N", cq: nil), .emptyWell(empty)),
            (Reading(well: well, target: "E", cq: nil), .unknownTarget("E", well)),
            (Reading(well: well, target: "n", cq: nil), .unknownTarget("n", well)),
            (good[0], .readTwice(well, target: "ORF1ab")),
        ]
        for (reading, fault) in cases { #expect(faults(good + [reading]) == [fault]) }
        #expect(faults(Array(good.dropFirst())) == [.notRead(well, target: "ORF1ab")])
        #expect(faults(good + cases.map(\.0)) == cases.map(\.1))
        #expect(faults([]).count == good.count)
    }

    @Test("READ-3: a second reading does not replace the first, whatever it says")
    func twice() throws {
        let later = Reading(
            well: good[0].well, target: good[0].target, cq: try AssayTests.cq(20))
        #expect(faults(good + [later]) == [.readTwice(good[0].well, target: "ORF1ab")])
        #expect(faults([later] + good) == [.readTwice(good[0].well, target: "ORF1ab")])
    }

    // A positive control fails when it is silent, late or grey; a negative one at any signal.
    static let failures: [(ControlKind, Double?)] = [
        (.weakPositive, nil), (.weakPositive, 38), (.weakPositive, 41),
        (.kitPositive, nil), (.kitPositive, 37.5), (.kitPositive, 45),
        (.negative, 20), (.negative, 39), (.negative, 44),
        (.kitNegative, 12), (.kitNegative, 38), (.kitNegative, 45),
    ]

    @Test(
        "READ-4: a failed control of any kind makes every result of its run invalid",
        arguments: Self.failures, ["ORF1ab", "N"])
    func controls(_ failure: (ControlKind, Double?), target: String) throws {
        let cq = try failure.1.map(AssayTests.cq)
        for place in places(of: failure.0) {
            let readings = good.map {
                $0.well == place && $0.target == target
                    ? Reading(well: place, target: target, cq: cq) : $0
            }
            let judgement = try judge(readings)
            let fault = ControlFault(
                well: place, control: failure.0, target: target,
                why: failure.0.isPositive ? .silent : .signal)
            #expect(judgement.controlFaults == [fault])
            #expect(!judgement.isValid)
            #expect(judgement.results.count == 10)
            let invalid = WellResult(.invalid, .controlsFailed)
            #expect(judgement.results.allSatisfy { $0.2 == invalid })
        }
    }

    @Test("READ-4: the table above has failures of every kind of control")
    func everyKind() {
        #expect(Set(Self.failures.map(\.0)) == Set(ControlKind.allCases))
    }
}
