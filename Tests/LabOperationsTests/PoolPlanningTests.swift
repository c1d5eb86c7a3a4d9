import Foundation
import LabDomain
import LabExchange
import LabOperations
import Testing

@Suite("Planning pools")
struct PoolPlanningTests {
    private func bench(_ tubes: [(risk: String, address: String)], programme: String? = nil) throws
        -> Bench
    {
        var bench = try Bench(programme: programme)
        try register(tubes, from: 1, in: &bench)
        return bench
    }

    private func register(
        _ tubes: [(risk: String, address: String)], from first: Int, in bench: inout Bench
    ) throws {
        let rows = tubes.enumerated().map { index, tube in
            var row = bench.row(
                tube: first + index, kind: "1:1", person: first + index, risk: tube.risk,
                box: "B\(first)")
            row[.address] = tube.address
            return row
        }
        try bench.perform(bench.manifest(rows))
        bench.now = bench.now.advanced(by: .minutes(10))
        try bench.perform(ReceiveBox(box: "B\(first)", scans: nil, goodOnly: false))
    }

    private func plan(_ bench: Bench, _ wishes: PoolWishes = PoolWishes()) throws -> PoolProposal {
        try bench.laboratory.planPools(wishes, as: Bench.technician, at: bench.now)
    }

    private static func low(_ count: Int) -> [(risk: String, address: String)] {
        (0..<count).map { ("low", "Home \($0)") }
    }

    @Test("PLAN-1: what is proposed is what is formed, and nothing before")
    func carriedOut() throws {
        let bench = try bench(Self.low(23))
        let proposal = try plan(bench)
        #expect(try bench.laboratory.pools(onlyOpen: false, as: Bench.technician).isEmpty)
        #expect(!proposal.isTooSlow && proposal.earliestDue != nil)
        var late = bench
        late.now = try #require(proposal.earliestDue).advanced(by: .minutes(-29))
        #expect(try plan(late).isTooSlow)
        let formed = try bench.perform(FormPools(.proposed(PoolWishes())))
        #expect(formed.pools.map(\.tubes) == proposal.pools.map(\.tubes))
        #expect(formed.pools.map(\.scheme) == proposal.pools.map(\.scheme))
        #expect(Set(formed.singly) == Set(proposal.singly.map(\.tube)))
        #expect(try bench.violations.isEmpty)
        let wells = proposal.pools.count + proposal.singly.count
        #expect(proposal.wells == wells && proposal.plates == 1)
        #expect(proposal.firstVerdicts == .minutes(30))
        #expect(proposal.classes[0].reason.contains("0.02 % positive"))
    }

    @Test("POOL-3: no pool mixes risk classes, and key persons stay alone")
    func classes() throws {
        let risks = (0..<30).map { ["low", "medium", "key"][$0 % 3] }
        let bench = try bench(risks.enumerated().map { ($0.element, "Home \($0.offset)") })
        let proposal = try plan(bench)
        let risk = Dictionary(
            uniqueKeysWithValues: (1...30).map { (Bench.barcode($0), risks[$0 - 1]) })
        #expect(!proposal.pools.isEmpty)
        for pool in proposal.pools {
            #expect(Set(pool.tubes.compactMap { risk[$0.text] }) == [pool.risk.rawValue])
        }
        #expect(proposal.singly.count { $0.reason == .neverPooled } == 10)
    }

    @Test("PLAN-2: a plan is changed tube by tube and carried out as it was changed")
    func changed() throws {
        let bench = try bench(Self.low(12))
        let file = String(decoding: PoolPlanFile.write(try plan(bench)), as: UTF8.self)
        var lines = file.split(whereSeparator: \.isNewline).map(String.init)
        #expect(lines[0] == "pool,tube,class,scheme,note")
        // The first tube goes singly, the second into a pool of its own with the third.
        lines[1] = "," + lines[1].drop { $0 != "," }.dropFirst()
        for line in [2, 3] { lines[line] = "X" + lines[line].drop { $0 != "," } }
        let named = try PoolPlanFile.read(Array(lines.joined(separator: "\n").utf8))
        let formed = try bench.perform(FormPools(.named(named)))
        #expect(formed.pools.contains { $0.tubes.count == 2 })
        #expect(formed.pools.reduce(0) { $0 + $1.tubes.count } == 11)
        let waiting = try plan(bench)
        #expect(waiting.singly.count == 1 && waiting.pools.isEmpty)
        #expect(try bench.violations.isEmpty)
    }

    @Test("PLAN-3: every fault of a changed plan is told with its line, and no pool is formed")
    func faults() throws {
        let bench = try bench(Self.low(6) + [("key", "K"), ("medium", "M"), ("medium", "N")])
        let text = """
            pool,tube,class,scheme,note
            1,\(Bench.barcode(1)),low,5>1,
            1,\(Bench.barcode(2)),low,5>1,
            2,\(Bench.barcode(7)),key,5>1,
            2,\(Bench.barcode(77)),low,5>1,
            3,\(Bench.barcode(3)),low,5>1,
            3,\(Bench.barcode(8)),medium,5>1,
            4,\(Bench.barcode(4)),low,5>2>1,
            4,123,low,5>2>1,
            5,\(Bench.barcode(5)),low,5>1,
            """
        let named = try PoolPlanFile.read(Array(text.utf8))
        let refusal = try #require(try bench.refusal(FormPools(.named(named))))
        let faults = refusal.places.map { "\($0.line ?? 0) \($0.code)" }
        #expect(
            faults == [
                "4 risk", "5 not-waiting", "6 mixed-risk", "8 scheme", "9 barcode-format",
                "10 pool-of-one",
            ])
        #expect(try bench.laboratory.pools(onlyOpen: false, as: Bench.technician).isEmpty)
        for text in [
            "pool,tube,scheme\n1,,5>1", "pool,tube,scheme\n1,A,5>1\n1,B,10>1", "tube\nA", "",
            "pool,tube,scheme\n1,A,5>1\n,A,", "pool,tube,scheme\n1,A,", "pool,tube\n1,A",
        ] {
            #expect(throws: Refusal.self, "\(text)") { try PoolPlanFile.read(Array(text.utf8)) }
        }
    }

    @Test("POOL-12: a measured tube with too little is left out, and refused when it is named")
    func measured() throws {
        let bench = try bench(Self.low(5))
        try bench.perform(MeasureTube(scan: Bench.barcode(3), microlitres: 900))
        let proposal = try plan(bench)
        #expect(proposal.singly.map(\.tube.text) == [Bench.barcode(3)])
        #expect(proposal.singly.first?.reason == .tooLittle)
        let named = FormPools.Named(tubes: (1...5).map { Bench.barcode($0) })
        let refusal = try #require(try bench.refusal(FormPools(.named([named]))))
        #expect(refusal.places.map(\.code) == ["too-little"])
        #expect(refusal.places.first?.message.contains("1200") == true)
        #expect(try bench.refusal(MeasureTube(scan: Bench.barcode(3), microlitres: -1)) != nil)
    }

    @Test("POOL-12: an old tube is left out, and refused when it is named")
    func old() throws {
        var bench = try bench(Self.low(3))
        bench.now = bench.now.advanced(by: .hours(25))
        #expect(try plan(bench).singly.allSatisfy { $0.reason == .tooOld })
        let named = FormPools.Named(tubes: [Bench.barcode(1), Bench.barcode(2)])
        let refusal = try #require(try bench.refusal(FormPools(.named([named]))))
        #expect(refusal.places.map(\.code) == ["too-old", "too-old"])
    }

    @Test("PLAN-4: a class about which nothing is known is refused by name, until somebody says")
    func unknown() throws {
        let text = try Laboratory.shippedText(settings: false)
            .replacing("expected_prevalence: { low: 0.0002, ", with: "expected_prevalence: { ")
        let bench = try bench(Self.low(6), programme: text)
        let refusal = try #require(throws: Refusal.self) { try plan(bench) }
        #expect(refusal.message.contains("expected_prevalence.low"))
        #expect(try !plan(bench, PoolWishes(prevalence: [.low: 0.0001])).pools.isEmpty)
        #expect(try plan(bench, PoolWishes(prevalence: [.low: 0.1])).pools.isEmpty)
        let named = FormPools.Named(tubes: [Bench.barcode(1), Bench.barcode(2)])
        let unnamed = try #require(try bench.refusal(FormPools(.named([named]))))
        #expect(unnamed.places.map(\.code) == ["prevalence", "prevalence"])
        let high = try bench.refusal(FormPools(.named([named]), knowing: [.low: 0.1]))
        #expect(high?.places.map(\.code) == ["prevalence", "prevalence"])
        #expect(try bench.refusal(FormPools(.named([named]), knowing: [.low: 0.0001])) == nil)
        #expect(throws: Refusal.self) { try plan(bench, PoolWishes(prevalence: [.low: 1.5])) }
        #expect(throws: Refusal.self) { try plan(bench, PoolWishes(singly: [Bench.barcode(99)])) }
    }

    @Test("POOL-10: the laboratory's own positives stop its pools")
    func ownResults() throws {
        var bench = try bench(Self.low(10))
        #expect(try !plan(bench).pools.isEmpty)
        // Ten single tests, two positive: far above one in a thousand.
        let positive = Set([Bench.barcode(1), Bench.barcode(2)])
        try bench.testPlate { positive.contains($0) ? Bench.positive : Bench.negative }
        try register(Self.low(10), from: 101, in: &bench)
        let proposal = try plan(bench)
        #expect(proposal.pools.isEmpty)
        #expect(proposal.classes.first?.reason.contains("pools below 0.1 % only") == true)
        // Nobody talks the laboratory's own positives away.
        #expect(try plan(bench, PoolWishes(prevalence: [.low: 0.000_1])).pools.isEmpty)
        let named = FormPools.Named(tubes: [Bench.barcode(101), Bench.barcode(102)])
        let refusal = try #require(try bench.refusal(FormPools(.named([named]))))
        #expect(refusal.places.map(\.code) == ["prevalence", "prevalence"])
    }

    @Test("POOL-14: people who were called back are tested singly, found again or not")
    func calledBack() throws {
        var bench = try Bench()
        try bench.perform(
            bench.manifest((1...3).map { bench.row(tube: 1, kind: "5:1", person: $0) }))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        try bench.testPlate { _ in Bench.positive }
        let calls = try bench.laboratory.recollections(onlyOpen: true, as: Bench.technician)
            .map(\.recollection)
        #expect(calls.count == 3)
        try bench.perform(CloseRecollection(recollection: calls[1], outcome: .notFound))
        bench.now = bench.now.advanced(by: .minutes(30))
        // Everybody comes in the end, with two neighbours who were never called.
        try bench.perform(
            bench.manifest(
                (1...5).map { bench.row(tube: 10 + $0, kind: "1:1", person: $0, box: "B2") }))
        try bench.perform(ReceiveBox(box: "B2", scans: nil, goodOnly: false))
        let wishes = PoolWishes(scheme: PoolScheme(size: 5))
        let programme = try Laboratory.shippedText(settings: false)
            .replacing("highest_prevalence: 0.001", with: "highest_prevalence: 1")
        try bench.perform(AdoptProgramme(text: programme), as: Bench.administrator)
        let proposal = try plan(bench, wishes)
        #expect(proposal.singly.map(\.reason) == [.recollected, .recollected, .recollected])
        #expect(proposal.pools.map(\.tubes.count) == [2])
    }

    @Test("PLAN-5: whoever may not form pools sees no proposal")
    func rights() throws {
        let bench = try bench(Self.low(2))
        #expect(throws: Refusal.self) {
            try bench.laboratory.planPools(as: "plan.ner", at: bench.now)
        }
    }
}
