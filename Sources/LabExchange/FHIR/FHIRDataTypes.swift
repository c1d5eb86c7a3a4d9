internal import LabDomain

/// The data types of FHIR R4 that our bundles use.
extension FHIRObject {
    /// Coding.
    static func coding(_ code: Coded) -> FHIRObject {
        [
            "system": .text(system(of: code)), "code": .text(code.code),
            "display": .text(code.text),
        ]
    }

    /// Coding of a code system that HL7 publishes.
    static func coding(_ system: String, _ code: String, _ display: String) -> FHIRObject {
        [
            "system": .text("http://terminology.hl7.org/CodeSystem/" + system),
            "code": .text(code), "display": .text(display),
        ]
    }

    /// CodeableConcept of a code, and of the same in other systems.
    static func concept(_ code: Coded) -> FHIRObject {
        [
            "coding": .objects(([code] + code.alternates).map { .coding($0) }),
            "text": .text(code.text),
        ]
    }

    /// CodeableConcept of one coding that HL7 publishes.
    static func concept(_ system: String, _ code: String, _ display: String) -> FHIRObject {
        ["coding": [.coding(system, code, display)]]
    }

    /// Identifier under an ISO object identifier; `type` is of table 0203.
    static func identifier(
        _ value: String, oid: String, type: (code: String, text: String)? = nil
    ) -> FHIRObject {
        var identifier = FHIRObject()
        if let type {
            identifier.add("type", .object(.concept("v2-0203", type.code, type.text)))
        }
        identifier.add("system", .text("urn:oid:" + oid))
        identifier.add("value", .text(value))
        return identifier
    }

    /// Annotations, one a line.
    static func notes(_ lines: [String]) -> FHIRValue {
        .objects(lines.map { ["text": .text($0)] })
    }

    /// ContactPoint; none for an empty number.
    static func telephone(_ number: String, use: String) -> FHIRValue {
        guard !number.isEmpty else { return .objects([]) }
        return [["system": "phone", "value": .text(number), "use": .text(use)]]
    }

    /// Address as one text, since where its parts end is not known.
    static func address(_ lines: [String], country: String, use: String) -> FHIRValue {
        let text = lines.filter { !$0.isEmpty }.joined(separator: ", ")
        guard !text.isEmpty else { return .objects([]) }
        return [["use": .text(use), "text": .text(text), "country": .text(country)]]
    }

    /// What a system of table 0396 is called in FHIR.
    private static func system(of code: Coded) -> String {
        if !code.uri.isEmpty { return code.uri }
        return switch code.system {
        case "LN": "http://loinc.org"
        case "SCT": "http://snomed.info/sct"
        case "UCUM": "http://unitsofmeasure.org"
        case let name where name.hasPrefix("HL7"):
            "http://terminology.hl7.org/CodeSystem/v2-" + name.dropFirst(3)
        default: ""
        }
    }
}
