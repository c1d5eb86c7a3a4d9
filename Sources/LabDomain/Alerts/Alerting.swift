/// Who is told of what, over which channels, and who is next when nobody acknowledges.
package struct Alerting: Hashable, Sendable {
    /// In which language channels are told.
    package enum Language: String, CaseIterable, Hashable, Sendable {
        case english = "en"
        case chinese = "zh"
    }

    /// A way to somebody who may not look at a screen.
    package struct Channel: Hashable, Sendable {
        /// The way.
        package enum Way: Hashable, Sendable {
            /// POST of JSON to an address.
            case webhook(Receiver.HTTP)
            case mail(MailServer)
        }

        package let name: String
        package let way: Way

        /// A channel.
        package init(name: String, way: Way) {
            self.name = name
            self.way = way
        }
    }

    package let duty: [Duty]
    package let channels: [Channel]
    /// How long an alert waits for an acknowledgement before the next step is told.
    package let escalateAfter: Span
    /// The address of the pages, for links; nil gives none.
    package let address: String?
    package let language: Language

    /// The settings of alerts.
    package init(
        duty: [Duty], channels: [Channel], escalateAfter: Span, address: String?,
        language: Language
    ) {
        self.duty = duty
        self.channels = channels
        self.escalateAfter = escalateAfter
        self.address = address
        self.language = language
    }

    /// A channel by its name.
    package func channel(_ name: String) -> Channel? { channels.first { $0.name == name } }

    /// Who is told of a kind of alert at a step.
    package func onDuty(
        step: Int, for kind: AlertKind, at instant: Timestamp, in zone: Zone
    ) -> [Duty] {
        duty.filter {
            $0.step == step && $0.kinds.contains(kind) && $0.isOn(at: instant, in: zone)
        }
    }

    /// The next step after one at which somebody is on duty for a kind of alert (ALERT-6).
    /// - Returns: Nil when nobody further is.
    package func step(
        after last: Int, for kind: AlertKind, at instant: Timestamp, in zone: Zone
    ) -> Int? {
        Set(duty.map(\.step)).filter { $0 > last }.sorted().first {
            !onDuty(step: $0, for: kind, at: instant, in: zone).isEmpty
        }
    }
}

/// A server that takes mail, and between whom.
package struct MailServer: Hashable, Sendable {
    /// `smtp://host:587` (STARTTLS, except on this machine) or `smtps://host`.
    package let url: String
    package let from: String
    package let to: [String]
    /// A file with `name:password`, or a variable that holds it.
    package let credentials: Receiver.Credentials.Place?
    /// A file with the certificates to trust instead of the system's.
    package let certificates: String?

    /// A server with sender and recipients.
    package init(
        url: String, from: String, to: [String], credentials: Receiver.Credentials.Place? = nil,
        certificates: String? = nil
    ) {
        self.url = url
        self.from = from
        self.to = to
        self.credentials = credentials
        self.certificates = certificates
    }

    /// Whether a text can be an address: one `@`, printable ASCII without spaces or brackets.
    package static func isAddress(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.count <= 254, bytes.allSatisfy({ (0x21...0x7E).contains($0) }),
            !bytes.contains(where: { "<>()[],;:\\\"".utf8.contains($0) })
        else { return false }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
    }

    /// The domain of the sender.
    package var domain: String { String(from.split(separator: "@").last ?? "localhost") }
}
