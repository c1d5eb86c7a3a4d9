internal import CCurl
internal import Foundation
internal import LabDomain

/// libcurl, made ready once in a program, before the first handle.
enum CurlLibrary {
    static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}

extension Receiver.Credentials.Place {
    /// The secret that lies here: one line, without the blanks around it.
    func secret(
        environment: (String) -> String?
    ) throws(TransportFault) -> String {
        let text: String?
        switch self {
        case .file(let path):
            text = FileManager.default.contents(atPath: path)
                .map { String(decoding: $0.prefix(8_192), as: UTF8.self) }
        case .environment(let name): text = environment(name)
        }
        guard let secret = text?.trimmingCharacters(in: .whitespacesAndNewlines), !secret.isEmpty,
            !secret.unicodeScalars.contains(where: { $0.value < 0x20 })
        else { throw .credentials }
        return secret
    }
}
