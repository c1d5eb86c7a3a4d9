import LabDomain
import LabExchange
import LabOperations
import LabStatistics
import LabStore
import Testing

@Suite("A receiver that does whatever it likes")
struct SendingFaultTests {
    /// A receiver that answers at random, and knows what it has answered to each message.
    private final class Unreliable {
        private(set) var random: SeededGenerator
        /// The bytes of each MSH-10, and how often it was accepted and refused.
        private(set) var bytes: [String: [UInt8]] = [:]
        private(set) var accepted: [String: Int] = [:]
        private(set) var refused: [String: Int] = [:]
        private(set) var otherBytes = 0
        private(set) var attempts = 0

        init(seed: UInt64) { random = SeededGenerator(seed: seed) }

        func take(_ message: [UInt8], _ id: String) -> Delivery {
            attempts += 1
            let kind = Int.random(in: 0..<50, using: &random)
            if kind == 0 { return .notSent(.unreachable) }
            if bytes[id, default: message] != message { otherBytes += 1 }
            bytes[id] = message
            switch kind {
            case 7...45:
                accepted[id, default: 0] += 1
                return .answered(.acknowledgement("AA", id))
            case 46...49:
                refused[id, default: 0] += 1
                return .answered(.acknowledgement("AE", id))
            case 1: return .answered(.acknowledgement("AR", id))
            case 2: return .silence(.tooSlow)
            // The receiver has it, and the answer is lost on the way.
            case 3: return .silence(.closed)
            case 4: return .answered([0x0B, 0xFF, 0x00, 0x1C])
            case 5: return .answered(.acknowledgement("AA", "M00000000000000000"))
            default: return .silence(.status(502))
            }
        }
    }

    /// Twenty receivers' messages about five hundred people, written straight into the outbox: what
    /// they say is not looked at here.
    private func fill(_ bench: Bench) throws {
        let laboratory = bench.laboratory
        let stamp = Stamp(
            at: bench.now, actor: Actor(handle: Bench.supervisor, role: .supervisor),
            verb: .release, command: "fill")
        let specimens = try laboratory.store.read { view in
            try (1...50).flatMap { number -> [(TubeID, PersonID)] in
                let known = try view.tube(TubeID(Bench.barcode(number)))?.tube
                guard case .mixed(let tube) = known else { return [] }
                return tube.members.map { (tube.id, $0) }
            }
        }
        try laboratory.store.write(stamp: stamp) { transaction in
            for (place, specimen) in specimens.enumerated() {
                for number in 1...20 {
                    let id = MessageID("M\(number)-\(place)")
                    let bytes = Array("MSH|^~\\&|||||20210803||ORU^R01|\(id)|P|2.5.1\r".utf8)
                    try transaction.append([
                        .messageMade(
                            MessageMade(
                                message: id, receiver: "receiver-\(number)", tube: specimen.0,
                                person: specimen.1, version: 1, says: .final, pool: nil,
                                hash: Bytes([UInt8](repeating: 7, count: 32)),
                                isUrgent: place.isMultiple(of: 50), releasedAt: bench.now,
                                dueAt: bench.now))
                    ])
                    try transaction.keep(
                        sealed: laboratory.vault.seal(message: bytes, id), of: id)
                }
            }
        }
    }

    @Test("SEND-10: ten thousand messages end accepted or parked, once, none with other bytes")
    func tenThousand() throws {
        let seed = UInt64.random(in: 1...1_000_000)
        print("SEND-10: seed \(seed)")
        var bench = try Bench()
        try bench.perform(bench.manifest(bench.mixed(50)))
        for number in 1...20 { try bench.adopt(Bench.receiver("receiver-\(number)")) }
        try fill(bench)
        #expect(try bench.outbox().count == 10_000)

        let receiver = Unreliable(seed: seed)
        var random = SeededGenerator(seed: seed + 1)
        var hours = 0
        while try bench.laboratory.outbox(as: Bench.supervisor).contains(where: { $0.waiting > 0 }),
            hours < 5_000
        {
            let at = bench.now
            _ = try bench.laboratory.sendReports(
                as: Bench.supervisor, clock: { at }, using: &random,
                connect: { _ in ScriptedReceiver.reading(receiver.take) })
            // Now and then somebody sets the clock back.
            hours += 1
            bench.now = bench.now.advanced(by: .minutes(hours.isMultiple(of: 17) ? -90 : 20))
        }

        let list = try bench.outbox()
        let states = Dictionary(grouping: list, by: \.state).mapValues(\.count)
        #expect(Set(states.keys).isSubset(of: [.accepted, .rejected]))
        #expect(states.values.reduce(0, +) == 10_000)
        #expect((states[.rejected] ?? 0) > 0)
        #expect(receiver.otherBytes == 0)
        #expect(Set(list.map(\.message.text)).count == 10_000)
        for entry in list {
            let id = entry.message.text
            #expect(receiver.accepted[id, default: 0] == (entry.state == .accepted ? 1 : 0))
            #expect(receiver.refused[id, default: 0] == (entry.state == .rejected ? 1 : 0))
        }
        let last = receiver.attempts
        bench.now = bench.now.advanced(by: .hours(100))
        _ = try bench.laboratory.sendReports(
            as: Bench.supervisor, clock: { bench.now }, using: &random,
            connect: { _ in ScriptedReceiver.reading(receiver.take) })
        #expect(receiver.attempts == last)
        print("SEND-10: \(receiver.attempts) attempts, \(states)")
    }
}
