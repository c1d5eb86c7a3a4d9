package import LabDomain
package import LabExchange
internal import LabProgramme
internal import LabStore

/// What became of the messages to one receiver in one pass.
package struct SentReports: Codable, Sendable {
    package let receiver: String
    package var accepted = 0
    package var rejected = 0
    /// Attempts after which a message is sent again later.
    package var retried = 0
    /// Why the pass ended before all was sent; nil when nothing more was due.
    package var stoppedBy: Wording?
}

extension Laboratory {
    /// Sends what is due to each receiver, in order, and records what became of it.
    ///
    /// A message is marked as sent before it leaves, in a transaction of its own: after a crash the
    /// same bytes go out again under the same MSH-10 (SEND-6). The caller sees to it that nobody
    /// else sends for this laboratory meanwhile; two senders would do no harm but double work.
    /// - Parameters:
    ///   - name: One receiver; nil is each.
    ///   - handle: Who sends.
    ///   - clock: The time.
    ///   - random: Where the chance of pauses comes from.
    ///   - connect: Opens the way to a receiver.
    /// - Returns: What became of it, a line for each receiver.
    /// - Throws: `Refusal` without the right, or for a receiver that nobody knows; a store's
    ///   trouble.
    package func sendReports(
        to name: String? = nil, as handle: String, clock: () -> Timestamp,
        using random: inout some RandomNumberGenerator,
        connect: (Receiver) -> any MessageTransport
    ) throws -> [SentReports] {
        let receivers = try receiversToSend(to: name, as: handle)
        return try receivers.map { receiver in
            let transport = connect(receiver)
            defer { transport.close() }
            var sent = SentReports(receiver: receiver.name)
            while try sendWindow(
                to: receiver, over: transport, as: handle, clock, &random, &sent)
            {}
            return sent
        }
    }

    private func receiversToSend(to name: String?, as handle: String) throws -> [Receiver] {
        let stored = try look(.sendReports, as: handle) { try $0.receivers() }
            .filter { !$0.isRetired && (name == nil || $0.name == name) }
        guard name == nil || !stored.isEmpty else {
            throw Refusal(
                .unknown, "No receiver in use has this name.",
                remedy: "See swabline receiver list.")
        }
        return try stored.map { try Receiver($0.settings, file: $0.name) }
    }

    /// Sends some messages; whether there may be more.
    private func sendWindow(
        to receiver: Receiver, over transport: any MessageTransport, as handle: String,
        _ clock: () -> Timestamp, _ random: inout some RandomNumberGenerator,
        _ sent: inout SentReports
    ) throws -> Bool {
        let begin = BeginSending(
            receiver: receiver.name, longestPause: SendingDecision.longestPause)
        let isDue = try look(.sendReports, as: handle) { view in
            try !view.messagesToSend(
                to: receiver.name, at: clock(), most: 1, patience: SendingRules.patience,
                longestPause: begin.longestPause
            ).isEmpty
        }
        guard isDue else { return false }
        let ids = try perform(begin, as: handle, at: clock()).answer.messages
        let messages = try look(.sendReports, as: handle) { view in
            try ids.compactMap { id in
                try view.message(id).map { ($0, try view.sealedMessage(id)) }
            }
        }
        var outcomes: [SendingOutcome] = []
        var failures = 0
        for (message, bytes) in messages {
            let id = message.id
            guard sent.stoppedBy == nil, let bytes else {
                outcomes.append(SendingOutcome(message: id, result: .untried, answer: ""))
                continue
            }
            let plain = try vault.open(message: bytes, id)
            let delivery = transport.deliver(plain, id: id.text) {
                SendingDecision(answer: $0, to: id.text) != .ignore(.otherMessage)
            }
            let (outcome, words) = self.outcome(of: delivery, to: message, clock(), &random)
            outcomes.append(outcome)
            switch outcome.result {
            case .accepted:
                sent.accepted += 1
                failures = 0
            case .rejected:
                sent.rejected += 1
                failures = 0
            case .retry:
                sent.retried += 1
                failures += 1
                if failures >= SendingRules.failures { sent.stoppedBy = words }
            case .untried: sent.stoppedBy = words
            }
        }
        _ = try perform(
            RecordOutcomes(receiver: receiver.name, outcomes: outcomes), as: handle, at: clock())
        return sent.stoppedBy == nil && !ids.isEmpty
    }

    /// What an attempt means for the message, and what went wrong in words.
    private func outcome(
        of delivery: Delivery, to message: StoredMessage, _ now: Timestamp,
        _ random: inout some RandomNumberGenerator
    ) -> (SendingOutcome, Wording) {
        func retry(_ code: String) -> SendingOutcome {
            SendingOutcome(
                message: message.id, result: .retry, answer: code,
                nextAt: now.advanced(
                    by: SendingDecision.pause(after: message.tries, using: &random)))
        }
        switch delivery {
        case .arrived:
            return (
                SendingOutcome(message: message.id, result: .accepted, answer: "delivered"), ""
            )
        case .notSent(let fault):
            return (
                SendingOutcome(message: message.id, result: .untried, answer: fault.code),
                fault.words
            )
        case .silence(let fault): return (retry(fault.code), fault.words)
        case .acknowledged(let answer): return self.outcome(of: answer, to: message, retry)
        case .answered(let bytes):
            guard let answer = try? Acknowledgement(reading: bytes) else {
                return (retry("unreadable"), "the receiver's answer cannot be read")
            }
            return self.outcome(of: answer, to: message, retry)
        }
    }

    private func outcome(
        of answer: Acknowledgement, to message: StoredMessage, _ retry: (String) -> SendingOutcome
    ) -> (SendingOutcome, Wording) {
        let words = ReceiverWords(answer)
        let code = answer.code.rawValue
        switch SendingDecision(answer, to: message.id.text) {
        case .done:
            return (SendingOutcome(message: message.id, result: .accepted, answer: code), "")
        case .park:
            let sealed = vault.seal(words: words.kept, about: message.id)
            return (
                SendingOutcome(
                    message: message.id, result: .rejected, answer: code,
                    place: words.firstPlace, words: sealed), ""
            )
        case .retry: return (retry(code), "the receiver says that it is not ready")
        case .ignore:
            return (retry("other-message"), "the receiver answered another message")
        }
    }
}

extension Laboratory {
    /// Sends over the receivers' own ways; `environment` looks up a variable with credentials.
    package func sendReports(
        to name: String? = nil, as handle: String, clock: () -> Timestamp,
        using random: inout some RandomNumberGenerator,
        environment: @escaping @Sendable (String) -> String?
    ) throws -> [SentReports] {
        try sendReports(to: name, as: handle, clock: clock, using: &random) { receiver in
            receiver.connect(environment: environment)
        }
    }

    /// Keeps two programs from sending for one laboratory, whose file this is, at once: the second
    /// one is told that it is busy.
    package func lockSending(beside database: String) throws -> SendingLock {
        SendingLock(lock: try Lock(at: database + ".sending.lock"))
    }
}

/// The right to send for a laboratory, until it is released.
package struct SendingLock {
    let lock: Lock

    /// Lets another program send.
    package func release() { lock.release() }
}
