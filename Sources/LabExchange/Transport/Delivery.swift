package import LabDomain

/// What came of one attempt to bring a message to its receiver.
package enum Delivery: Hashable, Sendable {
    /// The receiver has it, and does not answer.
    case arrived
    /// What the receiver answered, without frame.
    case answered([UInt8])
    /// What the receiver answered, read already.
    case acknowledged(Acknowledgement)
    /// It may have left, and nothing tells what became of it.
    case silence(TransportFault)
    /// Nothing of it has left the house.
    case notSent(TransportFault)
}

/// Brings messages to one receiver, one after the other.
package protocol MessageTransport: AnyObject {
    /// Delivers a message and waits for what comes back.
    /// - Parameters:
    ///   - message: The bytes, as they are sent.
    ///   - id: MSH-10.
    ///   - isAnswer: Whether bytes that came back are about this message; others are passed over
    ///     as long as there is time.
    /// - Returns: What came of it; it waits no longer than it was told to.
    func deliver(_ message: [UInt8], id: String, isAnswer: ([UInt8]) -> Bool) -> Delivery

    /// Ends the connection, where there is one.
    func close()
}

/// Why a message did not arrive; it names no value and no secret.
package enum TransportFault: Error, Hashable, Sendable {
    case unreachable
    case tooSlow
    case closed
    /// The answer is longer than anybody needs.
    case answerTooLong
    /// An HTTP status other than 2xx.
    case status(Int)
    /// A reply of a mail server that refuses.
    case refused(Int)
    /// The certificate is not one that is trusted.
    case certificate
    /// The file or variable with the credentials cannot be read.
    case credentials
    /// The folder cannot be written.
    case folder
    case noAnswer
    /// The sender stops and begins nothing new.
    case stopping

    /// The fault in one word, as the outbox keeps it.
    package var code: String {
        switch self {
        case .unreachable: "unreachable"
        case .tooSlow: "too-slow"
        case .closed: "closed"
        case .answerTooLong: "answer-too-long"
        case .status(let status): "http-\(status)"
        case .refused(let reply): "smtp-\(reply)"
        case .certificate: "certificate"
        case .credentials: "credentials"
        case .folder: "folder"
        case .noAnswer: "no-answer"
        case .stopping: "stopping"
        }
    }

    /// What is wrong, for people.
    package var words: Wording {
        switch self {
        case .unreachable: "the receiver cannot be reached"
        case .tooSlow: "the receiver did not answer in time"
        case .closed: "the receiver closed the connection before it answered"
        case .answerTooLong: "the receiver's answer is longer than 1 MiB"
        case .status(let status): "the receiver's web server answered with status \(status)"
        case .refused(let reply): "the mail server refused with reply \(reply)"
        case .certificate: "the receiver's certificate is not trusted"
        case .credentials: "the credentials cannot be read; look at the file or variable"
        case .folder: "the folder cannot be written"
        case .noAnswer: "the receiver took the message and did not acknowledge it"
        case .stopping: "the sender is stopping"
        }
    }
}
