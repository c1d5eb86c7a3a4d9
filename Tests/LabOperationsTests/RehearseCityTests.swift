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
            directory: directory, size: .init(people: 18_200, openTubes: 910), seed: 5, at: present
        ) { _ in }
        let accounts = try rehearsal.play()
        let laboratory = rehearsal.laboratory
        #expect(Set(accounts.map(\.role)) == Set(Role.ofPeople))

        let status = try laboratory.status(as: DemoDay.supervisor)
        #expect((18_100...18_200).contains(status.people))
        // Nine mixed tubes and a single one for 91 people, and three places of each of 10 waves.
        #expect((2_000...2_060).contains(status.tubes))
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
