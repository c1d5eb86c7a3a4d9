import LabDomain
import LabOperations
import Testing

@Suite("Alerts")
struct AlertTests {
    @Test("ALERT-1: half of the window and its end are told once for each box")
    func windows() throws {
        var bench = try Bench.alerting(boxes: 2, tubes: 40)
        bench.wait(.minutes(359))
        #expect(try bench.check().isQuiet)
        bench.wait(.minutes(1))
        #expect(try bench.check().raised == 2)
        for _ in 0..<5 { #expect(try bench.check().isQuiet) }
        let half = try bench.alerts()
        #expect(half.map(\.kind) == [.halfWindow, .halfWindow] && half.map(\.tubes) == [40, 40])
        #expect(half.allSatisfy { $0.rule == "feedback" && $0.isMine })
        for line in half { try bench.perform(AcknowledgeAlert(alert: line.alert.text)) }
        bench.wait(.minutes(361))
        #expect(try bench.check().raised == 2)
        #expect(try bench.alerts().map(\.kind) == [.breached, .breached])
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("ALERT-1: what was over and late before settings were adopted stays untold")
    func before() throws {
        var bench = try Bench()
        try bench.perform(bench.manifest([bench.row(tube: 1, kind: "1:1", person: 1)]))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        bench.wait(.hours(13))
        for plate in try bench.test(cqs: { _ in Bench.negative }) {
            try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        }
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        try bench.perform(ConfirmFeedback(box: "B1"), as: Bench.supervisor)
        bench.wait(.hours(1))
        try bench.perform(AdoptAlerting(text: Bench.alerting), as: Bench.administrator)
        #expect(try bench.check().isQuiet)
    }

    @Test("ALERT-4: a breach that nobody looked for while it ran is found afterwards")
    func missed() throws {
        var bench = try Bench.alerting()
        bench.wait(.hours(13))
        for plate in try bench.test(cqs: { _ in Bench.negative }) {
            try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        }
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        #expect(try bench.check().raised == 1)
        let breach = try #require(try bench.alerts().first)
        #expect(breach.kind == .breached && breach.tubes == 3 && breach.needsCause)
    }

    @Test("ALERT-4: a breach closes with cause, acknowledgement and the end of its work")
    func breach() throws {
        var bench = try Bench.alerting()
        bench.wait(.hours(13))
        try bench.check()
        let alert = try #require(try bench.alerts().first).alert.text
        let seen = try bench.perform(AcknowledgeAlert(alert: alert))
        #expect(!seen.isClosed && seen.needsCause)
        let told = AcknowledgeAlert(alert: alert, cause: .instrumentFault)
        #expect(try bench.refusal(told)?.code == .notPermitted)
        try bench.perform(told, as: Bench.supervisor)
        #expect(try bench.check().isQuiet)
        #expect(try bench.alerts().map(\.needsCause) == [false])
        for plate in try bench.test(cqs: { _ in Bench.negative }) {
            try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        }
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        #expect(try bench.check().changed == 1)
        #expect(try bench.alerts().isEmpty)
        for _ in 0..<3 {
            bench.wait(.minutes(1))
            #expect(try bench.check().isQuiet)
        }
        let all = try bench.alerts(onlyOpen: false)
        #expect(all.count == 1 && all[0].state == .closed && all[0].acknowledgedBy == "li.na")
        #expect(try bench.refusal(AcknowledgeAlert(alert: alert))?.code == .rule)
        #expect(try bench.refusal(AcknowledgeAlert(alert: "AL?"))?.code == .unknown)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("ALERT-2: the forecast's bad news is told once, and eases without a word")
    func forecast() throws {
        var bench = try Bench.alerting()
        func risk(_ chance: Double) -> [BoxRisk] {
            [
                BoxRisk(
                    box: BoxID("B1"), unit: "Unit 1", chance: chance, tubes: 3,
                    dueAt: bench.now.advanced(by: .hours(5)),
                    predictedAt: bench.now.advanced(by: .hours(6)))
            ]
        }
        for _ in 0..<3 {
            try bench.check(risk(0.7))
            bench.wait(.minutes(1))
        }
        #expect(try bench.alerts().map(\.kind) == [.willBreach])
        for _ in 0..<12 {
            try bench.check(risk(0.05))
            bench.wait(.minutes(1))
        }
        #expect(try bench.alerts().isEmpty)
        try bench.check(risk(0.95))
        #expect(try bench.alerts().count == 1)
        let channel = ScriptedChannel()
        try bench.tell(channel)
        #expect(channel.told.count == 1)
    }

    @Test("ALERT-7: a wall clock that jumps raises one alert and no storm, until somebody says so")
    func jump() throws {
        var bench = try Bench.alerting(boxes: 20, tubes: 2)
        bench.wait(.minutes(10))
        try bench.check()
        for jump in [Span.hours(13), .hours(13), .hours(-24), .hours(24 * 365)] {
            bench.wait(.minutes(1))
            let check = try bench.check([], jump: jump)
            #expect(check.jumpSeconds == Int(jump.milliseconds / 1_000))
            #expect(try bench.alerts().map(\.kind) == [.clockJumped])
        }
        // Right again by itself: the alert goes, and real deadlines count as ever.
        bench.wait(.minutes(1))
        #expect(try bench.check().changed == 1)
        #expect(try bench.alerts().isEmpty)
        bench.wait(.hours(6))
        #expect(try bench.check().raised == 20)
        // The clock was wrong before, and somebody says that it is right now.
        let ahead = Span.hours(7)
        bench.wait(.minutes(1))
        try bench.check(jump: ahead)
        let alert = try #require(try bench.alerts().first { $0.kind == .clockJumped }).alert
        #expect(try bench.perform(AcknowledgeAlert(alert: alert.text)).isClosed)
        bench.wait(.minutes(1))
        let check = try bench.check(jump: ahead)
        #expect(check.jumpSeconds == nil && check.raised == 20)
    }

    @Test("ALERT-6: nobody but the program acts as the program")
    func itself() throws {
        let bench = try Bench.alerting()
        #expect(throws: Refusal.self) {
            try bench.laboratory.checkAlerts(
                bench.machine(), risks: nil, as: Laboratory.itself)
        }
        for handle in [Bench.technician, Bench.sendingUnit, Bench.collector] {
            #expect(throws: Refusal.self) {
                try bench.laboratory.checkAlerts(bench.machine(), risks: nil, as: handle)
            }
            #expect(
                try bench.refusal(AdoptAlerting(text: Bench.alerting), as: handle)?.code
                    == .notPermitted)
        }
        #expect(
            try bench.refusal(AcknowledgeAlert(alert: "AL1"), as: Bench.sendingUnit)?.code
                == .notPermitted)
    }
}
