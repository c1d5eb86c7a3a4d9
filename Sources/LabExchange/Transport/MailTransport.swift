internal import CCurl
internal import Foundation
package import LabDomain

/// Hands a mail to a server (RFC 5321), with TLS and certificate checks on; to this machine it may
/// go in clear.
package struct MailTransport {
    private let server: MailServer
    private let patience: Span
    private let environment: (String) -> String?

    /// A client of one server.
    /// - Parameters:
    ///   - server: The server with sender and recipients.
    ///   - patience: How long handing over may take in all.
    ///   - environment: Looks up the variable that holds the credentials.
    package init(
        _ server: MailServer, patience: Span, environment: @escaping (String) -> String?
    ) {
        self.server = server
        self.patience = patience
        self.environment = environment
    }

    /// Hands over a message with its headers.
    /// - Returns: `arrived` once the server took it for every recipient.
    package func deliver(_ message: [UInt8]) -> Delivery {
        guard CurlLibrary.isReady, let handle = curl_easy_init() else {
            return .notSent(.unreachable)
        }
        let curl = UnsafeMutableRawPointer(handle)
        defer { curl_easy_cleanup(handle) }
        do throws(TransportFault) {
            if let secret = try server.credentials?.secret(environment: environment) {
                let parts = secret.split(separator: ":", maxSplits: 1).map(String.init)
                guard parts.count == 2 else { return .notSent(.credentials) }
                _ = swabline_set_text(curl, CURLOPT_USERNAME, parts[0])
                _ = swabline_set_text(curl, CURLOPT_PASSWORD, parts[1])
            }
        } catch {
            return .notSent(error)
        }
        var recipients: UnsafeMutablePointer<curl_slist>?
        for address in server.to { recipients = curl_slist_append(recipients, "<\(address)>") }
        defer { curl_slist_free_all(recipients) }
        let body = Upload(message)
        prepare(curl, recipients, body)
        return delivery(curl_easy_perform(handle), reply: swabline_response_code(curl))
    }

    /// What is still to be handed over.
    private final class Upload {
        var rest: ArraySlice<UInt8>

        init(_ bytes: [UInt8]) { rest = bytes[...] }
    }

    private func prepare(
        _ curl: UnsafeMutableRawPointer, _ recipients: UnsafeMutablePointer<curl_slist>?,
        _ body: Upload
    ) {
        _ = swabline_set_text(curl, CURLOPT_URL, server.url)
        _ = swabline_set_text(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        // No proxy of the environment: what is for this machine may go in clear.
        _ = swabline_set_text(curl, CURLOPT_PROXY, "")
        let tls = isThisMachine ? CURLUSESSL_NONE : CURLUSESSL_ALL
        _ = swabline_set_long(curl, CURLOPT_USE_SSL, Int(tls.rawValue))
        _ = swabline_set_long(curl, CURLOPT_SSL_VERIFYPEER, 1)
        _ = swabline_set_long(curl, CURLOPT_SSL_VERIFYHOST, 2)
        _ = swabline_set_long(curl, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let certificates = server.certificates {
            _ = swabline_set_text(curl, CURLOPT_CAINFO, certificates)
        }
        // Without this a slow look-up of a name would end the program by a signal.
        _ = swabline_set_long(curl, CURLOPT_NOSIGNAL, 1)
        _ = swabline_set_long(curl, CURLOPT_TIMEOUT_MS, Int(patience.milliseconds))
        _ = swabline_set_long(
            curl, CURLOPT_CONNECTTIMEOUT_MS, Int(min(patience.milliseconds, 10_000)))
        _ = swabline_set_text(curl, CURLOPT_MAIL_FROM, "<\(server.from)>")
        _ = swabline_set_pointer(curl, CURLOPT_MAIL_RCPT, recipients)
        _ = swabline_set_long(curl, CURLOPT_UPLOAD, 1)
        _ = swabline_set_read(
            curl,
            { bytes, size, count, context in
                guard let bytes, let context else { return 0 }
                let body = Unmanaged<Upload>.fromOpaque(context).takeUnretainedValue()
                let part = body.rest.prefix(size * count)
                for (place, byte) in part.enumerated() { bytes[place] = CChar(bitPattern: byte) }
                body.rest = body.rest.dropFirst(part.count)
                return part.count
            }, Unmanaged.passUnretained(body).toOpaque())
    }

    private var isThisMachine: Bool {
        guard let host = server.url.split(separator: "/").last else { return false }
        return server.url.hasPrefix("smtp://")
            && ["127.0.0.1", "localhost"].contains(host.prefix { $0 != ":" })
    }

    /// Until the server has taken the whole mail nothing of it counts as handed over.
    private func delivery(_ code: CURLcode, reply: Int) -> Delivery {
        switch code {
        case CURLE_OK: return .arrived
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_URL_MALFORMAT:
            return .notSent(.unreachable)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CONNECT_ERROR,
            CURLE_USE_SSL_FAILED:
            return .notSent(.certificate)
        case CURLE_LOGIN_DENIED: return .notSent(.credentials)
        case CURLE_OPERATION_TIMEDOUT: return .silence(.tooSlow)
        default: return .silence(reply >= 400 ? .refused(reply) : .closed)
        }
    }
}
