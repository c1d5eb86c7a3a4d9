internal import LabXML

/// Writes a resource in either encoding of FHIR R4.
enum FHIRWriter {
    /// The namespace of FHIR's XML.
    static let namespace = "http://hl7.org/fhir"

    /// A resource as an XML document.
    /// - Throws: `XMLFault` with the path of a value that has a character no message may hold.
    static func xml(_ resource: FHIRObject) throws(XMLFault) -> [UInt8] {
        let writer = XMLWriter(indented: true)
        writer.element(resource.type ?? "", namespace: namespace) { content(resource, to: writer) }
        return try writer.finish()
    }

    /// A resource as JSON on one line, without a line end.
    /// - Throws: `XMLFault` for what XML could not hold either, so that both encodings refuse the
    ///   same values.
    static func json(_ resource: FHIRObject) throws(XMLFault) -> [UInt8] {
        var writer = FHIRJSON()
        try writer.write(resource, path: resource.type ?? "")
        return writer.bytes
    }

    private static func content(_ object: FHIRObject, to writer: XMLWriter) {
        for (name, value) in object.elements { write(name, value, to: writer) }
    }

    private static func write(_ name: String, _ value: FHIRValue, to writer: XMLWriter) {
        switch value {
        case .text(let text), .number(let text): primitive(name, text, to: writer)
        case .boolean(let flag): primitive(name, flag ? "true" : "false", to: writer)
        case .attribute(let text): writer.attribute(name, text)
        case .object(let object): writer.element(name) { content(object, to: writer) }
        case .objects(let objects):
            for object in objects { writer.element(name) { content(object, to: writer) } }
        case .resource(let resource):
            writer.element(name) {
                writer.element(resource.type ?? "") { content(resource, to: writer) }
            }
        case .absent(let reason):
            writer.element(name) {
                writer.element("extension") {
                    content(FHIRValue.extensionOfAbsence(reason), to: writer)
                }
            }
        }
    }

    private static func primitive(_ name: String, _ text: String, to writer: XMLWriter) {
        writer.start(name)
        writer.attribute("value", text)
        writer.end()
    }
}

/// JSON as FHIR has it: lists where elements may repeat, numbers with their digits.
private struct FHIRJSON {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(8 << 10) }

    mutating func write(_ object: FHIRObject, path: String) throws(XMLFault) {
        var mark = UInt8(ascii: "{")
        func next() {
            bytes.append(mark)
            mark = UInt8(ascii: ",")
        }
        if let type = object.type {
            next()
            raw("\"resourceType\":")
            try string(type, path: path)
        }
        for (name, value) in object.elements {
            next()
            if case .absent = value { raw("\"_\(name)\":") } else { raw("\"\(name)\":") }
            try write(value, path: "\(path).\(name)")
        }
        if mark == UInt8(ascii: "{") { bytes.append(mark) }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func write(_ value: FHIRValue, path: String) throws(XMLFault) {
        switch value {
        case .text(let text), .attribute(let text): try string(text, path: path)
        case .number(let digits): raw(digits)
        case .boolean(let flag): raw(flag ? "true" : "false")
        case .object(let object), .resource(let object): try write(object, path: path)
        case .objects(let objects): try list(objects, path: path)
        case .absent(let reason):
            raw("{\"extension\":")
            try list([FHIRValue.extensionOfAbsence(reason)], path: path)
            raw("}")
        }
    }

    private mutating func list(_ objects: [FHIRObject], path: String) throws(XMLFault) {
        for (place, object) in objects.enumerated() {
            raw(place == 0 ? "[" : ",")
            try write(object, path: path)
        }
        raw("]")
    }

    private mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func string(_ text: String, path: String) throws(XMLFault) {
        guard XMLCharacters.areAll(in: text) else {
            throw XMLFault(path: path, message: "a character that messages must not hold")
        }
        JSONString.append(text, to: &bytes)
    }
}
