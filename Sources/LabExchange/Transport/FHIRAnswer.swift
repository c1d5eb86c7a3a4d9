/// What a FHIR server answered to a message: HTTP's status and, where there is one, an
/// OperationOutcome or the message Bundle that `$process-message` returns.
///
/// Read as an acknowledgement of HL7 v2, so that the outbox has one way to go on: AA done, AE
/// parked for a person, AR sent again.
struct FHIRAnswer {
    private let status: Int
    private let body: [UInt8]
    private let resource: FHIRNode?

    /// An answer by its status and body.
    init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
        resource = FHIRCheck.isFHIR(body) ? FHIRNode(document: body) : nil
    }

    /// Statuses that say nothing about the message: who asks (401, 403, 407), where (404, 405,
    /// 421) and when (408, 425, 429).
    private static let aboutTheWay: Set<Int> = [401, 403, 404, 405, 407, 408, 421, 425, 429]
    /// Of these, those of which a server that speaks FHIR may mean the message all the same.
    private static let maybeAboutTheMessage: Set<Int> = [403, 404, 405]

    /// What became of a message.
    /// - Parameters:
    ///   - message: The bytes that were posted.
    ///   - id: The message's number.
    /// - Returns: An acknowledgement, or silence where the status is about the way.
    func delivery(of message: [UInt8], id: String) -> Delivery {
        let sent = FHIRNode(document: message)
        let issues = outcome?.children("issue") ?? []
        let findings = issues.map { Self.finding($0, sent) }
        func answer(_ code: Acknowledgement.Code, about: String? = nil) -> Delivery {
            .acknowledged(
                Acknowledgement(code, of: about ?? id, words: words, findings: findings))
        }
        switch status {
        case 200..<300:
            if let response {
                let about = isAbout(response, sent, id) ? id : "other"
                switch response.child("code")?.value {
                case "ok": break
                case "transient-error": return answer(.rejected, about: about)
                default: return answer(.error, about: about)
                }
                if about != id { return answer(.accepted, about: about) }
            }
            // A refusal is a refusal, whatever the status says.
            return answer(issues.contains(where: Self.isError) ? .error : .accepted)
        case 400..<500:
            let speaks = Self.maybeAboutTheMessage.contains(status) && !issues.isEmpty
            if Self.aboutTheWay.contains(status), !speaks { return .silence(.status(status)) }
            return answer(.error)
        default: return .silence(.status(status))
        }
    }

    /// The OperationOutcome: the body itself, or an entry of the Bundle.
    private var outcome: FHIRNode? {
        guard let resource else { return nil }
        if resource.resourceType == "OperationOutcome" { return resource }
        return entries.first { $0.resourceType == "OperationOutcome" }
    }

    /// MessageHeader.response of a message Bundle.
    private var response: FHIRNode? {
        entries.first { $0.resourceType == "MessageHeader" }?.child("response")
    }

    private var entries: [FHIRNode] {
        guard let resource, resource.resourceType == "Bundle" else { return [] }
        return resource.children("entry").compactMap { $0.child("resource") }
    }

    /// Whether a response names the message: R4 says by MessageHeader.id, some say by the Bundle's.
    private func isAbout(_ response: FHIRNode, _ sent: FHIRNode?, _ id: String) -> Bool {
        guard let named = response.child("identifier")?.value else { return true }
        let header = sent?.children("entry").first?.child("resource")?.child("id")?.value
        return [id, header, sent?.child("id")?.value].contains(named)
    }

    private static func isError(_ issue: FHIRNode) -> Bool {
        ["error", "fatal"].contains(issue.child("severity")?.value)
    }

    /// The status, and what a server says that does not speak FHIR.
    private var words: String {
        let status = "HTTP \(status)"
        guard resource == nil, let text = String(validating: body.prefix(2_000), as: UTF8.self)
        else { return status }
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return line.isEmpty || line.hasPrefix("<") ? status : "\(status): \(line)"
    }

    private static func finding(_ issue: FHIRNode, _ sent: FHIRNode?) -> Acknowledgement.Finding {
        let path =
            issue.children("expression").first?.value ?? issue.children("location").first?.value
            ?? ""
        let details = issue.child("details")
        let coding = details?.children("coding").first
        let words = [
            issue.child("diagnostics")?.value, details?.child("text")?.value,
            coding?.child("display")?.value,
        ].compactMap(\.self).first { !$0.isEmpty }
        let severity =
            switch issue.child("severity")?.value {
            case "fatal": "F"
            case "warning": "W"
            case "information": "I"
            default: "E"
            }
        return Acknowledgement.Finding(
            place: FHIRPlace(path, in: sent)?.text ?? path,
            code: coding?.child("code")?.value ?? issue.child("code")?.value ?? "",
            severity: severity, words: words ?? "")
    }
}
