package import LabDomain
package import LabExchange
internal import LabProgramme
internal import LabStore

/// An alert as lists show it.
package struct AlertLine: Codable, Hashable, Sendable {
    package let alert: AlertID
    package let kind: AlertKind
    package let state: AlertState
    package let box: BoxID?
    package let rule: String?
    package let unit: String
    package let tubes: Int
    package let due: Timestamp?
    package let predicted: Timestamp?
    package let raised: Timestamp
    /// Who has been told: the step of duty; 0 when nobody was on duty.
    package let step: Int
    package let acknowledged: Timestamp?
    package let acknowledgedBy: String?
    /// Whether it is a breach whose cause nobody has told yet.
    package let needsCause: Bool
    /// Whether it waits for the one who looks: on duty now, and told.
    package let isMine: Bool
}

/// A message to a channel as lists show it.
package struct AlertMessageLine: Codable, Hashable, Sendable {
    package let message: AlertMessageID
    package let channel: String
    package let alerts: Int
    package let made: Timestamp
    package let state: String
    package let tries: Int
    package let answer: String?
}

/// What became of a test of one channel.
package struct ChannelTest: Codable, Hashable, Sendable {
    package let channel: String
    package let arrived: Bool
    package let answer: Wording
}

extension Laboratory {
    /// The open alerts, the most telling first, or the last ones with those that are closed.
    package func alerts(
        onlyOpen: Bool, limit: Int = 500, at now: Timestamp, as handle: String
    ) throws -> [AlertLine] {
        try look(.seeWork, as: handle) { view, member in
            let settings = try AlertingInForce(in: view).settings
            let zone = try rules(in: view).settings.zone
            let explained = try view.explainedAlerts()
            let alerts =
                onlyOpen
                ? try view.openAlerts().filter { $0.state == .open }.sorted(by: Self.isFirst)
                : try view.lastAlerts(limit: limit)
            return alerts.prefix(limit).map { alert in
                let isMine =
                    alert.waits
                    && settings.tells(
                        member.actor.role, of: alert.kind, at: alert.step, now, in: zone)
                return AlertLine(alert, needsCause: !explained.contains(alert.id), isMine)
            }
        }
    }

    /// How many alerts wait for the one who looks; 0 for those who may not see them.
    ///
    /// Every page tells it: alerts are counted, not read.
    package func alertsWaiting(at now: Timestamp, as handle: String) throws -> Int {
        let waiting = try store.read { try $0.waitingAlerts() }
        guard !waiting.isEmpty else { return 0 }
        return try look(.seeWork, as: handle) { view, member in
            let settings = try AlertingInForce(in: view).settings
            let zone = try rules(in: view).settings.zone
            return waiting.filter {
                settings.tells(member.actor.role, of: $0.kind, at: $0.step, now, in: zone)
            }.reduce(0) { $0 + $1.count }
        }
    }

    /// The messages to channels that were made last, the newest first.
    package func alertMessages(limit: Int, as handle: String) throws -> [AlertMessageLine] {
        try look(.seeWork, as: handle) { view in
            try view.alertMessages(limit: limit).map {
                AlertMessageLine(
                    message: $0.id, channel: $0.channel, alerts: $0.alerts.count, made: $0.madeAt,
                    state: $0.state, tries: $0.tries, answer: $0.answer)
            }
        }
    }

    /// Sends a word of no meaning over each channel, or over one; nothing is stored.
    package func testChannels(
        _ name: String?, id: String, at now: Timestamp, as handle: String,
        deliver: (Alerting.Channel, ChannelMessage) -> Delivery
    ) throws -> [ChannelTest] {
        let settings = try look(.checkAlerts, as: handle) {
            try AlertingInForce(in: $0).settings
        }
        let channels = settings.channels.filter { name == nil || $0.name == name }
        guard !channels.isEmpty else {
            throw Refusal(
                .unknown, "No such channel is set up.",
                remedy: "See swabline alert settings.")
        }
        let zone = try rules().settings.zone
        let sentences = try Sentences(settings.language == .chinese ? .chinese : .english)
        return channels.map { channel in
            let message = ChannelMessage(
                id: id, title: sentences.say("Swabline: a test of alerts"),
                text: sentences.say("This is a test; nothing is to be done."), alerts: [],
                madeAt: now, zone: zone)
            let fault = Self.fault(of: deliver(channel, message))
            return ChannelTest(
                channel: channel.name, arrived: fault == nil, answer: fault?.words ?? "arrived")
        }
    }

    /// The same over the channels' own ways.
    package func testChannels(
        _ name: String?, id: String, at now: Timestamp, as handle: String,
        environment: @escaping @Sendable (String) -> String?
    ) throws -> [ChannelTest] {
        try testChannels(name, id: id, at: now, as: handle) { channel, message in
            channel.deliver(message, patience: AlertSending.patience, environment: environment)
        }
    }

    private static func isFirst(_ one: Alert, _ other: Alert) -> Bool {
        (other.kind.rank, one.dueAt ?? one.raisedAt, one.id)
            < (one.kind.rank, other.dueAt ?? other.raisedAt, other.id)
    }
}

extension AlertLine {
    init(_ alert: Alert, needsCause: Bool, _ isMine: Bool) {
        self.init(
            alert: alert.id, kind: alert.kind, state: alert.state, box: alert.box,
            rule: alert.rule, unit: alert.unit, tubes: alert.tubes, due: alert.dueAt,
            predicted: alert.predictedAt, raised: alert.raisedAt, step: alert.step,
            acknowledged: alert.acknowledgedAt, acknowledgedBy: alert.acknowledgedBy,
            needsCause: alert.kind == .breached && alert.state != .closed && needsCause,
            isMine: isMine)
    }
}

extension Alerting {
    /// Whether somebody of a role who is on duty now is told of a kind of alert at a step.
    fileprivate func tells(
        _ role: Role, of kind: AlertKind, at step: Int, _ now: Timestamp, in zone: Zone
    ) -> Bool {
        duty.contains {
            $0.role == role && $0.kinds.contains(kind) && $0.step <= step
                && $0.isOn(at: now, in: zone)
        }
    }
}
