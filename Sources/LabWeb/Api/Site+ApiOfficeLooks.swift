internal import LabDomain
internal import LabOperations
internal import LabStore

/// Rules as they were adopted.
private struct ApiRules: Encodable, Sendable {
    let name: String
    let text: String
}

/// A message as it is sent.
private struct ApiMessage: Encodable, Sendable {
    let message: MessageID
    let text: String
}

/// A certificate as it can be checked.
private struct ApiCertificate: Encodable, Sendable {
    let code: CertificateCode
    /// What the square on the paper holds: the signed claim.
    let claim: String
}

/// A worklist for a robot.
private struct ApiWorklist: Encodable, Sendable {
    let plate: PlateID
    let format: WorklistFormat
    let text: String
}

/// How a worklist is written.
private enum WorklistFormat: String, CaseIterable, Encodable, Sendable {
    case csv
    case gwl
    case hamilton
}

/// How far a desk's queue is stored.
private struct ApiDesk: Encodable, Sendable {
    let desk: String
    let sequence: Int
}

/// A filling of a tube that waits for a decision.
private struct ApiDeskTube: Encodable, Sendable {
    let deskTube: DeskTubeID
    let tube: TubeID
    let unit: String
    let site: String
    let openedAt: Timestamp
    let by: [String]
    let people: Int
    let cause: DeskCause?

    init(_ waiting: DeskTubeToSettle) {
        deskTube = waiting.tube.id
        tube = waiting.tube.tube
        unit = waiting.tube.unit
        site = waiting.tube.site
        openedAt = waiting.openedAt
        by = waiting.by
        people = waiting.people.count
        cause = waiting.tube.cause
    }
}

extension Site {
    /// Everything of the office that can be looked at.
    var apiOfficeLooks: [ApiRoute] {
        sendingApi + turnaroundApi + ruleLooksApi + deskLooksApi
    }

    private var sendingApi: [ApiRoute] {
        [
            .look("/amendments", "listAmendments", .seeWork) { visit in
                ApiList(try laboratory.amendments(as: visit.handle))
            },
            .look("/messages", "listMessages", .seeWork) { visit in
                ApiList(
                    try laboratory.messages(
                        to: visit.query["receiver"],
                        in: try visit.choice("state", of: MessageState.self),
                        about: visit.query["tube"].map { TubeID(normalised($0)) },
                        limit: try visit.number("limit", in: 1...1_000, or: 100),
                        as: visit.handle))
            },
            .look("/messages/:message", "showMessage", .exportReports) { visit in
                let id = MessageID(normalised(visit.parameter("message")))
                let bytes = try laboratory.messageBytes(id, as: visit.handle)
                return ApiMessage(message: id, text: String(decoding: bytes, as: UTF8.self))
            },
            .look("/rejects", "listRejects", .exportReports) { visit in
                ApiList(
                    try laboratory.rejects(
                        of: visit.query["receiver"],
                        limit: try visit.number("limit", in: 1...1_000, or: 100),
                        as: visit.handle))
            },
            .look("/held", "listHeld", .seeWork) { visit in
                ApiList(
                    try laboratory.heldMessages(
                        for: visit.query["receiver"],
                        limit: try visit.number("limit", in: 1...1_000, or: 100),
                        as: visit.handle))
            },
            .look("/certificates/:certificate", "showCertificate", .issueCertificate) { visit in
                guard let code = try? CertificateCode(typed: visit.parameter("certificate")) else {
                    throw Missing()
                }
                let certificate = try laboratory.certificate(code, as: visit.handle)
                return ApiCertificate(code: certificate.code, claim: certificate.claim)
            },
            .look("/feedback", "showFeedback", .feedbackFile) { visit in
                try laboratory.feedback(
                    of: visit.query["unit"], on: try visit.day("day"), as: visit.handle,
                    at: visit.now)
            },
        ]
    }

    private var turnaroundApi: [ApiRoute] {
        [
            .look("/turnaround/report", "reportTurnaround", .seeWork) { visit in
                var question = TurnaroundQuestion(
                    from: try visit.instant("from") ?? visit.now.advanced(by: .hours(-24)),
                    to: try visit.instant("to") ?? visit.now)
                question.split = try visit.choice("by", of: TurnaroundQuestion.Split.self) ?? .none
                question.listed = try visit.choice("list", of: TurnaroundSegment.self)
                return try laboratory.turnaround(question, at: visit.now, as: visit.handle)
            },
            .look("/turnaround/board", "showTurnaroundBoard", .seeWork) { visit in
                try foreseen(visit)
            },
            .look("/turnaround/forecast", "forecastTurnaround", .seeWork) { visit in
                TurnaroundSum(try foreseen(visit))
            },
        ]
    }

    /// Everybody's forecast, or one with other machines and futures where they are asked for.
    private func foreseen(_ visit: ApiVisit) throws -> TurnaroundBoard {
        let own = ["reception", "extraction", "pcr", "review", "futures"]
        guard own.contains(where: { visit.query[$0] != nil }) else {
            return try forecast.present(at: visit.now)
        }
        return try laboratory.turnaroundBoard(
            try plan(visit), at: visit.now, as: visit.handle)
    }

    /// The plan of the settings, with other machines and futures where they are asked for.
    private func plan(_ visit: ApiVisit) throws -> ForecastPlan {
        func machines(_ name: String) throws -> Int? {
            try visit.query[name].map { _ in try visit.number(name, in: 1...1_000, or: 1) }
        }
        var plan = try laboratory.forecastPlan().with(
            reception: try machines("reception"), extraction: try machines("extraction"),
            pcr: try machines("pcr"), review: try machines("review"))
        plan.futures = try visit.number("futures", in: 10...1_000, or: 100)
        return plan
    }

    private var ruleLooksApi: [ApiRoute] {
        [
            .look("/devices", "listDevices", .issuePassword) { visit in
                ApiPart(
                    try laboratory.devices(after: visit.query["after"] ?? "", as: visit.handle))
            },
            .look("/places", "listPlaces", .assignScope) { visit in
                let kind = try visit.choice("kind", of: PlaceKind.self) ?? .unit
                return ApiPart(
                    try laboratory.places(
                        kind == .unit ? .unit : .site, after: visit.query["after"] ?? "",
                        as: visit.handle))
            },
            .look("/receivers", "listReceivers", .seeWork) { visit in
                ApiList(try laboratory.receivers(as: visit.handle))
            },
            .look("/receivers/:receiver", "showReceiver", .seeWork) { visit in
                let name = visit.parameter("receiver")
                return ApiRules(
                    name: name, text: try laboratory.receiverText(name, as: visit.handle))
            },
            .look("/programme", "showProgramme", .seeWork) { visit in
                ApiRules(
                    name: try laboratory.rules().version,
                    text: try laboratory.rulesText(settings: false, as: visit.handle))
            },
            .look("/settings", "showSettings", .seeWork) { visit in
                ApiRules(
                    name: try laboratory.rules().settings.name,
                    text: try laboratory.rulesText(settings: true, as: visit.handle))
            },
        ]
    }

    private enum PlaceKind: String, CaseIterable {
        case unit
        case site
    }

    private var deskLooksApi: [ApiRoute] {
        [
            .look("/desks/:desk", "greetDesk", .bindPerson) { visit in
                let desk = visit.parameter("desk")
                return ApiDesk(
                    desk: desk,
                    sequence: try laboratory.greeting(of: desk, as: visit.handle).sequence)
            },
            .look("/desk/tubes", "listDeskTubes", .settleTube) { visit in
                ApiList(
                    try laboratory.deskTubesToSettle(as: visit.handle, at: visit.now)
                        .map(ApiDeskTube.init))
            },
            .look("/plates/:plate/worklist/file", "showWorklistFile", .seeWork) { visit in
                let format = try visit.choice("format", of: WorklistFormat.self) ?? .csv
                let worklist = try laboratory.worklist(
                    of: PlateID(visit.parameter("plate")), as: visit.handle)
                let bytes =
                    switch format {
                    case .csv: worklist.csv
                    case .gwl: worklist.gwl
                    case .hamilton: worklist.hamilton
                    }
                return ApiWorklist(
                    plate: worklist.plate, format: format,
                    text: String(decoding: bytes, as: UTF8.self))
            },
        ]
    }
}
