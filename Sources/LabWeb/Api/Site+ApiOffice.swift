internal import LabDomain
internal import LabOperations

/// What the office's operations are asked with.
private enum Asked {
    struct Change: Decodable {
        enum Kind: String, Decodable {
            case correction
            case withdrawal
        }
        let tube: String
        let person: String?
        let change: Kind
        let outcome: Outcome?
        let reason: AmendmentReason
    }

    struct Decision: Decodable { let accepted: Bool }
    struct Resending: Decodable { let unchanged: Bool? }
    struct Held: Decodable { let receiver: String? }

    struct Certificate: Decodable {
        let subject: String
        let person: String?
    }

    struct Check: Decodable {
        let code: String
        let name: String?
        let digits: String?
    }

    struct Settlement: Decodable {
        enum Decision: String, Decodable {
            case register
            case names
            case barcode
            case merge
            case discard
        }
        let decision: Decision
        let barcode: String?
        let into: String?
        let note: String?
    }
}

/// A key, told once.
private struct ApiKey: Encodable, Sendable {
    let handle: String
    let key: String
}

extension Site {
    /// What changes results that are out, receivers, rules and keys, and what desks did.
    var apiOffice: [ApiRoute] {
        amendmentApi + outboxApi + certificateApi + deskApi + rulesApi
    }

    private var amendmentApi: [ApiRoute] {
        [
            .ask("/amendments", "proposeAmendment") { (asked: Asked.Change, _) in
                ProposeAmendment(
                    scan: asked.tube, person: asked.person.map { PersonID(normalised($0)) },
                    change: try Self.change(asked), reason: asked.reason)
            },
            .ask("/amendments/:amendment/decision", "decideAmendment") {
                (asked: Asked.Decision, visit) in
                DecideAmendment(
                    amendment: AmendmentID(normalised(visit.parameter("amendment"))),
                    isAccepted: asked.accepted)
            },
        ]
    }

    private static func change(_ asked: Asked.Change) throws -> Amendment {
        switch (asked.change, asked.outcome) {
        case (.withdrawal, nil): return .withdrawal
        case (.correction, let outcome?): return .correction(outcome)
        case (.withdrawal, _):
            throw ApiProblem(.malformed, "A withdrawal has no outcome.")
        case (.correction, nil):
            throw Self.lacks("outcome")
        }
    }

    private static func lacks(_ member: String) -> ApiProblem {
        ApiProblem(.malformed, "The member `\(member)` is missing.")
    }

    private var outboxApi: [ApiRoute] {
        [
            .ask("/messages/:message/resending", "resendMessage") {
                (asked: Asked.Resending, visit) in
                ResendMessage(
                    message: MessageID(normalised(visit.parameter("message"))),
                    isUnchanged: asked.unchanged ?? false)
            },
            .ask("/held/writing", "writeHeld") { (asked: Asked.Held, _) in
                WriteHeld(receiver: asked.receiver)
            },
            .file("/receivers", "adoptReceiver", mostBytes: 1 << 18) {
                AdoptReceiver(text: $0.text, isFromAfar: true)
            },
            .bare("/receivers/:receiver/retirement", "retireReceiver") {
                RetireReceiver(name: $0.parameter("receiver"))
            },
        ]
    }

    private var certificateApi: [ApiRoute] {
        [
            .ask("/certificates", "issueCertificate") { (asked: Asked.Certificate, _) in
                IssueCertificate(asked.subject, person: asked.person)
            },
            // Names and digits stand in no address: a body asks.
            ApiRoute(
                method: .post, path: ApiRoute.prefix + "/certificates/check",
                operation: "checkCertificate", verb: .seeBoxes, mostBytes: 1 << 13
            ) { visit in
                let asked = try visit.read(Asked.Check.self)
                let holder = CertificateHolder(
                    name: asked.name ?? "", digits: asked.digits ?? "")
                guard checks.admits(asked.code, comparesHolder: !holder.isEmpty, at: visit.now)
                else { throw ApiProblem(.busy) }
                return try await aside {
                    ApiAnswer(
                        visit.json(
                            try visit.laboratory.checkCertificate(asked.code, holder: holder)))
                }
            },
        ]
    }

    private var deskApi: [ApiRoute] {
        [
            // Each entry has a key of its own: a queue that is sent again is taken once.
            ApiRoute(
                method: .post, path: ApiRoute.prefix + "/desk/entries",
                operation: "takeDeskEntries", verb: .bindPerson, mostBytes: 1 << 18
            ) { visit in
                guard let request = DeskRequest(visit.body) else {
                    throw ApiProblem(.malformed, "The body is no desk's queue.")
                }
                return ApiAnswer(visit.json(try await visit.desk.take(request)))
            },
            .ask("/desk/tubes/:tube/settlement", "settleDeskTube") {
                (asked: Asked.Settlement, visit) in
                SettleDeskTube(
                    DeskTubeID(visit.parameter("tube")), try Self.decision(asked),
                    note: asked.note ?? "")
            },
        ]
    }

    private static func decision(
        _ asked: Asked.Settlement
    ) throws -> SettleDeskTube.Decision {
        switch asked.decision {
        case .register: return .register
        case .names: return .correctNames
        case .discard: return .discard
        case .barcode:
            guard let barcode = asked.barcode else {
                throw Self.lacks("barcode")
            }
            return .barcode(barcode)
        case .merge:
            guard let other = asked.into else {
                throw Self.lacks("into")
            }
            return .merge(into: DeskTubeID(other))
        }
    }

    private var rulesApi: [ApiRoute] {
        [
            ApiRoute(
                method: .post, path: ApiRoute.prefix + "/settings", operation: "adoptSettings",
                verb: AdoptSettings.verb, mostBytes: 1 << 20
            ) { visit in
                guard !visit.body.isEmpty else {
                    throw ApiProblem(.malformed, "The request has no body.")
                }
                let answer = try await visit.perform(AdoptSettings(text: visit.text))
                try await aside { try readHeading() }
                return answer
            },
            ApiRoute(
                method: .post, path: ApiRoute.prefix + "/devices/:handle/key",
                operation: "issueKey", verb: IssueKey.verb, mostBytes: 1 << 16
            ) { visit in
                let handle = visit.parameter("handle")
                let issue = IssueKey(for: handle)
                guard try await !visit.perform(issue).isRepeated else {
                    throw ApiProblem(
                        .refused, "The key was told once, and is told to nobody again.",
                        remedy: "Ask for another one under another idempotency key.")
                }
                return ApiAnswer(visit.json(ApiKey(handle: handle, key: issue.key)))
            },
        ]
    }
}
