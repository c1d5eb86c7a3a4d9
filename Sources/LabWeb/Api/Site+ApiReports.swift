internal import HTTPTypes
internal import LabDomain
internal import LabExchange
internal import LabOperations

/// What a check of messages found, in the words of the one who asks.
private struct ApiCheckedMessages: Encodable, Sendable {
    struct Finding: Encodable, Sendable {
        let level: HL7Finding.Level
        let rule: String
        let message: Int
        let line: Int?
        let place: String
        let what: String
        let remedy: String
    }

    let messages: Int
    let errors: Int
    let findings: [Finding]
}

/// Messages in the other encoding.
private struct ApiTranscodedMessages: Encodable, Sendable {
    let text: String
    let lost: [String]
}

/// One of the laboratory's assays with its text.
private struct ApiAssay: Encodable, Sendable {
    let kit: KitRole
    let name: String
    let version: String
    let text: String
    let digest: String
    let waiting: Int
}

extension Site {
    /// Judges of messages before a receiver sees them, and the laboratory's assays.
    var reportApi: [ApiRoute] {
        [
            message("/reports/check", "checkReports") { body, visit in
                visit.json(checked(try CheckedMessages(body), visit))
            },
            message("/reports/transcoding", "transcodeReports") { body, visit in
                let other = try TranscodedMessages(body)
                return visit.json(
                    ApiTranscodedMessages(
                        text: String(decoding: other.bytes, as: UTF8.self), lost: other.lost))
            },
            .look("/assays/:kit", "showAssay", .seeWork) { visit in
                let sheets = try laboratory.assaySheets(as: visit.handle)
                guard let kit = KitRole(rawValue: visit.parameter("kit")),
                    let sheet = sheets.first(where: { $0.kit == kit })
                else { throw Missing() }
                return ApiAssay(
                    kit: kit, name: sheet.assay.name, version: sheet.version, text: sheet.text,
                    digest: sheet.digest, waiting: sheet.waiting)
            },
            .file("/assays/:kit", "adoptAssay", mostBytes: 1 << 18) { visit in
                guard let kit = KitRole(rawValue: visit.parameter("kit")) else { throw Missing() }
                return AdoptAssay(kit: kit, text: visit.text, seen: visit.query["digest"])
            },
        ]
    }

    /// A file of messages that is looked at and kept nowhere.
    private func message(
        _ path: String, _ operation: String,
        _ look: @escaping @Sendable ([UInt8], ApiVisit) throws -> [UInt8]
    ) -> ApiRoute {
        ApiRoute(
            method: .post, path: ApiRoute.prefix + path, operation: operation,
            verb: .exportReports, mostBytes: 1 << 20
        ) { visit in
            guard !visit.body.isEmpty else {
                throw ApiProblem(.malformed, "The request has no body.")
            }
            return try await aside { ApiAnswer(try look(visit.body, visit)) }
        }
    }

    private func checked(_ found: CheckedMessages, _ visit: ApiVisit) -> ApiCheckedMessages {
        ApiCheckedMessages(
            messages: found.messages, errors: found.errors,
            findings: found.findings.map { finding in
                ApiCheckedMessages.Finding(
                    level: finding.level, rule: finding.rule, message: finding.message,
                    line: finding.line, place: finding.place,
                    what: say(finding.words, visit.language),
                    remedy: say(finding.remedy, visit.language))
            })
    }
}
