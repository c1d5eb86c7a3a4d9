package import LabDomain

extension Receiver {
    /// The way to this receiver, ready to send over; `environment` looks up a variable that holds
    /// credentials.
    package func connect(
        environment: @escaping @Sendable (String) -> String?
    ) -> any MessageTransport {
        switch transport {
        case .folder(let path):
            FolderTransport(path: path, suffix: encoding.suffix)
        case .http(let address):
            HTTPTransport(
                address, encoding: encoding, patience: patience, wantsAnswer: answers,
                environment: environment)
        case .mllp(let host, let port):
            MLLPClient(host: host, port: port, patience: patience)
        }
    }
}

extension Receiver.Encoding {
    /// The ending of a message's file.
    fileprivate var suffix: String {
        switch self {
        case .er7: ".hl7"
        case .xml: ".xml"
        case .fhirXML: ".fhir.xml"
        case .fhirJSON: ".fhir.json"
        }
    }
}
