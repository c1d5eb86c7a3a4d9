internal import Foundation
package import LabDomain
internal import LabExchange

/// What a rehearsal of a recorded campaign came to.
package struct RehearsalResult: Codable, Hashable, Sendable {
    /// Laboratory pools that were tested.
    package let pools: Int
    package let positivePools: Int
    /// Members of positive pools that were tested by themselves.
    package let retests: Int
    /// All wells run for samples, controls not counted.
    package let reactions: Int
    /// Samples found positive.
    package let positives: Int
    /// Positive pools with a positive member.
    package let confirmedPools: Int
    /// Positive pools whose members were all tested and all negative.
    package let unconfirmedPools: Int
    /// Tests that still wait because the campaign recorded no result for them.
    package let open: Int

    private enum CodingKeys: String, CodingKey {
        case pools
        case positivePools = "positive_pools"
        case retests
        case reactions
        case positives
        case confirmedPools = "confirmed_pools"
        case unconfirmedPools = "unconfirmed_pools"
        case open
    }
}

/// Plays a recorded pooled campaign through the laboratory's own operations, with a simulated
/// clock: registration, receipt, pools, plates, runs, retests, review and release.
package struct RehearseCampaign {
    private let campaign: Campaign
    private let laboratory: Laboratory
    private let positiveAtMost: Cq
    private let progress: (String) -> Void
    private var now: Timestamp

    private static let technician = "rehearsal.technician"
    private static let supervisor = "rehearsal.supervisor"
    private static let administrator = "rehearsal.administrator"
    /// One pass of the instrument with change-over.
    private static let runTime = Span.minutes(108)
    private static let start = Timestamp(milliseconds: 1_600_000_000_000)

    /// Reads a campaign and makes a laboratory for it.
    /// - Parameters:
    ///   - file: CSV with the columns `sample_no,pool_no,pool_ct,individual_ct`.
    ///   - positiveAtMost: The Ct up to which a member counts as positive; a pool is positive when
    ///     it has any Ct.
    ///   - database: Where to keep the laboratory; nil keeps it in memory only.
    ///   - progress: Told what is being played.
    /// - Throws: `Refusal` with every faulty line of the file.
    package init(
        file: [UInt8], positiveAtMost: Cq, database: String?,
        progress: @escaping (String) -> Void
    ) throws {
        campaign = try Self.read(file)
        self.progress = progress
        self.positiveAtMost = positiveAtMost
        now = Self.start
        let largest = campaign.pools.map(\.samples.count).max() ?? 1
        let settings = RehearsalRules.laboratory(positiveAtMost: positiveAtMost)
        let programme = RehearsalRules.programme(largestPool: largest)
        if let database {
            laboratory = try Laboratory.make(
                at: database, keyFile: database + ".key", settings: settings,
                programme: programme, administrator: Self.administrator, at: now
            ).0
        } else {
            laboratory = try Laboratory.inMemory(
                settings: settings, programme: programme, administrator: Self.administrator,
                at: now)
        }
    }

    /// Plays the campaign to its end.
    package mutating func play() throws -> RehearsalResult {
        let idle = campaign.pools.filter { !$0.isPositive }.flatMap(\.samples)
            .count { $0.result != .notTested }
        if idle > 0 {
            progress(
                "left out: \(idle) results of members of negative pools, for which nobody asks")
        }
        try hire()
        let tubes = try register()
        let pools = try formPools(tubes)
        try testPools(pools)
        try retestMembers(pools, tubes)
        return try result()
    }

    private func hire() throws {
        for (handle, role) in [
            (Self.technician, Role.technician), (Self.supervisor, .supervisor),
        ] {
            _ = try laboratory.perform(
                AddPerson(handle: handle, role: role, name: nil), as: Self.administrator, at: now)
        }
    }

    /// Registers and receives one single tube for each sample.
    private mutating func register() throws -> [String: TubeID] {
        var tubes: [String: TubeID] = [:]
        var rows: [[ManifestColumn: String]] = []
        let samples = campaign.pools.flatMap(\.samples)
        for (index, sample) in samples.enumerated() {
            let tube = RehearsalRules.barcode(number: index + 1)
            tubes[sample.id] = tube
            rows.append([
                .tube: tube.text, .kind: "1:1", .unit: "campaign", .box: "CAMPAIGN",
                .collectedAt: Zone.china.minuteText(now), .name: "sample \(index + 1)",
                .documentType: DocumentType.other.rawValue,
                .documentNumber: "SAMPLE-\(index + 1)",
            ])
        }
        progress("registering \(samples.count) samples")
        now = now.advanced(by: .hours(1))
        _ = try laboratory.perform(
            RegisterManifest(file: ManifestFile.write(rows), mode: .allOrNothing),
            as: Self.technician, at: now)
        _ = try laboratory.perform(
            ReceiveBox(box: "CAMPAIGN", scans: nil, goodOnly: false), as: Self.technician, at: now)
        return tubes
    }

    private mutating func formPools(_ tubes: [String: TubeID]) throws -> [(PoolID, CampaignPool)] {
        progress("forming \(campaign.pools.count) pools")
        let named = campaign.pools.map { pool in
            FormPools.Named(tubes: pool.samples.compactMap { tubes[$0.id]?.text })
        }
        let formed = try laboratory.perform(
            FormPools(.named(named)), as: Self.technician, at: now
        ).answer
        return Array(zip(formed.pools.map(\.pool), campaign.pools))
    }

    private mutating func testPools(_ pools: [(PoolID, CampaignPool)]) throws {
        let cqs = Dictionary(pools.map { ($0.0.text, $0.1.cq) }) { first, _ in first }
        try test(cqs, calling: "pools")
    }

    /// Tests the members that the laboratory now asks for and that the campaign tested.
    private mutating func retestMembers(
        _ pools: [(PoolID, CampaignPool)], _ tubes: [String: TubeID]
    ) throws {
        var recorded: [String: Cq?] = [:]
        for sample in pools.flatMap(\.1.samples) {
            guard let tube = tubes[sample.id] else { continue }
            switch sample.result {
            case .notTested: break
            case .negative: recorded[tube.text] = .some(nil)
            case .cq(let cq): recorded[tube.text] = cq
            }
        }
        let waiting = try laboratory.waitingTests(onlyRetests: true, as: Self.technician)
        let asked = Set(waiting.map(\.subject))
        try test(recorded.filter { asked.contains($0.key) }, calling: "retests")
    }

    /// Plates, runs, reviews and releases tests whose results the campaign recorded.
    private mutating func test(_ cqs: [String: Cq?], calling what: String) throws {
        var left = Set(cqs.keys)
        var plates: [PlateID] = []
        while !left.isEmpty {
            let plate = try laboratory.perform(
                LayOutPlate(kit: .first, only: left.sorted()), as: Self.technician, at: now
            ).answer
            plates.append(plate.plate)
            let worklist = try laboratory.worklist(of: plate.plate, as: Self.technician)
            left.subtract(worklist.wells.map(\.code))
        }
        now = now.advanced(by: Self.runTime)
        for (index, plate) in plates.enumerated() {
            progress("\(what): plate \(index + 1) of \(plates.count)")
            let worklist = try laboratory.worklist(of: plate, as: Self.technician)
            _ = try laboratory.perform(
                ImportRun(
                    file: RehearsalRules.run(worklist, positiveAtMost: positiveAtMost) {
                        cqs[$0] ?? nil
                    }, plate: plate),
                as: Self.technician, at: now)
            let review = try laboratory.perform(
                ReviewRun(plate: plate), as: Self.supervisor, at: now
            ).answer
            guard review.reviewed > 0 else { continue }
            if review.reviewed > review.detected.count {
                _ = try laboratory.perform(Release(.negatives), as: Self.supervisor, at: now)
            }
            if !review.detected.isEmpty {
                _ = try laboratory.perform(
                    Release(.tubes(review.detected.map(\.text))), as: Self.supervisor, at: now)
            }
        }
    }

    private func result() throws -> RehearsalResult {
        let status = try laboratory.status(as: Self.supervisor)
        let tests = try laboratory.look(.seeWork, as: Self.supervisor) { try $0.testCounts() }
        return RehearsalResult(
            pools: status.pools, positivePools: tests.positivePools, retests: tests.retests,
            reactions: status.wells, positives: status.peopleDetected,
            confirmedPools: tests.poolsWithPositiveMember,
            unconfirmedPools: status.poolsUnconfirmed,
            open: status.testsWaiting + status.answersToRelease + status.recollectionsOpen
                + status.tasksOpen)
    }

    static func read(_ file: [UInt8]) throws -> Campaign {
        do throws(CampaignFaults) {
            return try CampaignFile.read(file)
        } catch {
            throw Refusal(
                .badData, "The campaign cannot be read.",
                remedy: "Give the columns sample_no,pool_no,pool_ct,individual_ct.",
                places: error.faults.map {
                    Refusal.Place(
                        line: $0.line, column: $0.column, code: "campaign",
                        message: $0.wording, remedy: "Mend the line.")
                })
        }
    }
}
