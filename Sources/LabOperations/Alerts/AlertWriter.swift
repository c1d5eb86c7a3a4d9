internal import LabDomain

/// Writes what channels are told: one message a channel and look, however many boxes it is about.
///
/// It holds boxes, counts, times and links, and nothing about people (ALERT-8).
struct AlertWriter {
    /// So many alerts are told one by one.
    private static let mostLines = 50

    private let settings: Alerting
    private let zone: Zone
    private let now: Timestamp

    init(_ settings: Alerting, _ zone: Zone, _ now: Timestamp) {
        self.settings = settings
        self.zone = zone
        self.now = now
    }

    /// The messages to each channel of those on duty, in the order of the channels.
    func messages(
        about told: [Alert], name: (String) -> AlertMessageID
    ) throws -> [AlertMessageMade] {
        guard !told.isEmpty, !settings.channels.isEmpty else { return [] }
        let sentences = try Sentences(settings.language == .chinese ? .chinese : .english)
        return settings.channels.compactMap { channel in
            let own = told.filter { alert in
                settings.onDuty(step: alert.step, for: alert.kind, at: now, in: zone)
                    .contains { $0.channels.contains(channel.name) }
            }
            guard !own.isEmpty else { return nil }
            return AlertMessageMade(
                message: name(channel.name), channel: channel.name, alerts: own.map(\.id),
                title: sentences.say(title(own)),
                text: lines(own).map(sentences.say).joined(separator: "\n"))
        }
    }

    private func title(_ alerts: [Alert]) -> Wording {
        let kinds = AlertKind.allCases.reversed().compactMap { kind -> Wording? in
            let count = alerts.count { $0.kind == kind }
            return count > 0 ? "\(count) × \(kind.word)" : nil
        }
        return "Swabline alert: \(kinds.joined(separator: ", "))"
    }

    private func lines(_ alerts: [Alert]) -> [Wording] {
        let order = alerts.sorted {
            ($1.kind.rank, $0.dueAt ?? now, $0.id) < ($0.kind.rank, $1.dueAt ?? now, $1.id)
        }
        var lines = order.prefix(Self.mostLines).map { alert -> Wording in
            alert.step > 1 && alert.toldAt > alert.raisedAt
                ? "\(words(alert)) Nobody has acknowledged this since \(text(alert.raisedAt))."
                : words(alert)
        }
        if order.count > Self.mostLines {
            lines.append("And \(order.count - Self.mostLines) more.")
        }
        if let address = settings.address {
            lines.append(Wording(plain: address + (address.hasSuffix("/") ? "" : "/") + "alerts"))
        }
        return lines
    }

    /// One alert in a sentence.
    func words(_ alert: Alert) -> Wording {
        let due = alert.dueAt.map(text) ?? "-"
        let box = alert.box?.text ?? "-"
        let rule = Wording.clock(alert.rule ?? "")
        return switch alert.kind {
        case .halfWindow:
            """
            Box \(box): half of the clock \(rule) is over, tubes \(alert.tubes), first limit \(due).
            """
        case .willBreach:
            """
            Box \(box): probably late, tubes \(alert.tubes), limit \(due), expected \
            \(alert.predictedAt.map(text) ?? "-").
            """
        case .breached:
            "Box \(box): the clock \(rule) is late, tubes \(alert.tubes), first limit \(due)."
        case .clockJumped:
            """
            The server's clock jumped. Deadlines are judged by the time that it should show until \
            somebody has looked and acknowledged this.
            """
        }
    }

    private func text(_ instant: Timestamp) -> String { zone.minuteText(instant) }
}
