internal import Foundation
package import LabDomain

/// Word to a channel about alerts, as JSON for a webhook or as a mail.
///
/// The same identifier goes with each attempt, so that whoever is told twice can see that it is
/// once: the header Idempotency-Key, or Message-ID.
package struct ChannelMessage: Hashable, Sendable {
    package let id: String
    package let title: String
    package let text: String
    /// Identifiers of the alerts that it is about.
    package let alerts: [String]
    package let madeAt: Timestamp
    package let zone: Zone

    /// A message.
    package init(
        id: String, title: String, text: String, alerts: [String], madeAt: Timestamp, zone: Zone
    ) {
        self.id = id
        self.title = title
        self.text = text
        self.alerts = alerts
        self.madeAt = madeAt
        self.zone = zone
    }

    /// The body for a webhook; `text` stands where chat programs look for it.
    package func json() throws -> [UInt8] {
        struct Body: Encodable {
            let id: String
            let at: String
            let title: String
            let text: String
            let alerts: [String]
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(
            try encoder.encode(
                Body(
                    id: id, at: zone.text(madeAt), title: title, text: title + "\n" + text,
                    alerts: alerts)))
    }

    /// The mail (RFC 5322) with its headers; the text as base64, because it may be Chinese.
    package func mail(_ server: MailServer) -> [UInt8] {
        let head = [
            "Date: \(date)", "From: <\(server.from)>",
            "To: " + server.to.map { "<\($0)>" }.joined(separator: ",\r\n "),
            "Message-ID: <\(id)@\(server.domain)>", "Subject: \(Self.encoded(title))",
            "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
        ]
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let body = Data(lines.joined(separator: "\r\n").utf8).base64EncodedString(
            options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed])
        return Array((head.joined(separator: "\r\n") + "\r\n\r\n" + body + "\r\n").utf8)
    }

    private var date: String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: zone.minutesEast * 60)
        format.dateFormat = "EEE, d MMM yyyy HH:mm:ss Z"
        return format.string(
            from: Date(timeIntervalSince1970: Double(madeAt.milliseconds) / 1_000))
    }

    /// Words of a header line as RFC 2047 encodes them, in pieces of whole characters.
    private static func encoded(_ text: String) -> String {
        guard text.utf8.contains(where: { !(0x20...0x7E).contains($0) }) || text.count > 60 else {
            return text
        }
        var pieces: [String] = []
        var piece = ""
        for character in text {
            if piece.utf8.count + character.utf8.count > 42 {
                pieces.append(piece)
                piece = ""
            }
            piece.append(character)
        }
        pieces.append(piece)
        return pieces.map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }
            .joined(separator: "\r\n ")
    }
}

extension Alerting.Channel {
    /// Brings a message to this channel and waits for what comes of it.
    /// - Parameters:
    ///   - message: What is told.
    ///   - patience: How long it may take.
    ///   - environment: Looks up a variable that holds credentials.
    /// - Returns: `arrived` once the channel took it.
    package func deliver(
        _ message: ChannelMessage, patience: Span,
        environment: @escaping @Sendable (String) -> String?
    ) -> Delivery {
        switch way {
        case .mail(let server):
            return MailTransport(server, patience: patience, environment: environment)
                .deliver(message.mail(server))
        case .webhook(let address):
            guard let body = try? message.json() else { return .notSent(.closed) }
            let keyed = Receiver.HTTP(
                url: address.url, contentType: address.contentType ?? "application/json",
                headers: address.headers
                    + [Receiver.Header(name: "Idempotency-Key", value: message.id)],
                credentials: address.credentials, certificates: address.certificates)
            let transport = HTTPTransport(
                keyed, patience: patience, wantsAnswer: false, environment: environment)
            switch transport.deliver(body, id: message.id, isAnswer: { _ in true }) {
            case .answered: return .arrived
            case let delivery: return delivery
            }
        }
    }
}
