internal import LabDomain

extension ResultBundle {
    /// MessageHeader: MSH and SFT.
    var header: FHIRObject {
        let route = parts.route
        return make(
            "MessageHeader", .header,
            [
                "eventCoding": .object(
                    .coding("v2-0003", "R01", "ORU/ACK - Unsolicited transmission")),
                "destination": [
                    [
                        "name": .text(route.receivingApplication.name),
                        "endpoint": .text("urn:oid:" + route.receivingApplication.oid),
                    ]
                ],
                "sender": .object(reference(.laboratory)),
                "source": [
                    "name": .text(route.application.name), "software": "Swabline",
                    "version": .text(options.softwareVersion),
                    "endpoint": .text("urn:oid:" + route.application.oid),
                ],
                "focus": [reference(.report)],
            ])
    }

    /// DiagnosticReport: OBR with its results.
    var report: FHIRObject {
        make(
            "DiagnosticReport", .report,
            [
                "identifier": [.identifier(orderNumber, oid: parts.route.application.oid)],
                "basedOn": [reference(.order)], "status": .text(status),
                "category": [.concept("v2-0074", "LAB", "Laboratory")],
                "code": .object(.concept(codes.order)),
                "subject": .object(reference(.subject)),
                "effectiveDateTime": .text(time(parts.times.collectedAt)),
                "issued": .text(time(releasedAt)), "performer": [reference(.laboratory)],
                "resultsInterpreter": parts.reviewedBy.isEmpty
                    ? .objects([]) : [reference(.role(parts.reviewedBy))],
                "specimen": [reference(.specimen)],
                "result": .objects(observations.map { reference($0.name) }),
            ])
    }

    /// ServiceRequest: ORC.
    var order: FHIRObject {
        let status =
            switch version.status {
            case .preliminaryPool: "active"
            case .cancelled: "revoked"
            case .final, .corrected, .withdrawn: "completed"
            }
        return make(
            "ServiceRequest", .order,
            [
                "identifier": [.identifier(orderNumber, oid: parts.route.application.oid)],
                "status": .text(status), "intent": "order",
                "code": .object(.concept(codes.order)),
                "subject": .object(reference(.subject)), "requester": .object(reference(.unit)),
                "performer": [reference(.laboratory)], "specimen": [reference(.specimen)],
            ])
    }

    /// Provenance: who made this version of the report, and who looked at it.
    var provenance: FHIRObject {
        let (code, words) =
            switch version.status {
            case .withdrawn: ("NULLIFY", "nullify")
            // What was refused and is written anew is no revision: nobody has the first one.
            case .corrected: ("UPDATE", "revise")
            case .final where version.pool != nil: ("UPDATE", "revise")
            default: ("CREATE", "create")
            }
        return make(
            "Provenance", .provenance,
            [
                "target": [reference(.report)], "recorded": .text(time(releasedAt)),
                "activity": .object(.concept("v3-DataOperation", code, words)),
                "agent": .objects(agents),
            ])
    }

    private var agents: [FHIRObject] {
        let staff = [
            ("performer", "Performer", parts.enteredBy), ("verifier", "Verifier", parts.reviewedBy),
        ]
        return [agent("author", "Author", .laboratory)]
            + staff.filter { !$0.2.isEmpty }.map { agent($0.0, $0.1, .role($0.2)) }
    }

    private func agent(_ code: String, _ words: String, _ who: ResourceName) -> FHIRObject {
        [
            "type": .object(.concept("provenance-participant-type", code, words)),
            "who": .object(reference(who)),
        ]
    }
}

extension ResultBundle {
    /// Organization that tested.
    var laboratory: FHIRObject {
        let laboratory = parts.laboratory
        let (number, authority) =
            switch laboratory.code {
            case .clia(let number): (number, "2.16.840.1.113883.4.7")
            case .local(let number): (number, laboratory.oid)
            }
        return make(
            "Organization", .laboratory,
            [
                "identifier": [.identifier(number, oid: authority)],
                "active": .boolean(true), "name": .text(laboratory.name),
                "telecom": FHIRObject.telephone(laboratory.telephone, use: "work"),
                "address": FHIRObject.address(
                    laboratory.addressLines, country: laboratory.country, use: "work"),
            ])
    }

    /// Organization that sent the specimen in.
    var unit: FHIRObject {
        let unit = parts.unit
        return make(
            "Organization", .unit,
            [
                "name": .text(unit.name),
                "telecom": FHIRObject.telephone(unit.telephone, use: "work"),
                "address": FHIRObject.address(
                    unit.addressLines, country: parts.laboratory.country, use: "work"),
            ])
    }

    /// PractitionerRole of whoever entered and reviewed the run: handles, no names, since the
    /// laboratory knows whose they are.
    var roles: [(ResourceName, FHIRObject)] {
        // Of a rejected tube nobody entered or reviewed a run.
        [parts.enteredBy, parts.reviewedBy].filter { !$0.isEmpty }.map { handle in
            (
                .role(handle),
                make(
                    "PractitionerRole", .role(handle),
                    [
                        "identifier": [.identifier(handle, oid: parts.route.application.oid)],
                        "active": .boolean(true),
                        "organization": .object(reference(.laboratory)),
                    ])
            )
        }
    }
}
