import LabDomain
import LabExchange
import LabOperations
import LabStatistics
import Testing

/// A channel inside the test: what it was told, and how it answers.
final class ScriptedChannel {
    private(set) var told: [(channel: String, message: ChannelMessage)] = []
    private let reply: (Int) -> Delivery

    /// A channel whose reply follows from the number of the attempt.
    init(_ reply: @escaping (Int) -> Delivery = { _ in .arrived }) { self.reply = reply }

    func deliver(_ channel: Alerting.Channel, _ message: ChannelMessage) -> Delivery {
        let delivery = reply(told.count)
        told.append((channel.name, message))
        return delivery
    }
}

extension Bench {
    static let alerting = """
        escalate_after: 15 min
        address: https://lab.example.org/
        channels:
          - { name: chat, webhook: { url: "http://127.0.0.1:1/x" } }
          - { name: mail, mail: { server: "smtp://127.0.0.1:1", from: a@b.org, to: [c@d.org] } }
        duty:
          - { step: 1, role: technician, channels: [chat] }
          - { step: 2, role: supervisor, channels: [chat, mail] }
        """

    /// A laboratory with alerts, and boxes of single tubes that were received now.
    static func alerting(boxes: Int = 1, tubes: Int = 3) throws -> Bench {
        let bench = try Bench()
        try bench.perform(AdoptAlerting(text: alerting), as: administrator)
        for box in 1...boxes {
            let rows = (1...tubes).map {
                bench.row(tube: box * 100 + $0, kind: "1:1", person: box * 100 + $0, box: "B\(box)")
            }
            try bench.perform(bench.manifest(rows))
            try bench.perform(ReceiveBox(box: "B\(box)", scans: nil, goodOnly: false))
        }
        return bench
    }

    /// The clocks of a machine that was started at ten.
    func machine(jump: Span = .minutes(0)) -> MachineClock {
        let uptime = Timestamp(milliseconds: 1_627_956_000_000).span(to: now)
        return MachineClock(wall: now.advanced(by: jump), uptime: uptime, boot: "a")
    }

    @discardableResult
    func check(_ risks: [BoxRisk]? = nil, jump: Span = .minutes(0)) throws -> AlertCheck {
        try laboratory.itself.checkAlerts(
            machine(jump: jump), risks: risks, as: Laboratory.itself)
    }

    @discardableResult
    func tell(_ channel: ScriptedChannel) throws -> SentAlerts {
        var random = SeededGenerator(seed: 1)
        return try laboratory.itself.sendAlerts(
            as: Laboratory.itself, clock: { now }, using: &random, deliver: channel.deliver)
    }

    func alerts(onlyOpen: Bool = true, as handle: String = technician) throws -> [AlertLine] {
        try laboratory.alerts(onlyOpen: onlyOpen, at: now, as: handle)
    }

    mutating func wait(_ span: Span) { now = now.advanced(by: span) }
}
