package import LabDomain
internal import LabStore

/// Says that somebody has seen an alert and sees to it; nobody further is told of it.
package struct AcknowledgeAlert: Command, Encodable {
    package static let verb = Verb.acknowledgeAlert

    let alert: String
    let cause: BreachCause?
    let note: String

    /// The alert as it stands then.
    package struct Answer: Codable, Sendable {
        package let alert: AlertID
        package let kind: AlertKind
        /// Whether it is closed with this.
        package let isClosed: Bool
        /// Whether a breach still waits for its cause.
        package let needsCause: Bool
    }

    /// An alert by its identifier; of a breach perhaps with its cause, as `ExplainBreach` takes it.
    package init(alert: String, cause: BreachCause? = nil, note: String = "") {
        self.alert = alert
        self.cause = cause
        self.note = note
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        guard let alert = try work.transaction.alert(AlertID(normalised(alert))) else {
            throw Refusal(
                .unknown, "No alert has this identifier.", remedy: "See swabline alert list.")
        }
        guard alert.state != .closed else {
            throw Refusal(
                .rule, "The alert is closed.", remedy: "Nothing is to be acknowledged.")
        }
        if let cause { try explain(alert, cause, in: work) }
        if alert.acknowledgedAt == nil {
            try work.transaction.append([
                .alertAcknowledged(AlertAcknowledged(alert: alert.id, box: alert.box))
            ])
        }
        let isExplained = try work.transaction.explainedAlerts().contains(alert.id)
        let isOver = try isOver(alert, isExplained, in: work)
        if isOver {
            try work.transaction.append([
                .alertChanged(
                    AlertChanged(
                        alert: alert.id, box: alert.box, change: .closed, judgedAt: work.now))
            ])
        }
        return Answer(
            alert: alert.id, kind: alert.kind, isClosed: isOver,
            needsCause: alert.kind == .breached && !isExplained)
    }

    private func explain(_ alert: Alert, _ cause: BreachCause, in work: Work) throws {
        guard alert.kind == .breached, let box = alert.box, let rule = alert.rule else {
            throw Refusal(
                .rule, "Only a breach has a cause.", remedy: "Acknowledge the alert without one.")
        }
        guard work.actor.role.may(.explainBreach) else {
            throw Refusal(
                .notPermitted, "The cause of a breach is a supervisor's to tell.",
                remedy: "Acknowledge the alert without it.")
        }
        let explain = ExplainBreach(box: box.text, rule: rule, cause: cause, note: note)
        _ = try explain.perform((), in: work)
    }

    /// Whether the acknowledgement closes the alert: of the clock at once, of a breach when its
    /// cause is told and nothing of it runs (ALERT-4).
    private func isOver(_ alert: Alert, _ isExplained: Bool, in work: Work) throws -> Bool {
        switch alert.kind {
        case .halfWindow, .willBreach: return false
        case .clockJumped:
            try work.transaction.forgetClock()
            return true
        case .breached:
            guard isExplained, let box = alert.box, let rule = alert.rule else { return false }
            return try !work.transaction.clocks(of: rule, in: box).contains {
                $0.stoppedAt == nil && $0.pausedAt == nil && $0.dueAt < work.now
            }
        }
    }
}
