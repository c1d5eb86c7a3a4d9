import LabDomain
import Testing

@testable import LabExchange

@Suite("Answers of FHIR servers")
struct FHIRAnswerTests {
    private static let bundle = """
        {"resourceType":"Bundle","id":"b-1","type":"message","entry":[
        {"fullUrl":"urn:uuid:1","resource":{"resourceType":"MessageHeader","id":"h-1"}},
        {"fullUrl":"urn:uuid:2","resource":{"resourceType":"DiagnosticReport","id":"r-1"}},
        {"fullUrl":"urn:uuid:3","resource":{"resourceType":"Patient","id":"p-1"}}]}
        """

    private static func outcome(_ severity: String = "error") -> String {
        """
        {"resourceType":"OperationOutcome","issue":[{"severity":"\(severity)","code":"invalid",
        "details":{"text":"born in the future"},"expression":["Patient.birthDate"]}]}
        """
    }

    private static func response(
        _ code: String, to id: String = "h-1", _ severity: String = "error"
    ) -> String {
        """
        {"resourceType":"Bundle","type":"message","entry":[{"resource":{"resourceType":
        "MessageHeader","response":{"identifier":"\(id)","code":"\(code)"}}},
        {"resource":\(outcome(severity))}]}
        """
    }

    private func delivery(_ status: Int, _ body: String = "") -> Delivery {
        FHIRAnswer(status: status, body: Array(body.utf8))
            .delivery(of: Array(Self.bundle.utf8), id: "M1")
    }

    /// What the outbox does after a delivery.
    private func decision(_ delivery: Delivery) -> SendingDecision {
        switch delivery {
        case .acknowledged(let answer): SendingDecision(answer, to: "M1")
        case .arrived: .done
        default: .retry(.silence)
        }
    }

    @Test("SEND-19: a status of 2xx settles a message", arguments: [200, 201, 202, 204])
    func accepted(_ status: Int) {
        #expect(decision(delivery(status)) == .done)
        #expect(decision(delivery(status, Self.outcome("information"))) == .done)
        #expect(decision(delivery(status, "thank you")) == .done)
    }

    @Test("SEND-19: an error in the body is a refusal, even under a status of 2xx")
    func errorInBody() {
        #expect(decision(delivery(200, Self.outcome())) == .park(.contentRefused))
        #expect(decision(delivery(200, Self.outcome("fatal"))) == .park(.contentRefused))
    }

    private func acknowledgement(_ delivery: Delivery) -> Acknowledgement? {
        if case .acknowledged(let answer) = delivery { answer } else { nil }
    }

    @Test(
        "SEND-19: 4xx parks a message with the receiver's words and the element they mean",
        arguments: [400, 409, 410, 412, 413, 415, 422, 451])
    func refused(_ status: Int) throws {
        let refusal = delivery(status, Self.outcome())
        #expect(decision(refusal) == .park(.contentRefused))
        let answer = try #require(acknowledgement(refusal))
        let finding = try #require(answer.findings.first)
        #expect(finding.place == "Patient.birthDate" && finding.words == "born in the future")
        #expect(MessageFields.name(of: finding.place) == "birth date")
        #expect(answer.words == "HTTP \(status)")
        let plain = acknowledgement(delivery(status, "no such code\nat all"))
        #expect(plain?.words == "HTTP \(status): no such code")
        let page = acknowledgement(delivery(status, "<html>no</html>"))
        #expect(page?.words == "HTTP \(status)")
    }

    @Test(
        "SEND-19: what is about the way and not the message goes out again",
        arguments: [401, 403, 404, 405, 407, 408, 421, 425, 429, 301, 302, 500, 502, 503, 504])
    func again(_ status: Int) {
        #expect(delivery(status) == .silence(.status(status)))
        #expect(delivery(status, "<html></html>") == .silence(.status(status)))
    }

    @Test("SEND-19: a server that speaks FHIR may mean the message by 403, 404 and 405")
    func spoken() {
        for status in [403, 404, 405] {
            #expect(decision(delivery(status, Self.outcome())) == .park(.contentRefused))
        }
        for status in [401, 429, 503] {
            #expect(delivery(status, Self.outcome()) == .silence(.status(status)))
        }
    }

    @Test("SEND-19: a response message settles, parks or asks to wait, for its own message alone")
    func processMessage() {
        #expect(decision(delivery(200, Self.response("fatal-error"))) == .park(.contentRefused))
        #expect(
            decision(delivery(200, Self.response("transient-error"))) == .retry(.receiverNotReady))
        #expect(decision(delivery(200, Self.response("ok", to: "h-1", "information"))) == .done)
        #expect(decision(delivery(200, Self.response("ok", to: "M1", "warning"))) == .done)
        for code in ["ok", "fatal-error", "transient-error"] {
            let foreign = delivery(200, Self.response(code, to: "h-9", "information"))
            #expect(decision(foreign) == .ignore(.otherMessage))
        }
    }

    @Test(
        "SEND-19: a place is names of R4 and never a value",
        arguments: [
            ("Patient.name[0].family", "Patient.name.family"),
            ("Bundle.entry[2].resource.birthDate", "Patient.birthDate"),
            ("Bundle.entry[2].resource.ofType(Patient).name", "Patient.name"),
            ("Bundle.entry[2].resource/*Patient/p-1*/.gender", "Patient.gender"),
            ("Observation.value", "Observation.value"),
            ("Patient.identifier.where(value='110101')", "Patient.identifier"),
            ("Patient.zhangsan", "Patient"), ("Bundle.entry[99].resource", "Bundle.entry.resource"),
            ("MessageHeader", "MessageHeader"),
        ])
    func places(_ path: String, _ place: String) {
        let bundle = FHIRNode(document: Array(Self.bundle.utf8))
        #expect(FHIRPlace(path, in: bundle)?.text == place)
        #expect(MessageFields.isPlace(place))
    }

    @Test(
        "SEND-19: what names no resource of R4 is no place",
        arguments: ["Zhang", "name.family", "", "/f:Patient/f:name", "Line 3", "Patient name"])
    func noPlaces(_ path: String) {
        #expect(FHIRPlace(path) == nil)
        #expect(!MessageFields.isPlace(path))
    }

    @Test("SEND-19: FHIR is posted under its own type, and the answer is read")
    func posted() throws {
        let refusal = Array(Self.outcome().utf8)
        let server = HTTPResponder { _, body in
            String(decoding: body, as: UTF8.self).contains("p-1")
                ? HTTPResponder.answer("422 Unprocessable Entity", refusal)
                : HTTPResponder.answer("201 Created")
        }
        let address = Receiver.HTTP(url: "http://127.0.0.1:\(server.port)/fhir")
        func post(_ bytes: [UInt8], _ encoding: Receiver.Encoding) -> Delivery {
            HTTPTransport(
                address, encoding: encoding, patience: .seconds(5), wantsAnswer: true
            ) { _ in nil }.deliver(bytes, id: "M1") { _ in false }
        }
        let json = Array(Self.bundle.utf8)
        #expect(decision(post(json, .fhirJSON)) == .park(.contentRefused))
        #expect(server.asked[0].head.contains("application/fhir+json; charset=utf-8\r\n"))
        #expect(server.asked[0].head.contains("Accept: application/fhir+json"))
        let xml = Array("<Bundle xmlns=\"http://hl7.org/fhir\"/>".utf8)
        #expect(decision(post(xml, .fhirXML)) == .done)
        #expect(server.asked[1].head.contains("Content-Type: application/fhir+xml"))
        server.stop()
        #expect(post(json, .fhirJSON) == .notSent(.unreachable))
    }
}
