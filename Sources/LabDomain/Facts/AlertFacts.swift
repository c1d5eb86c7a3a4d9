/// The settings of alerts hold from now on, with their whole text.
package struct AlertingAdopted: FactPayload {
    package static let kind = FactKind.alertingAdopted
    package let settings: String
    package var subject: String { "alerts" }

    /// Who is told of what.
    package init(settings: String) {
        self.settings = settings
    }
}

/// Those on duty must know something.
package struct AlertRaised: FactPayload {
    package static let kind = FactKind.alertRaised
    package let alert: AlertID
    package let about: AlertKind
    package let box: BoxID?
    package let rule: String?
    package let unit: String
    package let tubes: Int
    package let dueAt: Timestamp?
    package let predictedAt: Timestamp?
    /// The time by which it was judged: not that of the wall while the clock has jumped.
    package let raisedAt: Timestamp
    /// The step of duty that is told; 0 when nobody is on duty.
    package let step: Int
    package var subject: String { box?.text ?? alert.text }

    /// A new alert.
    package init(_ alert: Alert) {
        self.alert = alert.id
        about = alert.kind
        box = alert.box
        rule = alert.rule
        unit = alert.unit
        tubes = alert.tubes
        dueAt = alert.dueAt
        predictedAt = alert.predictedAt
        raisedAt = alert.raisedAt
        step = alert.step
    }
}

/// An alert eased, was reopened, was closed, or the next on duty are told of it.
package struct AlertChanged: FactPayload {
    package static let kind = FactKind.alertChanged
    package let alert: AlertID
    package let box: BoxID?
    package let change: AlertChange
    /// The time by which it was judged.
    package let judgedAt: Timestamp
    package var subject: String { box?.text ?? alert.text }

    /// A change of an alert.
    package init(alert: AlertID, box: BoxID?, change: AlertChange, judgedAt: Timestamp) {
        self.alert = alert
        self.box = box
        self.change = change
        self.judgedAt = judgedAt
    }
}

/// Somebody has seen an alert and sees to it.
package struct AlertAcknowledged: FactPayload {
    package static let kind = FactKind.alertAcknowledged
    package let alert: AlertID
    package let box: BoxID?
    package var subject: String { box?.text ?? alert.text }

    /// An acknowledgement.
    package init(alert: AlertID, box: BoxID?) {
        self.alert = alert
        self.box = box
    }
}

/// A message to a channel was written; it holds codes, counts, times and links alone.
package struct AlertMessageMade: FactPayload {
    package static let kind = FactKind.alertMessageMade
    package let message: AlertMessageID
    package let channel: String
    package let alerts: [AlertID]
    package let title: String
    package let text: String
    package var subject: String { message.text }

    /// A message about alerts.
    package init(
        message: AlertMessageID, channel: String, alerts: [AlertID], title: String, text: String
    ) {
        self.message = message
        self.channel = channel
        self.alerts = alerts
        self.title = title
        self.text = text
    }
}

/// A message to a channel is about to leave: from here on it may have arrived.
package struct AlertMessageSent: FactPayload {
    package static let kind = FactKind.alertMessageSent
    package let message: AlertMessageID
    package var subject: String { message.text }

    /// A message on its way.
    package init(message: AlertMessageID) {
        self.message = message
    }
}

/// What became of a message to a channel.
package struct AlertMessageEnded: FactPayload {
    package static let kind = FactKind.alertMessageEnded
    package let message: AlertMessageID
    package let outcome: AlertOutcome
    /// One word for what came back.
    package let answer: String
    /// When it is tried again, where it is.
    package let nextAt: Timestamp?
    package var subject: String { message.text }

    /// The end of an attempt, or of a message.
    package init(
        message: AlertMessageID, outcome: AlertOutcome, answer: String, nextAt: Timestamp? = nil
    ) {
        self.message = message
        self.outcome = outcome
        self.answer = answer
        self.nextAt = nextAt
    }
}

/// What became of an attempt to tell a channel.
package enum AlertOutcome: String, CaseIterable, Hashable, Sendable, Codable {
    case arrived
    /// To be sent again under the same identifier.
    case retry
    /// Given up: the channel did not take it for a day.
    case failed
    /// Of no use any more: its alerts are closed or acknowledged.
    case dropped
}
