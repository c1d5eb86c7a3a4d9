package import LabDomain
internal import LabProgramme
internal import LabStore

/// What a look at all clocks and forecasts led to.
package struct AlertCheck: Codable, Sendable {
    package var raised = 0
    /// Alerts that eased, were reopened or were closed.
    package var changed = 0
    /// Alerts of which somebody further is told.
    package var escalated = 0
    /// Messages that were made for channels.
    package var messages = 0
    /// How far the wall clock has jumped; nil when it has not.
    package var jumpSeconds: Int?

    /// Whether nothing has happened.
    package var isQuiet: Bool { raised + changed + escalated + messages == 0 }
}

extension Laboratory {
    /// Looks at all clocks and at the last forecast, and raises, escalates and closes alerts.
    ///
    /// While nobody has said who is told (`AdoptAlerting`), the screens of those are told whom the
    /// settings name that come with the program.
    /// - Parameters:
    ///   - machine: The machine's clocks now.
    ///   - risks: What the last forecast says of each box; nil when there is none.
    ///   - handle: Who looks.
    /// - Returns: What it led to.
    /// - Throws: `Refusal` without the right; a store's trouble.
    package func checkAlerts(
        _ machine: MachineClock, risks: [BoxRisk]?, as handle: String
    ) throws -> AlertCheck {
        let check = CheckAlerts(machine: machine, risks: risks)
        let (actor, found) = try look(.checkAlerts, as: handle) { view, member in
            (member.actor, try check.picture(in: view, rules: rules(in: view)))
        }
        let (picture, trusted) = found
        let plan = AlertJudge.plan(picture) { _, _, _ in AlertID("?") }
        let isDue =
            picture.jump == nil
            && trusted.map {
                $0.boot != machine.boot
                    || $0.uptime.milliseconds + CheckAlerts.trustEvery.milliseconds
                        <= machine.uptime.milliseconds
            } ?? true
        if isDue || plan.watches != picture.watches {
            let stamp = Stamp(at: machine.wall, actor: actor, verb: .checkAlerts, command: "watch")
            try store.write(stamp: stamp) { transaction in
                if isDue { try transaction.keep(machine) }
                if plan.watches != picture.watches { try transaction.keep(plan.watches) }
            }
        }
        let jump = picture.jump.map { Int($0.milliseconds / 1_000) }
        guard !plan.isEmpty else { return AlertCheck(jumpSeconds: jump) }
        var answer = try perform(check, as: handle, at: machine.wall).answer
        answer.jumpSeconds = jump
        return answer
    }
}

/// One look at all clocks, in a transaction of its own; told is what the picture calls for.
struct CheckAlerts: Command {
    static let verb = Verb.checkAlerts

    /// How often a trusted reading of the clocks is kept.
    static let trustEvery = Span.seconds(30)
    let machine: MachineClock
    let risks: [BoxRisk]?

    var content: [UInt8] { Array("\(machine.wall.milliseconds) \(risks?.count ?? -1)".utf8) }

    /// What is looked at, with the trusted clock.
    func picture(
        in view: StoreView, rules: Rules
    ) throws -> (AlertPicture, trusted: MachineClock?) {
        let alerting = try AlertingInForce(in: view)
        let trusted = try view.trustedClock()
        let now = machine.judged(since: trusted)
        var picture = AlertPicture(
            settings: alerting.settings, zone: rules.settings.zone, now: now)
        picture.alerts = try view.openAlerts()
        picture.batches = try view.alertBatches(at: now, since: alerting.start(at: now))
        picture.explained = try view.explainedAlerts()
        picture.watches = try view.forecastWatches()
        picture.jump = trusted.flatMap { machine.jump(since: $0) }
        // A forecast of deadlines that a jump has moved says nothing.
        picture.risks = picture.jump == nil ? risks : nil
        return (picture, trusted)
    }

    func perform(_ prepared: Void, in work: Work) throws -> AlertCheck {
        let (picture, _) = try picture(in: work.transaction, rules: work.rules)
        let plan = AlertJudge.plan(picture) { kind, box, rule in
            AlertID(work.identifier("AL", kind.rawValue, box?.text ?? "", rule ?? ""))
        }
        let boxes = Dictionary(picture.alerts.map { ($0.id, $0.box) }) { first, _ in first }
        // What is closed goes first: one box and rule have one open alert of a kind.
        let changes = plan.changes.sorted { $0.key < $1.key }.map { id, change in
            Fact.alertChanged(
                AlertChanged(
                    alert: id, box: boxes[id] ?? nil, change: change, judgedAt: picture.now))
        }
        try work.transaction.append(changes + plan.raised.map { .alertRaised(AlertRaised($0)) })
        let messages = try AlertWriter(picture.settings, picture.zone, picture.now)
            .messages(about: plan.told) { AlertMessageID(work.identifier("AM", $0)) }
        try work.transaction.append(messages.map { .alertMessageMade($0) })
        let escalated = plan.changes.values.count { if case .told = $0 { true } else { false } }
        return AlertCheck(
            raised: plan.raised.count, changed: plan.changes.count - escalated,
            escalated: escalated, messages: messages.count)
    }
}
