package import LabDomain
internal import LabExchange
internal import LabProgramme
internal import LabSettings
internal import LabStore

/// Takes a receiver of reports into the laboratory, or gives it other settings.
package struct AdoptReceiver: Command, Encodable {
    package static let verb = Verb.adoptReceiver

    let text: String
    /// Whether somebody asks who may not be at the server: then its files stay out of reach.
    let isFromAfar: Bool
    let choice: Choice

    /// Which receiver the settings may be of.
    package enum Choice: Hashable, Sendable, Encodable {
        case any
        /// One that nobody adopted before.
        case new
        case named(String)
    }

    /// The receiver as it is known now.
    package struct Answer: Codable, Sendable {
        package let name: String
        /// The way to it.
        package let transport: String
    }

    /// A receiver's settings as YAML.
    ///
    /// Whoever adopts it from afar names no file, folder or variable of the server but those that
    /// the receiver of this name has already, and sends no secret to another host (SEND-16).
    package init(text: String, isFromAfar: Bool = false, choice: Choice = .any) {
        self.text = text
        self.isFromAfar = isFromAfar
        self.choice = choice
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let receiver = try settings()
        try receiver.checkCodes(laboratory: work.rules.settings.identifiers.applicationOID)
        try check(receiver, in: work.transaction)
        try work.transaction.append([
            .receiverAdopted(ReceiverAdopted(name: receiver.name, settings: text))
        ])
        return Answer(name: receiver.name, transport: receiver.transport.text)
    }

    private func settings() throws -> Receiver {
        do throws(SettingsFaults) {
            return try Receiver(text, file: "receiver")
        } catch {
            let why = Explanation(error)
            throw Refusal(
                .badData, why.message,
                remedy: "Compare with swabline receiver show --shipped.", places: why.places)
        }
    }

    private func check(_ receiver: Receiver, in view: StoreView) throws {
        let known = try view.receivers().first { $0.name == receiver.name }
        switch choice {
        case .new where known != nil:
            throw Refusal(
                .rule, "A receiver of this name is adopted already.",
                remedy: "Change that one, or take another name.")
        case .named(let name) where name != receiver.name:
            throw Refusal(
                .rule, "The settings are of another receiver: the name differs.",
                remedy: "Keep the name \(name), or adopt a new receiver.")
        default: break
        }
        guard isFromAfar else { return }
        let reach = try known.map { try Receiver($0.settings, file: $0.name).reach } ?? []
        guard receiver.reach.isSubset(of: reach) else {
            throw Refusal(
                .rule,
                "The settings name a file, folder or secret of the server that is not adopted.",
                remedy: "Adopt them at the server: swabline receiver adopt FILE.")
        }
    }
}

/// Something of the server that the sending touches.
private enum Reached: Hashable {
    case folder(String)
    case certificates(String)
    /// A secret, and the scheme and host of who is told it.
    case secret(Receiver.Credentials, to: [Substring])
}

extension Receiver {
    /// What of the server the sending touches.
    fileprivate var reach: Set<Reached> {
        switch transport {
        case .folder(let path): return [.folder(path)]
        case .mllp: return []
        case .http(let http):
            var reach: Set<Reached> = []
            if let file = http.certificates { reach.insert(.certificates(file)) }
            if let credentials = http.credentials {
                let host = http.url.split(separator: "/").prefix(2)
                reach.insert(.secret(credentials, to: Array(host)))
            }
            return reach
        }
    }
}

/// Ends a receiver: nothing more is written for it, and what waits is not sent.
package struct RetireReceiver: Command, Encodable {
    package static let verb = Verb.adoptReceiver

    let name: String

    /// The receiver that gets nothing more.
    package struct Answer: Codable, Sendable {
        package let name: String
        /// Messages that waited for it and stay where they are.
        package let waiting: Int
    }

    /// A receiver by its name.
    package init(name: String) {
        self.name = name
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        guard let receiver = try work.transaction.receivers().first(where: { $0.name == name }),
            !receiver.isRetired
        else {
            throw Refusal(
                .unknown, "No receiver in use has this name.",
                remedy: "See swabline receiver list.")
        }
        let counts = try work.transaction.outbox().first { $0.receiver == name }
        try work.transaction.append([.receiverRetired(ReceiverRetired(name: name))])
        return Answer(name: name, waiting: counts?.waiting ?? 0)
    }
}
