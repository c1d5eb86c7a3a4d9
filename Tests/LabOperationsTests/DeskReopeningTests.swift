import LabDomain
import LabOperations
import LabStatistics
import LabStore
import Testing

@Suite("A tube that a desk opens again")
struct DeskReopeningTests {
    private typealias Device = DeskTests.Device

    private func registered(_ tube: Int, _ bench: Bench) throws -> Int? {
        try bench.laboratory.store.read {
            try $0.tube(TubeID(Bench.barcode(tube)))?.tube.people.count
        }
    }

    /// What the manifests count, the newest first.
    private func counted(_ bench: Bench) throws -> [Int] {
        try bench.laboratory.manifests(after: "", as: Bench.supervisor).rows.map(\.people)
    }

    @Test("DESK-20: a closed tube is opened again, filled on and registered once, with everybody")
    func goesOn() throws {
        var device = Device(bench: try Bench())
        try device.fill(1, 1..<5)
        #expect(try device.send(1, DeskTests.close(4, .nobodyWaits)).outcome == .registered)
        #expect(try registered(1, device.bench) == 4)
        let opened = try device.send(1, .reopen)
        #expect(opened.outcome == .reopened && opened.people == 4)
        #expect(try registered(1, device.bench) == nil)
        #expect(try device.send(1, DeskTests.bind(9)).people == 5)
        #expect(try device.send(1, .undo(of: 2)).people == 4)
        #expect(try device.send(1, DeskTests.close(4, .groupEnds)).outcome == .registered)
        #expect(try registered(1, device.bench) == 4)
        let report = try device.bench.laboratory.store.audit()
        #expect(report.isSound, "\(report)")
        #expect(try device.bench.violations == [])
        // Both stay in the record.
        let story = try device.bench.laboratory.story(
            of: Bench.barcode(1), as: Bench.supervisor
        ).map(\.kind)
        #expect(story.filter { $0 == .deskTubeClosed }.count == 2)
        #expect(story.filter { $0 == .deskTubeReopened }.count == 1)
        #expect(story.filter { $0 == .tubeRegistered }.count == 2)
        #expect(try counted(device.bench) == [4])
    }

    @Test("DESK-20: the clocks of a tube begin with its last registration")
    func clocks() throws {
        var device = Device(bench: try Bench())
        let tube = TubeID(Bench.barcode(1))
        func running(_ bench: Bench) throws -> Int {
            try bench.laboratory.store.read { try $0.runningClocks(of: [.tube(tube)]).count }
        }
        try device.fill(1, 1..<3)
        _ = try device.send(1, DeskTests.close(2, .nobodyWaits))
        let started = try running(device.bench)
        _ = try device.send(1, .reopen)
        #expect(try running(device.bench) == 0)
        _ = try device.send(1, DeskTests.close(2, .nobodyWaits))
        #expect(try running(device.bench) == started)
    }

    @Test("DESK-20: a tube at the laboratory stays closed, and whoever is swabbed then is held")
    func tooLate() throws {
        var device = Device(bench: try Bench())
        try device.fill(1, 1..<3)
        _ = try device.send(1, DeskTests.close(2, .nobodyWaits))
        _ = try device.bench.perform(
            ReceiveTube(scan: Bench.barcode(1), box: nil), as: Bench.technician, key: "receive")
        let late = try device.send(1, .reopen)
        #expect(late.outcome == .passed && late.passed == .onItsWay)
        #expect(try registered(1, device.bench) == 2)
        #expect(try device.send(1, DeskTests.bind(3)).cause == .registered)
        #expect(try device.send(1, DeskTests.close(1)).outcome == .held)
        #expect(try device.bench.laboratory.store.audit().isSound)
    }

    @Test("DESK-20: what is open, spoiled or unknown at the desk is not opened again")
    func nothingToOpen() throws {
        var device = Device(bench: try Bench())
        #expect(try device.send(1, .reopen).passed == .notClosed)
        try device.fill(1, 1..<3)
        #expect(try device.send(1, .reopen).passed == .notClosed)
        _ = try device.send(1, DeskTests.close(2, .spoiled))
        #expect(try device.send(1, .reopen).passed == .notClosed)
        // Another desk's tube is not this one's.
        try device.fill(2, 3..<5)
        _ = try device.send(2, DeskTests.close(2, .nobodyWaits))
        var other = Device(bench: device.bench, desk: "desk-0000-0000-0002")
        #expect(try other.send(2, .reopen).passed == .onItsWay)
        #expect(try registered(2, device.bench) == 2)
    }

    @Test("DESK-20: a tube that was miscounted is opened again and registered without a decision")
    func miscounted() throws {
        var device = Device(bench: try Bench())
        try device.fill(1, 1..<4)
        #expect(try device.send(1, DeskTests.close(2)).cause == .count)
        #expect(try device.send(1, .reopen).cause == nil)
        #expect(try device.send(1, DeskTests.close(3, .groupEnds)).outcome == .registered)
        #expect(try device.bench.laboratory.store.audit().isSound)
    }

    @Test(
        "DESK-20: any mix of openings and closings leaves each person in the tube once",
        arguments: UInt64(1)...4)
    func anyMix(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var device = Device(bench: try Bench())
        var inside: [Int] = []
        var isOpen = true
        for person in 1...80 {
            guard isOpen else {
                #expect(try registered(1, device.bench) == inside.count, "seed \(seed)")
                #expect(try device.send(1, .reopen).people == inside.count, "seed \(seed)")
                isOpen = true
                continue
            }
            let act = Int.random(in: 0..<4, using: &random)
            if act < 2, inside.count < 20 {
                _ = try device.send(1, DeskTests.bind(person, ratio: 20))
                inside.append(device.sequence)
            } else if act == 2, let last = inside.popLast() {
                _ = try device.send(1, .undo(of: last))
            } else if !inside.isEmpty {
                let closed = try device.send(1, DeskTests.close(inside.count, .groupEnds))
                #expect(closed.outcome == .registered, "seed \(seed)")
                isOpen = false
            }
        }
        #expect(device.sequence > 40)
        #expect(try device.bench.laboratory.store.audit().isSound, "seed \(seed)")
    }
}
