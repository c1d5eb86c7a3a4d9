import LabDomain
import LabStatistics
import LabTables
import ReferenceFiles
import Testing

@testable import LabExchange

@Suite struct CampaignFileTests {
    static let heading = "sample_no,pool_no,pool_ct,individual_ct\n"

    @Test("IMP-10: pools and samples keep the order of the file, in pools of any size")
    func order() throws {
        let campaign = try CampaignFile.read(
            Array(
                (Self.heading + "a,2,31.5,\nb,1,NEGATIVE,\nc,2,31.5,30\nd,2,31.50,negative\n")
                    .utf8))
        #expect(campaign.pools.map(\.id) == ["2", "1"])
        #expect(campaign.pools.map(\.cq) == [Cq(31.5), nil])
        #expect(campaign.pools.map(\.isPositive) == [true, false])
        #expect(campaign.pools.map { $0.samples.map(\.id) } == [["a", "c", "d"], ["b"]])
        #expect(campaign.pools.map { $0.samples.map(\.line) } == [[2, 4, 5], [3]])
        let thirty = try #require(Cq(30))
        #expect(campaign.pools[0].samples.map(\.result) == [.notTested, .cq(thirty), .negative])
    }

    @Test("IMP-11: every fault is listed with its line and column, without the cell")
    func faults() throws {
        let text =
            Self.heading
            + "1,1,31.5,\n1,1,32,\n2,1,\"31,5\",x77\n3,,Negative,101\n4,2,,-1\n,2,Negative,\n5,2\n"
        let error = try #require(throws: CampaignFaults.self) {
            try CampaignFile.read(Array(text.utf8))
        }
        let expected: [CampaignFault] = [
            CampaignFault(line: 3, column: 1, .doubledSample(firstLine: 2)),
            CampaignFault(line: 3, column: 3, .poolDisagrees(firstLine: 2)),
            CampaignFault(line: 4, column: 3, .decimalComma),
            CampaignFault(line: 4, column: 4, .notNumber),
            CampaignFault(line: 5, column: 2, .empty),
            CampaignFault(line: 5, column: 4, .outOfRange),
            CampaignFault(line: 6, column: 3, .empty),
            CampaignFault(line: 6, column: 4, .outOfRange),
            CampaignFault(line: 7, column: 1, .empty),
            CampaignFault(
                line: 8, .table(TableFault(.tooFewFields(found: 2, expected: 4), at: .line(8)))),
        ]
        #expect(error.faults == expected)
        #expect(!error.description.contains("77"))
        let advice = "line 4, column 3: a decimal comma; write 31.5, not 31,5"
        #expect(error.description.contains(advice))
    }

    @Test(
        "IMP-11: a file that is no campaign is refused",
        arguments: [
            ("", 1), ("sample_no,pool_no,pool_ct,individual_ct", 1),
            ("sample_no,pool_no,individual_ct\n1,1,\n", 1), ("sample_no,pool_no,pool_ct,\"x", 1),
        ])
    func refused(_ text: String, _ line: Int) throws {
        let error = try #require(throws: CampaignFaults.self) {
            try CampaignFile.read(Array(text.utf8))
        }
        #expect(error.faults.map(\.line) == [line])
    }

    @Test("IMP-10: a written campaign is read back", arguments: UInt64(1)...20)
    func roundTrip(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var writer = DelimitedWriter()
        writer.row(CampaignFile.headings)
        var expected: [Int: [CampaignSample.Result]] = [:]
        let cqs = (0..<8).map { _ in Int.random(in: 10...40, using: &random) }
        for number in 1...60 {
            let pool = Int.random(in: 0..<8, using: &random)
            let own = Int.random(in: 0...99, using: &random)
            let result: CampaignSample.Result =
                own == 0 ? .notTested : Cq(Double(own)).map { .cq($0) } ?? .negative
            let cq = pool == 3 ? "negative" : "\(cqs[pool])"
            writer.row(["\(number)", "pool, \(pool)", cq, own == 0 ? "" : "\(own)"])
            expected[pool, default: []].append(result)
        }
        let campaign = try CampaignFile.read(writer.bytes)
        #expect(campaign.pools.count == expected.count, "seed \(seed)")
        for pool in campaign.pools {
            let number = try #require(pool.id.last?.wholeNumberValue)
            #expect(pool.samples.map(\.result) == expected[number], "seed \(seed)")
            #expect(pool.isPositive == (number != 3), "seed \(seed)")
        }
    }

    @Test(
        "IMP-10: the Kenyan pools of 2020 read as their authors count them",
        .needs(reference: "campaigns/kenya_2020_pools_of_6_001_125.csv"))
    func kenya() throws {
        let campaign = try CampaignFile.read(
            try Reference.bytes("campaigns/kenya_2020_pools_of_6_001_125.csv"))
        let limit = try #require(Cq(37))
        let counts = campaign.pools.map { pool in
            pool.samples.count { if case .cq(let cq) = $0.result { cq <= limit } else { false } }
        }
        let positive = campaign.pools.filter(\.isPositive)
        #expect(campaign.pools.count == 125)
        #expect(campaign.pools.allSatisfy { $0.samples.count == 6 })
        #expect(positive.count == 40)
        #expect(positive.flatMap(\.samples).allSatisfy { $0.result != .notTested })
        #expect(counts.reduce(0, +) == 56)
        #expect(counts.count { $0 > 0 } == 32)
    }
}
