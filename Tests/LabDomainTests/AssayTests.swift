import LabDomain
import Testing

@Suite("From Cq to verdict")
struct AssayTests {
    static func cq(_ cycles: Double) throws -> Cq { try #require(Cq(cycles)) }

    /// ORF1ab and N, detected up to 37 and grey up to 40, with a human control up to 38.
    static func assay(
        singleTarget: Assay.SingleTarget = .grey, pooledAtMost: Double? = nil,
        hasControl: Bool = true
    ) throws -> Assay {
        let targets = try ["ORF1ab", "N"].map {
            AssayTarget(name: $0, positiveAtMost: try cq(37), greyAtMost: try cq(40))
        }
        return Assay(
            name: "orf1ab-n", kit: "first", targets: targets,
            internalControl: hasControl
                ? AssayTarget(name: "RNaseP", positiveAtMost: try cq(38), greyAtMost: nil) : nil,
            singleTarget: singleTarget, pooledAtMost: try pooledAtMost.map(cq))
    }

    /// The readings of a well; nil where no curve crossed.
    static func well(_ orf1ab: Double?, _ n: Double?, _ control: Double?) throws -> [String: Cq] {
        var cqs: [String: Cq] = [:]
        for (name, cycles) in [("ORF1ab", orf1ab), ("N", n), ("RNaseP", control)] {
            cqs[name] = try cycles.map(cq)
        }
        return cqs
    }

    @Test(
        "READ-1: a Cq up to the limit is detected, one up to the second limit grey",
        arguments: [
            (nil, Call.notDetected), (0, .detected), (36.99, .detected), (37, .detected),
            (37.001, .grey), (40, .grey), (40.001, .notDetected), (100, .notDetected),
        ] as [(Double?, Call)])
    func calls(_ cycles: Double?, _ call: Call) throws {
        let target = try Self.assay().targets[0]
        #expect(try target.call(cycles.map(Self.cq)) == call)
        let sharp = AssayTarget(name: "E", positiveAtMost: target.positiveAtMost, greyAtMost: nil)
        let isDetected = call == .detected
        #expect(try sharp.call(cycles.map(Self.cq)) == (isDetected ? .detected : .notDetected))
    }

    @Test("READ-1: a Cq is a number of cycles from 0 to 100")
    func numbers() {
        for cycles in [-0.001, 100.001, .infinity, -.infinity, .nan, 1e300] {
            #expect(Cq(cycles) == nil, "\(cycles)")
        }
        #expect(Cq(-0.0) != nil && Cq(100) == Cq.latest)
    }

    // D stands for detected, G for grey, - for none; the control is seen or missing (?).
    static let table: [(String, grey: WellResult, detected: WellResult)] = [
        ("DD", WellResult(.detected), WellResult(.detected)),
        ("DD?", WellResult(.detected), WellResult(.detected)),
        ("DG", WellResult(.grey, .singleTarget), WellResult(.detected)),
        ("GD", WellResult(.grey, .singleTarget), WellResult(.detected)),
        ("D-", WellResult(.grey, .singleTarget), WellResult(.detected)),
        ("-D", WellResult(.grey, .singleTarget), WellResult(.detected)),
        ("D-?", WellResult(.grey, .singleTarget), WellResult(.detected)),
        ("GG", WellResult(.grey, .lateSignal), WellResult(.grey, .lateSignal)),
        ("G-", WellResult(.grey, .lateSignal), WellResult(.grey, .lateSignal)),
        ("-G", WellResult(.grey, .lateSignal), WellResult(.grey, .lateSignal)),
        ("-G?", WellResult(.grey, .lateSignal), WellResult(.grey, .lateSignal)),
        ("--", WellResult(.notDetected), WellResult(.notDetected)),
        ("--?", WellResult(.invalid, .internalControl), WellResult(.invalid, .internalControl)),
    ]

    private func read(_ calls: String, by assay: Assay, of kind: TestedKind = .single) throws
        -> WellResult
    {
        let cycles = calls.prefix(2).map { letter -> Double? in
            switch letter {
            case "D": 30
            case "G": 39
            default: nil
            }
        }
        let control: Double? = calls.hasSuffix("?") ? nil : 26
        return assay.read(try Self.well(cycles[0], cycles[1], control), of: kind)
    }

    @Test("READ-2: every pair of calls has its verdict and reason", arguments: Self.table.indices)
    func verdicts(_ index: Int) throws {
        let (calls, grey, detected) = Self.table[index]
        #expect(try read(calls, by: try Self.assay(singleTarget: .grey)) == grey)
        #expect(try read(calls, by: try Self.assay(singleTarget: .detected)) == detected)
    }

    @Test("READ-2: the table above knows every pair of calls")
    func completeTable() {
        let pairs = "DG-".flatMap { one in "DG-".map { "\(one)\($0)" } }
        #expect(Set(Self.table.map { String($0.0.prefix(2)) }) == Set(pairs))
    }

    @Test("READ-2: a control that comes too late proves nothing; a kit without one needs none")
    func controls() throws {
        let late = try Self.well(nil, nil, 38.1)
        #expect(try Self.assay().read(late, of: .single) == WellResult(.invalid, .internalControl))
        let without = try Self.assay(hasControl: false)
        #expect(without.read([:], of: .single) == WellResult(.notDetected))
    }

    @Test("READ-2: wells of several people have a limit of their own, and then no grey zone")
    func pooled() throws {
        let assay = try Self.assay(pooledAtMost: 39)
        for kind in TestedKind.allCases {
            let isShared = kind == .mixed || kind == .pool
            #expect(kind.holdsSeveral == isShared)
            let late = assay.read(try Self.well(38.5, 38.5, 26), of: kind)
            #expect(late == (isShared ? WellResult(.detected) : WellResult(.grey, .lateSignal)))
            let latest = assay.read(try Self.well(39.5, 39.5, 26), of: kind)
            #expect(
                latest == (isShared ? WellResult(.notDetected) : WellResult(.grey, .lateSignal)))
        }
        let plain = try Self.assay().read(try Self.well(38.5, 38.5, 26), of: .pool)
        #expect(plain == WellResult(.grey, .lateSignal))
    }
}
