package import LabDomain
internal import LabProgramme
internal import LabStore

/// Takes a receiver of reports into the laboratory, or gives it other settings.
package struct AdoptReceiver: Command, Encodable {
    package static let verb = Verb.adoptReceiver

    let text: String

    /// The receiver as it is known now.
    package struct Answer: Codable, Sendable {
        package let name: String
        /// The way to it.
        package let transport: String
    }

    /// A receiver's settings as YAML.
    package init(text: String) {
        self.text = text
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let receiver = try Receiver(text, file: "receiver")
        try work.transaction.append([
            .receiverAdopted(ReceiverAdopted(name: receiver.name, settings: text))
        ])
        return Answer(name: receiver.name, transport: receiver.transport.text)
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
