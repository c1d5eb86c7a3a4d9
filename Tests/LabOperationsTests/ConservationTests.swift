import Foundation
import LabDomain
import LabOperations
import LabStore
import Testing

@Suite("Conservation")
struct ConservationTests {
    /// Another seed is tried with `SWABLINE_SEED=n tools/test --filter Conservation`.
    private static let seeds: [UInt64] = {
        let given = ProcessInfo.processInfo.environment["SWABLINE_SEED"].flatMap(UInt64.init)
        return given.map { [$0] } ?? Array(1...10)
    }()

    private struct Walk: CustomTestStringConvertible {
        let seed: UInt64
        let habit: RandomLaboratory.Habit

        var testDescription: String { "seed \(seed), \(habit)" }
    }

    private static let walks = RandomLaboratory.Habit.allCases.flatMap { habit in
        seeds.map { Walk(seed: $0, habit: habit) }
    }

    @Test(
        """
        CONS-1, CONS-2, CONS-3, CONS-4, CONS-5, STORE-2: whatever is done in whatever order, \
        nobody is lost or doubled, and the facts add up to the tables
        """, arguments: walks)
    private func random(_ walk: Walk) throws {
        print("conservation \(walk.testDescription)")
        var laboratory = try RandomLaboratory(seed: walk.seed, habit: walk.habit)
        for step in 0..<150 {
            try laboratory.step()
            let violations = try laboratory.bench.violations
            #expect(violations.isEmpty, "\(walk.testDescription), step \(step): \(violations)")
            guard violations.isEmpty else { return }
        }
        let audit = try laboratory.bench.laboratory.store.audit()
        #expect(audit.isSound, "\(walk.testDescription): \(audit)")

        try laboratory.finish()
        let status = try laboratory.bench.laboratory.status(as: Bench.technician)
        #expect(try laboratory.bench.violations.isEmpty)
        #expect(status.testsWaiting == 0, "\(walk.testDescription)")
        #expect(status.answersToRelease == 0, "\(walk.testDescription)")
        #expect(status.tubesExpected == 0, "\(walk.testDescription)")
        #expect(status.poolsOpen == 0, "\(walk.testDescription)")
        #expect(try laboratory.bench.laboratory.store.audit().isSound)
    }

    @Test("CONS-1: the random walk does every kind of step, so that it proves something")
    func reaches() throws {
        var done: [String: Int] = [:]
        for seed in Self.seeds.prefix(6) {
            var laboratory = try RandomLaboratory(seed: seed, habit: .everything)
            for _ in 0..<150 { try laboratory.step() }
            done.merge(laboratory.done) { $0 + $1 }
        }
        for step in [
            "register", "register again", "receive", "reject", "pool", "plate", "second plate",
            "run", "review", "refuse", "release", "close", "task", "feedback",
            "reject a waiting one", "abandon", "receive one", "undo",
            "close box", "fail well", "rerun", "combine", "look",
        ] {
            #expect(done[step, default: 0] > 0, "\(step) was never done: \(done)")
        }
    }

    @Test("CONS-5: the random walk takes pools through every stage and back")
    func reachesStages() throws {
        var turns: [String: Int] = [:]
        for seed in Self.seeds.prefix(6) {
            var laboratory = try RandomLaboratory(seed: seed, habit: .pools)
            for _ in 0..<340 {
                try laboratory.step()
                try laboratory.watchPools()
            }
            turns.merge(laboratory.turns) { $0 + $1 }
        }
        for turn in [
            "first: open to split", "first: split to open", "first: split to confirmed",
            "first: split to unconfirmed", "first: confirmed to split",
            "first: unconfirmed to split", "smaller: open to negative", "smaller: open to opened",
            "smaller: open to split", "smaller: open to withdrawn", "smaller: negative to open",
            "smaller: confirmed to opened", "smaller: unconfirmed to split",
            "smaller: split to confirmed",
        ] {
            #expect(turns[turn, default: 0] > 0, "\(turn) never came: \(turns)")
        }
    }
}
