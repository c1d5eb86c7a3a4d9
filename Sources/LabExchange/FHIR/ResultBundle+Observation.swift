internal import LabDomain

extension ResultBundle {
    /// A result with the resource that it becomes.
    struct Result {
        let name: ResourceName
        let observation: Observation
        /// The code of Observation.status.
        let status: String
        /// Whether it is the pool's and not the tube's own.
        let isOfPool: Bool
    }

    /// The results: those of a laboratory pool first, from which the tube's own are derived.
    var observations: [Result] { poolResults + ownResults }

    /// The tube's own results; none while only the pool's is known.
    private var ownResults: [Result] {
        if isPreliminary { return [] }
        return Observation.list(parts, version, codes).map {
            Result(
                name: .observation(code: $0.test.code), observation: $0, status: status,
                isOfPool: false)
        }
    }

    /// What the pool showed.
    private var poolResults: [Result] {
        guard let pool else { return [] }
        let found = version.pool != nil || isPreliminary
        let list =
            found
            ? Observation.found(in: pool, codes)
            : Observation.list(parts, version, codes)
        return list.map {
            Result(
                name: .poolObservation(code: $0.test.code), observation: $0,
                // A pool whose members were tested since has said all that it will say.
                status: version.pool == nil ? status : "final", isOfPool: true)
        }
    }

    private var isPreliminary: Bool { version.status == .preliminaryPool }

    /// What the report and its results have come to.
    var status: String {
        switch version.status {
        case .final: "final"
        case .corrected: "corrected"
        case .withdrawn: "entered-in-error"
        case .cancelled: "cancelled"
        case .preliminaryPool: "preliminary"
        }
    }

    /// Observation.
    func resource(_ result: Result) -> FHIRObject {
        let observation = result.observation
        var content: FHIRObject = [
            "basedOn": [reference(.order)], "status": .text(result.status),
            "category": [.concept("observation-category", "laboratory", "Laboratory")],
            "code": .object(.concept(observation.test)),
            "subject": .object(reference(result.isOfPool ? .group : .subject)),
            "effectiveDateTime": .text(time(parts.times.collectedAt)),
            "issued": .text(time(releasedAt)), "performer": [reference(.laboratory)],
        ]
        add(observation.value, to: &content)
        content.add("note", FHIRObject.notes(observation.notes))
        let isKnown = if case .unknown = observation.value { false } else { true }
        if isKnown { content.add("method", ["text": .text(method)]) }
        content.add("specimen", .object(reference(result.isOfPool ? .pool : .specimen)))
        if !result.isOfPool {
            content.add("derivedFrom", .objects(poolResults.map { reference($0.name) }))
        }
        return make("Observation", result.name, content)
    }

    private func add(_ value: Observation.Value, to content: inout FHIRObject) {
        switch value {
        case .coded(let finding, let flag):
            content.add("valueCodeableConcept", .object(.concept(finding)))
            let words = flag == "A" ? "Abnormal" : "Normal"
            let flags = flag.map {
                [FHIRObject.concept("v3-ObservationInterpretation", $0, words)]
            }
            content.add("interpretation", .objects(flags ?? []))
        case .cycles(let cq):
            let unit = FHIRObject.coding(.cycles)
            var quantity: FHIRObject = [
                "value": .number(cq.cycleText), "unit": .text(Coded.cycles.text),
            ]
            for (name, value) in unit.elements where name != "display" { quantity.add(name, value) }
            content.add("valueQuantity", .object(quantity))
        case .unknown:
            var reason = FHIRObject.concept("data-absent-reason", "not-performed", "Not Performed")
            reason.add("text", .text(rejected?.text ?? ""))
            content.add("dataAbsentReason", .object(reason))
        }
    }

    /// With what it was tested, as in OBX-17.
    private var method: String {
        let method = parts.method
        return method.assay == method.kit ? method.kit : "\(method.assay): \(method.kit)"
    }
}
