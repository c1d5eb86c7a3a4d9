package import LabDomain
package import LabExchange
internal import LabProgramme
internal import LabStore

/// What became of the messages to channels in one pass.
package struct SentAlerts: Codable, Sendable {
    package var arrived = 0
    /// Attempts after which a message is sent again later.
    package var retried = 0
    /// Messages that a channel did not take for a day.
    package var failed = 0
    /// Messages that were of no use any more.
    package var dropped = 0

    /// Whether nothing was due.
    package var isQuiet: Bool { arrived + retried + failed + dropped == 0 }
}

/// How channels are told; the numbers are this house's.
enum AlertSending {
    /// A channel has so long to take a message.
    static let patience = Span.seconds(15)
    /// A message is given up when it is older.
    static let longest = Span.hours(24)
}

extension Laboratory {
    /// Sends what is due to the channels and records what became of it.
    ///
    /// A message is marked as sent before it leaves: after a crash in between it goes out once
    /// more, under the same identifier (ALERT-9). The caller keeps `lockAlerts`.
    /// - Parameters:
    ///   - handle: Who sends.
    ///   - clock: The time.
    ///   - random: Where the chance of pauses comes from.
    ///   - deliver: Brings a message to a channel.
    /// - Returns: What became of it.
    /// - Throws: `Refusal` without the right; a store's trouble.
    package func sendAlerts(
        as handle: String, clock: () -> Timestamp, using random: inout some RandomNumberGenerator,
        deliver: (Alerting.Channel, ChannelMessage) -> Delivery
    ) throws -> SentAlerts {
        var sent = SentAlerts()
        var failing: Set<String> = []
        let zone = try rules().settings.zone
        let due = try look(.checkAlerts, as: handle) { view in
            try view.alertMessagesToSend(at: clock(), longestPause: SendingDecision.longestPause)
        }
        for message in due where !failing.contains(message.channel) {
            guard let channel = try channel(of: message, as: handle) else {
                try end(message.id, .dropped, "settled", as: handle, at: clock())
                sent.dropped += 1
                continue
            }
            _ = try perform(BeginAlertMessage(message: message.id), as: handle, at: clock())
            let delivery = deliver(
                channel,
                ChannelMessage(
                    id: message.id.text, title: message.title, text: message.text,
                    alerts: message.alerts.map(\.text), madeAt: message.madeAt, zone: zone))
            switch Self.fault(of: delivery) {
            case nil:
                try end(message.id, .arrived, "arrived", as: handle, at: clock())
                sent.arrived += 1
            case let fault? where message.madeAt.span(to: clock()) >= AlertSending.longest:
                try end(message.id, .failed, fault.code, as: handle, at: clock())
                sent.failed += 1
            case let fault?:
                failing.insert(message.channel)
                let pause = SendingDecision.pause(after: message.tries + 1, using: &random)
                try end(
                    message.id, .retry, fault.code, nextAt: clock().advanced(by: pause),
                    as: handle, at: clock())
                sent.retried += 1
            }
        }
        return sent
    }

    /// Sends over the channels' own ways; `environment` looks up a variable with credentials.
    package func sendAlerts(
        as handle: String, clock: () -> Timestamp, using random: inout some RandomNumberGenerator,
        environment: @escaping @Sendable (String) -> String?
    ) throws -> SentAlerts {
        try sendAlerts(as: handle, clock: clock, using: &random) { channel, message in
            channel.deliver(message, patience: AlertSending.patience, environment: environment)
        }
    }

    /// Keeps two programs from telling the channels of one laboratory at once.
    package func lockAlerts(beside database: String) throws -> SendingLock {
        SendingLock(lock: try Lock(at: database + ".alerts.lock"))
    }

    /// The channel of a message that still has something to tell; nil when it is of no use.
    private func channel(
        of message: StoredAlertMessage, as handle: String
    ) throws -> Alerting.Channel? {
        try look(.checkAlerts, as: handle) { view in
            let waits = try message.alerts.contains { try view.alert($0)?.waits ?? false }
            guard waits else { return nil }
            return try AlertingInForce(in: view).settings.channel(message.channel)
        }
    }

    private func end(
        _ message: AlertMessageID, _ outcome: AlertOutcome, _ answer: String,
        nextAt: Timestamp? = nil, as handle: String, at now: Timestamp
    ) throws {
        let end = EndAlertMessage(
            message: message, outcome: outcome, answer: answer, nextAt: nextAt)
        _ = try perform(end, as: handle, at: now)
    }

    /// Why a message did not arrive; nil when it did.
    static func fault(of delivery: Delivery) -> TransportFault? {
        switch delivery {
        case .arrived, .answered, .acknowledged: nil
        case .silence(let fault), .notSent(let fault): fault
        }
    }
}

/// Marks a message as sent before it leaves.
struct BeginAlertMessage: Command, Encodable {
    static let verb = Verb.checkAlerts
    let message: AlertMessageID

    struct Answer: Codable, Sendable {
        let message: AlertMessageID
    }

    func perform(_ prepared: Void, in work: Work) throws -> Answer {
        try work.transaction.append([.alertMessageSent(AlertMessageSent(message: message))])
        return Answer(message: message)
    }
}

/// Records what became of a message.
struct EndAlertMessage: Command, Encodable {
    static let verb = Verb.checkAlerts
    let message: AlertMessageID
    let outcome: AlertOutcome
    let answer: String
    let nextAt: Timestamp?

    struct Answer: Codable, Sendable {
        let outcome: AlertOutcome
    }

    func perform(_ prepared: Void, in work: Work) throws -> Answer {
        try work.transaction.append([
            .alertMessageEnded(
                AlertMessageEnded(
                    message: message, outcome: outcome, answer: answer, nextAt: nextAt))
        ])
        return Answer(outcome: outcome)
    }
}
