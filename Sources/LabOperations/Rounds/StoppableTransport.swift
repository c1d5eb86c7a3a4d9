internal import LabExchange

/// A way to a receiver that takes nothing new once the sender is stopping; what has begun ends.
final class StoppableTransport: MessageTransport {
    private let way: any MessageTransport
    private let isStopping: () -> Bool

    init(_ way: any MessageTransport, isStopping: @escaping () -> Bool) {
        self.way = way
        self.isStopping = isStopping
    }

    func deliver(_ message: [UInt8], id: String, isAnswer: ([UInt8]) -> Bool) -> Delivery {
        guard !isStopping() else { return .notSent(.stopping) }
        return way.deliver(message, id: id, isAnswer: isAnswer)
    }

    func close() { way.close() }
}
