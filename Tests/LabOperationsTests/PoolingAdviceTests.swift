import Foundation
import LabDomain
import LabOperations
import Testing

@Suite("What the laboratory's own results advise")
struct PoolingAdviceTests {
    /// Mixed 10:1 tubes read one plate after another, the given ones positive.
    private func bench(plates: [[Bool]]) throws -> Bench {
        var bench = try Bench()
        var tube = 0
        var person = 0
        for plate in plates {
            let first = tube
            var rows = plate.flatMap { _ in
                tube += 1
                return (0..<10).map { _ in
                    person += 1
                    return bench.row(tube: tube, kind: "10:1", person: person, box: "B\(first)")
                }
            }
            rows.removeAll { $0.isEmpty }
            try bench.perform(bench.manifest(rows))
            bench.now = bench.now.advanced(by: .minutes(20))
            try bench.perform(ReceiveBox(box: "B\(first)", scans: nil, goodOnly: false))
            let positive = Set(
                plate.indices.filter { plate[$0] }.map { Bench.barcode(first + $0 + 1) })
            try bench.testPlate { positive.contains($0) ? Bench.positive : Bench.negative }
            bench.now = bench.now.advanced(by: .minutes(10))
        }
        return bench
    }

    private func advise(_ bench: Bench) throws -> PoolingAdvice {
        try bench.laboratory.advise(
            since: bench.now.advanced(by: .hours(-48)), as: Bench.supervisor, at: bench.now)
    }

    @Test("ADV-1: from the wells alone come prevalence, interval and the cost of each ratio")
    func figures() throws {
        let bench = try bench(plates: [(0..<40).map { $0 < 2 }])
        let advice = try advise(bench)
        let line = try #require(advice.lines.first)
        #expect(advice.lines.count == 1)
        #expect(line.risk == .low && line.kind == .mixed && line.scheme == "10:1")
        #expect(line.wells == 40 && line.people == 400 && line.positiveWells == 2)
        // A well finds 99 % of those that hold somebody positive.
        #expect(abs(line.prevalence - (1 - pow(1 - 2 / (40 * 0.99), 0.1))) < 1e-9)
        #expect(line.low < line.prevalence && line.prevalence < line.high)
        #expect(line.costs.map(\.scheme) == ["1:1", "5:1", "10:1"] && line.best == "10:1")
        let switchAt = try #require(line.switchAt)
        func tests(_ k: Double) -> Double {
            1 / k + 0.99 - (0.99 + 0.995 - 1) * pow(1 - switchAt, k)
        }
        #expect(abs(tests(10) - tests(5)) < 1e-9)
        #expect(line.warning == nil)
    }

    @Test("ADV-2: a ratio that has cost more than the next is told with the time since when")
    func warning() throws {
        let quiet = (0..<30).map { _ in false }
        let bad = (0..<30).map { $0 % 2 == 0 }
        let start = try Bench().now
        let bench = try bench(plates: [quiet, quiet, bad, bad])
        let line = try #require(try advise(bench).lines.first)
        let warning = try #require(line.warning)
        #expect(warning.other == "5:1")
        // The third plate is read 80 minutes after the start.
        #expect(warning.since == start.advanced(by: .minutes(80)))
        #expect(line.advice.contains("10:1 has cost more than 5:1 since"))
        #expect(warning.low < warning.prevalence && warning.prevalence < warning.high)
        let calm = try self.bench(plates: [quiet, quiet, quiet])
        #expect(try advise(calm).lines.first?.warning == nil)
    }

    @Test("ADV-3: advice looks back as far as asked, and tells nobody's name")
    func since() throws {
        let bench = try bench(plates: [(0..<5).map { _ in true }])
        let late = try bench.laboratory.advise(
            since: bench.now.advanced(by: .minutes(-1)), as: "plan.ner", at: bench.now)
        #expect(late.lines.isEmpty)
        let all = try advise(bench)
        #expect(!all.lines.isEmpty)
        let json = String(decoding: try JSONEncoder().encode(all), as: UTF8.self)
        for person in 1...50 {
            #expect(!json.contains("Person \(person)") && !json.contains(Bench.number(of: person)))
        }
        #expect(throws: Refusal.self) {
            try bench.laboratory.advise(since: bench.now, as: "nobody.here", at: bench.now)
        }
    }

    @Test("ADV-4: a recorded campaign is judged by its pools, its clusters and both models")
    func campaign() throws {
        var lines = ["sample_no,pool_no,pool_ct,individual_ct"]
        var sample = 0
        for pool in 1...40 {
            for member in 0..<5 {
                sample += 1
                // Four pools with two positives each, one pool that nobody explains.
                let ct = pool <= 5 ? "30" : "Negative"
                let own = pool > 5 ? "" : pool <= 4 && member < 2 ? "28" : "Negative"
                lines.append("\(sample),\(pool),\(ct),\(own)")
            }
        }
        let advice = try CampaignAdvice(
            file: Array(lines.joined(separator: "\n").utf8), positiveAtMost: try #require(Cq(37)))
        #expect(advice.pools == 40 && advice.people == 200 && advice.positivePools == 5)
        #expect(advice.confirmed == 8 && advice.confirmedShare == 0.04)
        #expect(advice.confirmedPools == 4 && advice.unconfirmedPools == 1)
        #expect(advice.observedTests == 65)
        #expect(abs(advice.prevalence - (1 - pow(35.0 / 40, 0.2))) < 1e-9)
        // 40 + 200 (P + (1 − P)/36) with P = 1 − 0.96⁵.
        let positive = 1 - pow(0.96, 5.0)
        #expect(
            abs(advice.testsIfIndependent - (40 + 200 * (positive + (1 - positive) / 36))) < 1e-9)
        let correlated = try #require(advice.testsIfCorrelated)
        #expect(correlated < advice.testsIfIndependent && (advice.correlation ?? 0) > 0.1)
    }
}
