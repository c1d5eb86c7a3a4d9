package import LabDomain

/// What is done with a message after an attempt to send it.
///
/// HL7 2.5.1, section 2.9.2: an error (AE) is about the content, so the same bytes would be refused
/// again; a reject (AR) is not, so they may be taken later.
package enum SendingDecision: Hashable, Sendable {
    /// The receiver has it; nothing more is to be done.
    case done
    /// A person must look at it; it is not sent again unchanged.
    case park(Reason)
    /// Sent again, with the same bytes and the same MSH-10, after a pause.
    case retry(Reason)
    /// Nothing is changed: the answer is about another message, or about one that is settled.
    case ignore(Reason)

    /// Why.
    package enum Reason: Hashable, Sendable {
        /// AE or CE.
        case contentRefused
        /// AR or CR.
        case receiverNotReady
        /// No answer within the time, or the connection was lost.
        case silence
        /// The answer cannot be read.
        case unreadable(HL7Fault)
        /// MSA-2 names another message.
        case otherMessage
        /// The message has its answer already.
        case settled
    }

    /// The decision on what came back for a message.
    /// - Parameters:
    ///   - answer: The bytes of the answer, without frame; nil when none came in time.
    ///   - messageID: MSH-10 of the message that was sent.
    ///   - isSettled: Whether the message was accepted or parked before.
    package init(answer: [UInt8]?, to messageID: String, isSettled: Bool = false) {
        guard !isSettled else {
            self = .ignore(.settled)
            return
        }
        guard let answer else {
            self = .retry(.silence)
            return
        }
        do throws(HL7Fault) {
            self.init(try Acknowledgement(reading: answer), to: messageID)
        } catch {
            self = .retry(.unreadable(error))
        }
    }

    /// The decision on an answer that could be read.
    package init(_ answer: Acknowledgement, to messageID: String) {
        guard answer.messageID == messageID else {
            self = .ignore(.otherMessage)
            return
        }
        self =
            switch answer.code {
            case .accepted, .commitAccepted: .done
            case .error, .commitError: .park(.contentRefused)
            case .rejected, .commitRejected: .retry(.receiverNotReady)
            }
    }

    /// How long to wait before another attempt: 2 s, doubled each time, at most 15 minutes.
    /// - Parameter attempts: How often the message was sent, at least once.
    /// - Returns: Seconds.
    package static func pauseSeconds(after attempts: Int) -> Int {
        min(900, 2 << min(max(attempts, 1) - 1, 20))
    }
}

extension SendingDecision {
    /// How long to wait before another attempt, up to a quarter more or less, so that senders
    /// that failed together do not come back together.
    /// - Parameters:
    ///   - attempts: How often the message was sent, at least once.
    ///   - random: Where the chance comes from.
    /// - Returns: At most `longestPause`.
    package static func pause(
        after attempts: Int, using random: inout some RandomNumberGenerator
    ) -> Span {
        let seconds = Double(pauseSeconds(after: attempts))
        return Span(
            milliseconds: Int64(seconds * Double.random(in: 750...1_250, using: &random)))
    }

    /// No pause is longer than this.
    package static let longestPause = Span.seconds(1_125)
}
