internal import LabDomain

/// Builds the message Bundle of FHIR R4 (4.0.1) that tells one result.
///
/// A pure function of result, version and options, with the same observations as the HL7 v2
/// message (`Observation.list`). Resources have identifiers that follow from what they are, so that
/// a later version replaces what an earlier one said. Of others in a pool or mixed tube nothing
/// leaves: the resources that would name them (Group, the pool's Specimen and Observation) are made
/// for each member alone, and so are their identifiers.
struct ResultBundle {
    let result: ReportedResult
    let parts: ReportParts
    let version: MessageVersion
    let options: MessageOptions
    let codes: ReportCodes
    /// The number of the message, as in MSH-10.
    let messageNumber: String
    /// The number of the order, as in OBR-3.
    let orderNumber: String
    private let namespace: ContentUUID
    private let identifiers = KnownIdentifiers()

    private init(
        _ result: ReportedResult, _ version: MessageVersion, _ options: MessageOptions,
        _ number: String?
    ) {
        messageNumber =
            number
            ?? (version.number == 1
                ? result.parts.id.text : "\(result.parts.id)-\(version.number)")
        self.result = result
        parts = result.parts
        self.version = version
        self.options = options
        codes = .known(result.parts.method, options.codes)
        orderNumber = ResultMessage.orderNumber(result.parts, of: result.person?.id)
        namespace = ContentUUID(result.parts.laboratory.oid, in: .ofOIDs)
    }

    /// The whole bundle, under a number of its own or the one that its v2 message has.
    static func make(
        _ result: ReportedResult, _ version: MessageVersion, _ options: MessageOptions,
        number: String? = nil
    ) -> FHIRObject {
        ResultBundle(result, version, options, number).bundle
    }

    private var bundle: FHIRObject {
        let tag = FHIRObject.coding(
            "v2-0103", options.processing.rawValue, options.processing.words)
        return FHIRObject(
            "Bundle",
            [
                "id": .text(id(.bundle)),
                "meta": ["tag": [tag]],
                "identifier": .object(
                    .identifier(messageNumber, oid: parts.route.application.oid)),
                "type": "message",
                "timestamp": .text(time(releasedAt)),
                "entry": .objects(entries.map(entry)),
            ])
    }

    /// The resources: the header first, as a message has it.
    private var entries: [(ResourceName, FHIRObject)] {
        var entries: [(ResourceName, FHIRObject)] = [
            (.header, header), (.report, report), (.order, order),
        ]
        entries += subjects + specimens + observations.map { ($0.name, resource($0)) }
        entries += [(.laboratory, laboratory), (.unit, unit)]
        entries += roles
        return entries + [(.provenance, provenance)]
    }

    private func entry(_ name: ResourceName, _ resource: FHIRObject) -> FHIRObject {
        ["fullUrl": .text("urn:uuid:" + id(name)), "resource": .resource(resource)]
    }

    /// A resource of a name, with its identifier first.
    func make(_ type: String, _ name: ResourceName, _ content: FHIRObject) -> FHIRObject {
        var resource = FHIRObject()
        resource.add("id", .text(id(name)))
        for (element, value) in content.elements { resource.add(element, value) }
        return FHIRObject(type, resource)
    }

    /// The identifier of a resource.
    func id(_ name: ResourceName) -> String {
        identifiers.text(of: name) {
            ContentUUID(name.text(in: self), in: namespace).description
        }
    }

    /// A reference within the bundle.
    func reference(_ name: ResourceName) -> FHIRObject {
        ["reference": .text("urn:uuid:" + id(name))]
    }

    /// When this version was released.
    var releasedAt: Timestamp { version.releasedAt ?? parts.times.releasedAt }

    /// An instant in the laboratory's zone.
    func time(_ instant: Timestamp) -> String { parts.times.zone.text(instant) }
}

/// The identifiers of one bundle, each made once: most are referred to several times.
private final class KnownIdentifiers {
    private var texts: [ResourceName: String] = [:]

    func text(of name: ResourceName, make: () -> String) -> String {
        if let text = texts[name] { return text }
        let text = make()
        texts[name] = text
        return text
    }
}

/// What a resource of a bundle is.
enum ResourceName: Hashable {
    case bundle, header, report, order, subject, group, specimen, pool, laboratory, unit, provenance
    case observation(code: String)
    case poolObservation(code: String)
    /// A member of the laboratory's staff by their handle.
    case role(String)

    /// The text that the identifier follows from.
    func text(in bundle: ResultBundle) -> String {
        let order = bundle.orderNumber
        return switch self {
        case .bundle: "Bundle/" + bundle.messageNumber
        case .header: "MessageHeader/" + bundle.messageNumber
        case .provenance: "Provenance/" + bundle.messageNumber
        case .report: "DiagnosticReport/" + order
        case .order: "ServiceRequest/" + order
        case .subject: bundle.subjectName
        case .group: "Group/" + order
        case .specimen: "Specimen/" + order
        case .pool: "Specimen/\(bundle.pool?.id.text ?? "")/\(order)"
        case .observation(let code): "Observation/\(order)/\(code)"
        case .poolObservation(let code):
            "Observation/\(bundle.pool?.id.text ?? "")/\(order)/\(code)"
        case .laboratory: "Organization/laboratory"
        case .unit: "Organization/unit/" + bundle.parts.unit.name
        case .role(let handle): "PractitionerRole/" + handle
        }
    }
}

extension MessageOptions.Processing {
    /// The words of table 0103.
    var words: String {
        switch self {
        case .production: "Production"
        case .training: "Training"
        case .debugging: "Debugging"
        }
    }
}
