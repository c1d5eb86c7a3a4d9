/// The fields that our messages fill, in the words of the laboratory.
package enum MessageFields {
    /// What stands in a field; a place within it, such as `PID-3.4`, is the field's.
    /// - Returns: Nil for a field that our messages leave empty.
    package static func name(of place: String) -> String? {
        let steps = place.split(separator: ".")
        if let name = fhirNames[steps.prefix(2).joined(separator: ".")]
            ?? fhirNames[String(steps.first ?? "")]
        {
            return name
        }
        let field = place.prefix { $0 != "." && $0 != "[" }
        return names[String(field)] ?? names[String(field.prefix(3))]
    }

    /// Whether a text is the name of a place in a message, and so holds no value: `PID`, `OBX-5`,
    /// `PID-3.4`, `Patient.name.family`.
    package static func isPlace(_ text: String) -> Bool {
        if FHIRPlace(text)?.text == text { return true }
        return text.utf8.count <= 12
            && text.wholeMatch(of: /[A-Z][A-Z0-9]{2}(-[0-9]+(\.[0-9]+)?)?/) != nil
    }

    /// The elements of FHIR that say what these fields say.
    private static let fhirNames: [String: String] = [
        "MessageHeader": "message header", "MessageHeader.destination": "receiving application",
        "MessageHeader.source": "sending application", "Patient": "person",
        "Patient.identifier": "person's identifiers", "Patient.name": "person's name",
        "Patient.birthDate": "birth date", "Patient.gender": "sex",
        "Patient.address": "person's address", "Patient.telecom": "person's telephone",
        "ServiceRequest": "order", "ServiceRequest.identifier": "order number",
        "ServiceRequest.code": "test code", "DiagnosticReport": "test",
        "DiagnosticReport.identifier": "order number", "DiagnosticReport.code": "test code",
        "DiagnosticReport.status": "result status", "DiagnosticReport.issued": "time of release",
        "DiagnosticReport.effective": "time of collection", "Observation": "result",
        "Observation.code": "code of the target", "Observation.value": "result",
        "Observation.status": "result status", "Observation.interpretation": "flag",
        "Observation.effective": "time of collection", "Observation.method": "assay and kit",
        "Observation.note": "note", "Specimen": "specimen", "Specimen.type": "specimen type",
        "Specimen.identifier": "tube's barcode", "Specimen.collection": "time of collection",
        "Specimen.receivedTime": "time of reception", "Specimen.condition": "reason of rejection",
    ]

    private static let names: [String: String] = [
        "MSH": "message header", "MSH-3": "sending application", "MSH-4": "laboratory",
        "MSH-5": "receiving application", "MSH-6": "receiving facility",
        "MSH-7": "time of the message", "MSH-9": "kind of message", "MSH-10": "message number",
        "MSH-11": "processing", "MSH-12": "version of HL7", "MSH-21": "profile",
        "SFT": "software", "PID": "person", "PID-3": "person's identifiers",
        "PID-5": "person's name", "PID-7": "birth date", "PID-8": "sex",
        "PID-11": "person's address", "PID-13": "person's telephone", "ORC": "order",
        "ORC-2": "order number", "ORC-3": "order number", "ORC-21": "sending unit",
        "ORC-22": "sending unit's address", "ORC-23": "sending unit's telephone",
        "OBR": "test", "OBR-2": "order number", "OBR-3": "order number", "OBR-4": "test code",
        "OBR-7": "time of collection", "OBR-22": "time of release", "OBR-25": "result status",
        "OBR-26": "parent result", "OBR-29": "parent order", "OBR-32": "who reviewed",
        "OBR-34": "who entered the run", "OBX": "result", "OBX-2": "kind of value",
        "OBX-3": "code of the target", "OBX-4": "number of the result", "OBX-5": "result",
        "OBX-6": "unit", "OBX-8": "flag", "OBX-11": "result status",
        "OBX-14": "time of collection", "OBX-17": "assay and kit", "OBX-19": "time of the test",
        "OBX-23": "laboratory", "OBX-24": "laboratory's address", "NTE": "note",
        "NTE-3": "note", "SPM": "specimen", "SPM-2": "tube's barcode",
        "SPM-3": "member of the pool",
        "SPM-4": "specimen type", "SPM-11": "specimen role", "SPM-13": "pool size",
        "SPM-17": "time of collection", "SPM-18": "time of reception",
        "SPM-21": "reason of rejection",
    ]
}
