internal import Foundation
internal import LabXML

/// An element of a FHIR document, whichever encoding it came in.
struct FHIRNode {
    let name: String
    /// The type of a resource; nil for an element.
    let resourceType: String?
    /// What a primitive element holds; nil where there is none.
    let value: String?
    let children: [FHIRNode]
    /// The line of an XML document.
    let line: Int?

    /// The first child of a name.
    func child(_ name: String) -> FHIRNode? { children.first { $0.name == name } }

    /// All children of a name.
    func children(_ name: String) -> [FHIRNode] { children.filter { $0.name == name } }
}

extension FHIRNode {
    /// The resource that an XML element is.
    init(resource element: XMLElement) {
        self.init(element, name: element.name, type: element.name)
    }

    private init(_ element: XMLElement, name: String, type: String?) {
        // A resource's type stands in an element of its own inside the one that it is for.
        let holdsResource = ["resource", "contained"].contains(name) && type == nil
        if holdsResource, element.children.count == 1, let inner = element.children.first {
            self.init(inner, name: name, type: inner.name)
            return
        }
        let attributes = element.attributes.filter { $0.name != "value" }.map {
            FHIRNode(
                name: $0.name, resourceType: nil, value: $0.value, children: [],
                line: element.line)
        }
        self.init(
            name: name, resourceType: type, value: element.attribute("value"),
            children: attributes
                + element.children.map { FHIRNode($0, name: $0.name, type: nil) },
            line: element.line)
    }
}

extension FHIRNode {
    /// A resource before it is written.
    init(_ resource: FHIRObject) {
        self.init(name: resource.type ?? "", resource)
    }

    private init(name: String, _ object: FHIRObject) {
        self.init(
            name: name, resourceType: object.type, value: nil,
            children: object.elements.flatMap { Self.nodes($0.name, $0.value) }, line: nil)
    }

    private static func nodes(_ name: String, _ value: FHIRValue) -> [FHIRNode] {
        func primitive(_ text: String) -> [FHIRNode] {
            [FHIRNode(name: name, resourceType: nil, value: text, children: [], line: nil)]
        }
        switch value {
        case .text(let text), .number(let text), .attribute(let text): return primitive(text)
        case .boolean(let flag): return primitive(flag ? "true" : "false")
        case .object(let object): return [FHIRNode(name: name, object)]
        case .resource(let resource): return [FHIRNode(name: name, resource)]
        case .objects(let objects): return objects.map { FHIRNode(name: name, $0) }
        case .absent(let reason):
            let children = [FHIRNode(name: "extension", FHIRValue.extensionOfAbsence(reason))]
            return [
                FHIRNode(name: name, resourceType: nil, value: nil, children: children, line: nil)
            ]
        }
    }
}

extension FHIRNode {
    /// The resource that a document of either encoding is; nil where it is none.
    init?(document bytes: [UInt8]) {
        let blank: [UInt8] = [0xEF, 0xBB, 0xBF, 0x09, 0x0A, 0x0D, 0x20]
        if bytes.first(where: { !blank.contains($0) }) == UInt8(ascii: "<") {
            guard let element = try? XMLReader.read(bytes) else { return nil }
            self.init(resource: element)
        } else {
            self.init(json: bytes)
        }
    }

    /// The resource that a JSON document is; nil where it is no object.
    init?(json bytes: [UInt8]) {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)),
            case .object(let members) = value
        else { return nil }
        self.init("", members)
    }

    private init(_ name: String, _ members: [String: JSONValue]) {
        var type: String?
        if case .text(let text)? = members["resourceType"] { type = text }
        // Names in order, so that the same file gives the same findings.
        let children = members.keys.sorted().filter { $0 != "resourceType" && !$0.hasPrefix("_") }
            .flatMap { Self.nodes($0, members[$0], beside: members["_" + $0]) }
        let alone = members.keys.sorted()
            .filter { $0.hasPrefix("_") && members[String($0.dropFirst())] == nil }
            .flatMap { Self.nodes(String($0.dropFirst()), members[$0], beside: nil) }
        self.init(
            name: type != nil && name.isEmpty ? type ?? "" : name, resourceType: type, value: nil,
            children: children + alone, line: nil)
    }

    private static func nodes(
        _ name: String, _ value: JSONValue?, beside extra: JSONValue?
    ) -> [FHIRNode] {
        switch value {
        case .list(let values): return values.flatMap { nodes(name, $0, beside: nil) }
        case .object(let members): return [FHIRNode(name, members)]
        case .text(let text):
            var more: [FHIRNode] = []
            if case .object(let members)? = extra { more = FHIRNode(name, members).children }
            return [
                FHIRNode(name: name, resourceType: nil, value: text, children: more, line: nil)
            ]
        case .nothing, nil: return []
        }
    }
}

/// A value of JSON; numbers and truths as their text.
private enum JSONValue: Decodable {
    case text(String)
    case object([String: JSONValue])
    case list([JSONValue])
    case nothing

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .nothing
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let flag = try? container.decode(Bool.self) {
            self = .text(flag ? "true" : "false")
        } else if let number = try? container.decode(Decimal.self) {
            self = .text("\(number)")
        } else if let members = try? container.decode([String: JSONValue].self) {
            self = .object(members)
        } else {
            self = .list(try container.decode([JSONValue].self))
        }
    }
}
