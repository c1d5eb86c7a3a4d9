import LabDomain
import LabExchange
import LabOperations
import LabStatistics
import Testing

@Suite("Telling channels")
struct AlertSendingTests {
    @Test("ALERT-8: a look makes one message a channel, with codes, counts, times and a link alone")
    func content() throws {
        var bench = try Bench.alerting(boxes: 30, tubes: 2)
        bench.wait(.hours(6))
        try bench.check()
        let channel = ScriptedChannel()
        #expect(try bench.tell(channel).arrived == 1)
        #expect(try bench.tell(channel).isQuiet)
        let message = try #require(channel.told.first?.message)
        #expect(channel.told[0].channel == "chat" && message.alerts.count == 30)
        #expect(message.title == "Swabline alert: 30 × half-window")
        #expect(message.text.contains("Box B7: half of the clock feedback is over, tubes 2"))
        #expect(message.text.hasSuffix("https://lab.example.org/alerts"))
        for secret in ["Person", "Unit 1", "Gate", "Compound", Bench.number(of: 101), "102100"] {
            #expect(!(message.title + message.text).contains(secret), "\(secret)")
        }
        bench.wait(.minutes(15))
        #expect(try bench.check().escalated == 30)
        #expect(try bench.tell(channel).arrived == 2)
        #expect(channel.told.map(\.channel).sorted() == ["chat", "chat", "mail"])
        for (_, message) in channel.told.dropFirst() {
            #expect(message.text.contains("Nobody has acknowledged this since"))
        }
        #expect(Set(channel.told.map(\.message.id)).count == 3)
    }

    @Test("ALERT-8: a city's worth of boxes is one message of fifty lines")
    func many() throws {
        var bench = try Bench.alerting(boxes: 70, tubes: 1)
        bench.wait(.hours(6))
        try bench.check()
        let channel = ScriptedChannel()
        try bench.tell(channel)
        let lines = channel.told[0].message.text.split(separator: "\n")
        #expect(lines.count == 52 && lines[50] == "And 20 more.")
    }

    @Test("ALERT-9: a channel that is down gets the message once it is up, under one identifier")
    func down() throws {
        var bench = try Bench.alerting()
        bench.wait(.hours(6))
        try bench.check()
        let channel = ScriptedChannel { $0 < 5 ? .notSent(.unreachable) : .arrived }
        var attempts = 0
        while channel.told.count < 6, attempts < 1_000 {
            try bench.tell(channel)
            bench.wait(.seconds(5))
            attempts += 1
        }
        #expect(try bench.tell(channel).isQuiet)
        #expect(channel.told.count == 6 && Set(channel.told.map(\.message)).count == 1)
        // Pauses grow: 2, 4, 8, 16 and 32 seconds, a quarter more or less.
        #expect(attempts > 10)
        let line = try #require(
            try bench.laboratory.alertMessages(limit: 10, as: Bench.technician).first)
        #expect(line.state == "arrived" && line.tries == 6)
    }

    @Test("ALERT-9: after a crash between sending and noting it goes out once more, the same")
    func crash() throws {
        var bench = try Bench.alerting()
        bench.wait(.hours(6))
        try bench.check()
        let channel = ScriptedChannel()
        var random = SeededGenerator(seed: 1)
        let (at, dying) = (bench.now, bench)
        let clock = { at }
        #expect(throws: (any Error).self) {
            try bench.laboratory.sendAlerts(
                as: Bench.supervisor, clock: clock, using: &random
            ) { way, message in
                // Nobody may send from here on: the record of the answer is refused.
                _ = try? dying.perform(
                    RetirePerson(handle: Bench.supervisor), as: Bench.administrator)
                return channel.deliver(way, message)
            }
        }
        #expect(try bench.tell(channel).arrived == 1)
        #expect(channel.told.count == 2 && channel.told[0].message == channel.told[1].message)
        #expect(try bench.tell(channel).isQuiet)
    }

    @Test("ALERT-9: what was acknowledged meanwhile is not sent, and after a day it is given up")
    func useless() throws {
        var bench = try Bench.alerting(boxes: 2)
        bench.wait(.hours(6))
        try bench.check()
        let dead = ScriptedChannel { _ in .silence(.tooSlow) }
        #expect(try bench.tell(dead).retried == 1)
        for line in try bench.alerts() {
            try bench.perform(AcknowledgeAlert(alert: line.alert.text))
        }
        bench.wait(.minutes(30))
        #expect(try bench.tell(dead).dropped == 1)
        #expect(dead.told.count == 1)
        bench.wait(.hours(6))
        try bench.check()
        for _ in 0..<26 {
            try bench.tell(dead)
            bench.wait(.hours(1))
        }
        let states = try bench.laboratory.alertMessages(limit: 10, as: Bench.technician)
            .map(\.state)
        #expect(states.contains("failed") && states.contains("dropped"))
        let before = dead.told.count
        try bench.tell(dead)
        #expect(dead.told.count == before)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("ALERT-9: a channel that fails keeps no other waiting")
    func others() throws {
        var bench = try Bench.alerting()
        bench.wait(.hours(6))
        try bench.check()
        bench.wait(.minutes(15))
        try bench.check()
        // Two messages to chat, one to mail; chat is slow to fail, and is asked once.
        var asked: [String] = []
        var random = SeededGenerator(seed: 1)
        let at = bench.now
        let clock = { at }
        let sent = try bench.laboratory.itself.sendAlerts(
            as: Laboratory.itself, clock: clock, using: &random
        ) { channel, _ in
            asked.append(channel.name)
            return channel.name == "mail" ? .arrived : .silence(.tooSlow)
        }
        #expect(asked.filter { $0 == "chat" }.count == 1 && asked.contains("mail"))
        #expect(sent.arrived == 1 && sent.retried == 1)
    }

    @Test("ALERT-11: a test goes over every channel and stores nothing")
    func test() throws {
        let bench = try Bench.alerting()
        let channel = ScriptedChannel { $0 == 0 ? .arrived : .silence(.refused(550)) }
        let tests = try bench.laboratory.testChannels(
            nil, id: "T", at: bench.now, as: Bench.supervisor, deliver: channel.deliver)
        #expect(tests.map(\.arrived) == [true, false])
        #expect(tests[1].answer.contains("550"))
        #expect(try bench.laboratory.alertMessages(limit: 9, as: Bench.technician).isEmpty)
        #expect(throws: Refusal.self) {
            try bench.laboratory.testChannels(
                "fax", id: "T", at: bench.now, as: Bench.supervisor, deliver: channel.deliver)
        }
    }
}
