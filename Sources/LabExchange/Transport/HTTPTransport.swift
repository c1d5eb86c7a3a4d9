internal import CCurl
internal import Foundation
package import LabDomain

/// Posts messages to an address (HL7 over HTTP), with certificate checks on and no redirects.
///
/// Every answer of HL7, a negative one too, comes with a status of 2xx; any other status is a
/// failure of the transport. A FHIR server answers by the status itself (`FHIRAnswer`).
package final class HTTPTransport: MessageTransport {
    private let address: Receiver.HTTP
    private let encoding: Receiver.Encoding?
    private let patience: Span
    private let wantsAnswer: Bool
    private let environment: @Sendable (String) -> String?
    private let curl: OpaquePointer?

    /// A client of one address.
    /// - Parameters:
    ///   - address: The address with what requests carry.
    ///   - encoding: How messages are written; nil for what is no message of a report.
    ///   - patience: How long a request may take in all.
    ///   - wantsAnswer: Whether the receiver acknowledges each message (PHLabReport-Ack).
    ///   - environment: Looks up the variable that holds the credentials.
    package init(
        _ address: Receiver.HTTP, encoding: Receiver.Encoding? = nil, patience: Span,
        wantsAnswer: Bool,
        environment: @escaping @Sendable (String) -> String?
    ) {
        self.address = address
        self.encoding = encoding
        self.patience = patience
        self.wantsAnswer = wantsAnswer
        self.environment = environment
        curl = CurlLibrary.isReady ? OpaquePointer(curl_easy_init()) : nil
    }

    deinit {
        if let curl { curl_easy_cleanup(UnsafeMutableRawPointer(curl)) }
    }

    /// There is nothing to end: the handle keeps its connection as long as it lives.
    package func close() {}

    /// Posts the message and reads the answer out of the body.
    package func deliver(
        _ message: [UInt8], id: String, isAnswer: ([UInt8]) -> Bool
    ) -> Delivery {
        guard let curl = curl.map({ UnsafeMutableRawPointer($0) }) else {
            return .notSent(.unreachable)
        }
        let secret: String?
        do throws(TransportFault) {
            secret = try readSecret()
        } catch {
            return .notSent(error)
        }
        curl_easy_reset(curl)
        let body = Body()
        let headers = self.headers(of: message)
        defer { curl_slist_free_all(headers) }
        prepare(curl, headers, body)
        if let secret { show(secret, curl) }
        let code = message.withUnsafeBufferPointer { bytes in
            // libcurl reads the bytes where they are, so they must outlive the request.
            _ = swabline_set_long(curl, CURLOPT_POSTFIELDSIZE, bytes.count)
            _ = swabline_set_pointer(curl, CURLOPT_POSTFIELDS, bytes.baseAddress)
            return curl_easy_perform(curl)
        }
        let status = swabline_response_code(curl)
        if code == CURLE_OK, encoding?.isFHIR == true {
            return FHIRAnswer(status: status, body: body.bytes).delivery(of: message, id: id)
        }
        return delivery(code, status: status) { answer(body.bytes, id, isAnswer) }
    }

    /// What came back, up to the limit.
    private final class Body {
        var bytes: [UInt8] = []
        var isTooLong = false
    }

    private func prepare(
        _ curl: UnsafeMutableRawPointer, _ headers: UnsafeMutablePointer<curl_slist>?, _ body: Body
    ) {
        _ = swabline_set_text(curl, CURLOPT_URL, address.url)
        _ = swabline_set_text(curl, CURLOPT_PROTOCOLS_STR, "http,https")
        // No proxy of the environment: to this machine the message may go in clear.
        _ = swabline_set_text(curl, CURLOPT_PROXY, "")
        _ = swabline_set_long(curl, CURLOPT_FOLLOWLOCATION, 0)
        _ = swabline_set_long(curl, CURLOPT_SSL_VERIFYPEER, 1)
        _ = swabline_set_long(curl, CURLOPT_SSL_VERIFYHOST, 2)
        _ = swabline_set_long(curl, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let certificates = address.certificates {
            _ = swabline_set_text(curl, CURLOPT_CAINFO, certificates)
        }
        // Without this a slow look-up of a name would end the program by a signal.
        _ = swabline_set_long(curl, CURLOPT_NOSIGNAL, 1)
        _ = swabline_set_long(curl, CURLOPT_TIMEOUT_MS, Int(patience.milliseconds))
        _ = swabline_set_long(
            curl, CURLOPT_CONNECTTIMEOUT_MS, Int(min(patience.milliseconds, 10_000)))
        _ = swabline_set_long(curl, CURLOPT_POST, 1)
        _ = swabline_set_pointer(curl, CURLOPT_HTTPHEADER, headers)
        _ = swabline_set_write(
            curl,
            { bytes, size, count, context in
                guard let bytes, let context else { return 0 }
                let body = Unmanaged<Body>.fromOpaque(context).takeUnretainedValue()
                let length = size * count
                guard body.bytes.count + length <= Acknowledgement.limit else {
                    body.isTooLong = true
                    return 0
                }
                body.bytes += UnsafeRawBufferPointer(start: bytes, count: length)
                return length
            }, Unmanaged.passUnretained(body).toOpaque())
    }

    private func headers(of message: [UInt8]) -> UnsafeMutablePointer<curl_slist>? {
        let type = address.contentType ?? usualType(of: message)
        let accepted =
            encoding?.isFHIR == true
            ? "application/fhir+json, application/fhir+xml;q=0.9, */*;q=0.1" : "*/*"
        var headers: UnsafeMutablePointer<curl_slist>?
        for line in ["Content-Type: \(type)", "Expect:", "Accept: \(accepted)"]
            + address.headers.map({ "\($0.name): \($0.value)" })
        {
            headers = curl_slist_append(headers, line)
        }
        return headers
    }

    /// What HL7 over HTTP and FHIR call the encodings.
    private func usualType(of message: [UInt8]) -> String {
        let name =
            switch encoding {
            case .fhirXML: "fhir+xml"
            case .fhirJSON: "fhir+json"
            case .er7, .xml, nil:
                HL7Transcoder.encoding(of: message) == .xml ? "hl7-v2+xml" : "hl7-v2+er7"
            }
        return "application/\(name); charset=utf-8"
    }

    private func readSecret() throws(TransportFault) -> String? {
        guard let credentials = address.credentials else { return nil }
        return try credentials.place.secret(environment: environment)
    }

    private func show(_ secret: String, _ curl: UnsafeMutableRawPointer) {
        switch address.credentials?.scheme {
        case .basic:
            _ = swabline_set_long(curl, CURLOPT_HTTPAUTH, Int(1))
            _ = swabline_set_text(curl, CURLOPT_USERPWD, secret)
        case .bearer:
            _ = swabline_set_long(curl, CURLOPT_HTTPAUTH, Int(1 << 6))
            _ = swabline_set_text(curl, CURLOPT_XOAUTH2_BEARER, secret)
        case nil: break
        }
    }

    private func delivery(
        _ code: CURLcode, status: Int, _ answer: () -> Delivery
    ) -> Delivery {
        switch code {
        case CURLE_OK: break
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_URL_MALFORMAT:
            return .notSent(.unreachable)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CONNECT_ERROR:
            return .notSent(.certificate)
        case CURLE_OPERATION_TIMEDOUT: return .silence(.tooSlow)
        case CURLE_WRITE_ERROR: return .silence(.answerTooLong)
        default: return .silence(.closed)
        }
        guard (200..<300).contains(status) else { return .silence(.status(status)) }
        return answer()
    }

    /// What a body of a good status means; one that need not answer may say what it likes.
    private func answer(
        _ body: [UInt8], _ id: String, _ isAnswer: ([UInt8]) -> Bool
    ) -> Delivery {
        if wantsAnswer {
            return !body.isEmpty && isAnswer(body) ? .answered(body) : .silence(.noAnswer)
        }
        let isAbout = (try? Acknowledgement(reading: body))?.messageID == id
        return isAbout ? .answered(body) : .arrived
    }
}
