import LabDomain
import LabOperations
import Testing

@Suite("Alerts of the first day")
struct UsualAlertTests {
    private func received() throws -> Bench {
        let bench = try Bench()
        try bench.perform(bench.manifest([bench.row(tube: 1, kind: "1:1", person: 1)]))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        return bench
    }

    private func isMine(_ bench: Bench, _ handle: String) throws -> Bool {
        try bench.alerts(as: handle).contains { $0.isMine }
    }

    @Test("ALERT-20: without settings supervisors are told on the screen, and nothing is sent")
    func screen() throws {
        var bench = try received()
        bench.wait(.hours(6))
        let half = try bench.check()
        #expect(half.raised == 1 && half.messages == 0)
        #expect(try bench.alerts().map(\.kind) == [.halfWindow])
        #expect(try isMine(bench, Bench.supervisor) && isMine(bench, Bench.technician))
        #expect(try !isMine(bench, Bench.administrator))
        #expect(try bench.tell(ScriptedChannel()).isQuiet)
        let risk = BoxRisk(
            box: BoxID("B1"), unit: "Unit 1", chance: 0.95, tubes: 1,
            dueAt: bench.now.advanced(by: .hours(6)), predictedAt: bench.now.advanced(by: .hours(7))
        )
        try bench.check([risk])
        #expect(try bench.alerts().map(\.kind) == [.willBreach])
        bench.wait(.hours(7))
        #expect(try bench.check([]).raised == 1)
        #expect(try bench.alerts().map(\.kind) == [.breached])
        #expect(try isMine(bench, Bench.supervisor) && !isMine(bench, Bench.administrator))
    }

    @Test("ALERT-20: what nobody acknowledges goes on to the administrator's screen")
    func escalation() throws {
        var bench = try received()
        bench.wait(.hours(13))
        try bench.check()
        bench.wait(.minutes(14))
        #expect(try bench.check().escalated == 0)
        bench.wait(.minutes(1))
        #expect(try bench.check().escalated == 1)
        #expect(try isMine(bench, Bench.administrator))
        let alert = try #require(try bench.alerts().first).alert.text
        try bench.perform(AcknowledgeAlert(alert: alert), as: Bench.supervisor)
        #expect(try !isMine(bench, Bench.administrator))
    }

    @Test("ALERT-20: settings that are adopted take the place of the usual ones")
    func adopted() throws {
        var bench = try received()
        #expect(try bench.laboratory.alertingText(as: Bench.supervisor).contains("escalate_after"))
        #expect(try !bench.laboratory.hasAlerting(as: Bench.supervisor))
        try bench.perform(AdoptAlerting(text: Bench.alerting), as: Bench.administrator)
        #expect(try bench.laboratory.alertingText(as: Bench.supervisor) == Bench.alerting)
        bench.wait(.hours(6))
        let half = try bench.check()
        #expect(half.raised == 1 && half.messages == 1)
        #expect(try !isMine(bench, Bench.supervisor) && isMine(bench, Bench.technician))
    }

    @Test("ALERT-20: an old laboratory is told of a day's breaches, not of all its past")
    func past() throws {
        for (hours, raised) in [(2, 1), (30, 0)] {
            var bench = try received()
            bench.wait(.hours(13))
            for plate in try bench.test(cqs: { _ in Bench.negative }) {
                try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
            }
            try bench.perform(Release(.negatives), as: Bench.supervisor)
            try bench.perform(ConfirmFeedback(box: "B1"), as: Bench.supervisor)
            bench.wait(.hours(hours))
            #expect(try bench.check().raised == raised, "\(hours) hours")
        }
    }
}
