package import LabDomain

extension Receiver {
    /// The way to this receiver, ready to send over; `environment` looks up a variable that holds
    /// credentials.
    package func connect(
        environment: @escaping @Sendable (String) -> String?
    ) -> any MessageTransport {
        switch transport {
        case .folder(let path):
            FolderTransport(path: path, suffix: encoding == .xml ? ".xml" : ".hl7")
        case .http(let address):
            HTTPTransport(
                address, patience: patience, wantsAnswer: answers, environment: environment)
        case .mllp(let host, let port):
            MLLPClient(host: host, port: port, patience: patience)
        }
    }
}
