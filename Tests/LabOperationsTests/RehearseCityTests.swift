import Foundation
import LabDomain
import LabSecrets
import LabStore
import Testing

@testable import LabOperations

@Suite("A rehearsed city")
struct RehearseCityTests {
    @Test("A city's laboratory stands at every stage of the work, and its audit is sound")
    func everyStage() throws {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("swabline-city-\(Hash.hex(randomBytes(8)))").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let present = Timestamp(milliseconds: 1_627_999_200_000)
        var rehearsal = try RehearseCity(
            directory: directory, size: .init(people: 9_000, openTubes: 450), seed: 5, at: present
        ) { _ in }
        let accounts = try rehearsal.play()
        let laboratory = rehearsal.laboratory
        #expect(Set(accounts.map(\.role)) == Set(Role.ofPeople))

        let status = try laboratory.status(as: DemoDay.supervisor)
        #expect((8_900...9_000).contains(status.people))
        // 89 mixed tubes and 10 single ones for 900 people, and three places of each of 10 waves.
        #expect((980...1_020).contains(status.tubes))
        let stages = [
            status.tubesExpected, status.poolsOpen, status.platesWaitingForRun,
            status.runsToReview, status.answersToRelease, status.answersReleased,
            status.recollectionsOpen, status.recollectionsClosed, status.tasksOpen,
        ]
        #expect(stages.allSatisfy { $0 > 0 }, "\(stages)")
        let batches = try laboratory.look(.seeWork, as: DemoDay.supervisor) {
            try $0.clockBatches(at: present)
        }
        #expect(batches.contains { $0.counts[.late] ?? 0 > 0 })
        #expect(try laboratory.audit(as: DemoDay.supervisor) { _ in }.isSound)
    }
}
