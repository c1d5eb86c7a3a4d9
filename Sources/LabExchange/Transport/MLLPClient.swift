package import LabDomain

/// Sends messages over one MLLP connection and waits for the answer of each (HL7 2.5.1,
/// appendix C).
package final class MLLPClient: MessageTransport {
    private let host: String
    private let port: Int
    private let patience: Span
    private var connection: Line?

    /// The connection with what has come over it; a reference, since it is moved nowhere.
    private final class Line {
        let connection: Connection
        var frames = MLLPFrames(limit: Acknowledgement.limit)

        init(_ connection: consuming Connection) {
            self.connection = connection
        }
    }

    /// A client of one receiver; it connects when there is something to send.
    /// - Parameters:
    ///   - host: A name or address.
    ///   - port: The port.
    ///   - patience: How long it waits, for the connection and for each answer.
    package init(host: String, port: Int, patience: Span) {
        self.host = host
        self.port = port
        self.patience = patience
    }

    /// Sends the message, connecting where that is needed, and waits for its answer.
    package func deliver(
        _ message: [UInt8], id: String, isAnswer: ([UInt8]) -> Bool
    ) -> Delivery {
        // An answer that came after its time would be taken for the next one's.
        if connection?.connection.isStale == true { close() }
        let wait = Deadline(milliseconds: patience.milliseconds)
        guard let line = connection ?? connect(until: wait) else { return .notSent(.unreachable) }
        switch line.connection.write(MLLPFrames.framed(message), until: wait) {
        case .all: break
        case .nothing, .some:
            // The kernel may have sent what it took; a receiver drops half a frame.
            close()
            return .silence(.closed)
        }
        let delivery = answer(on: line, isAnswer, until: wait)
        // After silence the stream is of no use: the answer could still come, or half of it.
        if case .answered = delivery { return delivery }
        close()
        return delivery
    }

    /// Ends the connection.
    package func close() {
        connection = nil
    }

    private func connect(until deadline: Deadline) -> Line? {
        guard let connected = Connection.connect(to: host, port: port, until: deadline) else {
            return nil
        }
        let line = Line(connected)
        connection = line
        return line
    }

    private func answer(
        on line: Line, _ isAnswer: ([UInt8]) -> Bool, until deadline: Deadline
    ) -> Delivery {
        var taken = 0
        while true {
            switch line.connection.read(until: deadline) {
            case .tooSlow: return .silence(.tooSlow)
            case .closed: return .silence(.closed)
            case .bytes(let bytes):
                taken += bytes.count
                for event in line.frames.take(bytes) {
                    switch event {
                    case .message(let message) where isAnswer(message): return .answered(message)
                    case .tooLong: return .silence(.answerTooLong)
                    case .message, .garbage, .cutOff: continue
                    }
                }
                guard taken <= 2 * Acknowledgement.limit else { return .silence(.answerTooLong) }
            }
        }
    }
}
