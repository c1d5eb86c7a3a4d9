internal import LabDomain

/// One look at one bundle.
struct FHIRCheckRun {
    let tables: FHIRTables
    /// The bundle in its file, from 1.
    let number: Int
    /// The line of the file, where bundles stand on lines.
    let fileLine: Int?
    private(set) var findings: [HL7Finding] = []

    init(tables: FHIRTables, number: Int, fileLine: Int?) {
        self.tables = tables
        self.number = number
        self.fileLine = fileLine
    }

    /// Looks at structure first, then at what a message Bundle must be.
    mutating func look(at bundle: FHIRNode) {
        guard bundle.resourceType == "Bundle" else {
            return note(
                "not-a-bundle", bundle, "", "this is no Bundle", "send message Bundles of FHIR R4")
        }
        check(bundle, as: "Bundle", at: "Bundle")
        if bundle.child("type")?.value != "message" {
            note(
                "message", bundle, "Bundle.type", "the Bundle is no message",
                "give it the type message")
        }
        let resources = bundle.children("entry").compactMap { $0.child("resource") }
        if resources.first?.resourceType != "MessageHeader" {
            note(
                "message", bundle, "Bundle.entry", "the first resource is no MessageHeader",
                "put the header first")
        }
        for resource in resources { checkInvariants(of: resource) }
        checkReferences(in: bundle)
    }

    private mutating func check(_ node: FHIRNode, as type: String, at path: String) {
        guard let elements = tables.types[type] else {
            if type.first?.isLowercase == true || tables.codes[type] != nil {
                checkPrimitive(node, as: type, at: path)
            } else {
                note(
                    "resource", node, path, "a resource or type that this check does not know",
                    "look at it by other means", level: .note)
            }
            return
        }
        var counts: [String: Int] = [:]
        for child in node.children {
            guard let element = elements[child.name] else {
                // The XHTML of a narrative is not looked into.
                if type == "Narrative", child.name == "div" { continue }
                note(
                    "unknown-element", child, path, "an element that R4 does not have here",
                    "remove it, or look for its name in R4")
                continue
            }
            counts[child.name, default: 0] += 1
            let inner = element.type == "ResourceContainer" ? child.resourceType : element.type
            let place = "\(path).\(child.name)"
            guard let inner, element.type != "ResourceContainer" || tables.types[inner] != nil
            else {
                note(
                    "resource", child, place, "a resource that this check does not know",
                    "look at it by other means", level: .note)
                continue
            }
            check(child, as: inner, at: child.resourceType ?? place)
        }
        for (name, element) in elements.sorted(by: { $0.key < $1.key }) {
            let count = counts[name] ?? 0
            if element.isRequired, count == 0 {
                note(
                    "required", node, "\(path).\(name)", "required, and missing", "fill it in")
            }
            if !element.repeats, count > 1 {
                note(
                    "too-many", node, "\(path).\(name)", "more often than R4 allows",
                    "leave some out")
            }
        }
    }

    private mutating func checkPrimitive(_ node: FHIRNode, as type: String, at path: String) {
        guard let value = node.value else {
            if node.children.isEmpty {
                note(
                    "empty", node, path, "neither a value nor an extension",
                    "leave the element out, or fill it in")
            }
            return
        }
        let isSound =
            tables.codes[type].map { $0.contains(value) } ?? FHIRPrimitive.accepts(value, as: type)
        if !isSound {
            let isCode = tables.codes[type] != nil
            note(
                isCode ? "code" : "form", node, path,
                isCode ? "a code that its value set does not have" : "not the form of its type",
                isCode ? "take one of the value set" : "write it as R4 has it")
        }
    }

    private mutating func checkInvariants(of resource: FHIRNode) {
        let type = resource.resourceType ?? ""
        func has(_ stem: String) -> Bool {
            resource.children.contains { $0.name.hasPrefix(stem) }
        }
        if type == "MessageHeader", !has("event") {
            note("required", resource, "MessageHeader.event", "required, and missing", "fill it in")
        }
        if type == "Observation", has("value"), has("dataAbsentReason") {
            note(
                "obs-6", resource, "Observation.dataAbsentReason",
                "a value, and a reason for having none", "leave one of them out")
        }
        if type == "Organization", !has("name"), !has("identifier") {
            note(
                "org-1", resource, "Organization", "neither a name nor an identifier",
                "give one of them")
        }
    }

    /// Every reference of a message leads to one of its entries.
    private mutating func checkReferences(in bundle: FHIRNode) {
        var addresses: Set<String> = []
        for entry in bundle.children("entry") {
            let address = entry.child("fullUrl")?.value ?? ""
            if address.isEmpty || !addresses.insert(address).inserted {
                note(
                    "address", entry, "Bundle.entry.fullUrl", "missing, or the same as another",
                    "give each entry an address of its own")
            }
        }
        for reference in Self.references(in: bundle) where reference.value?.first != "#" {
            if !addresses.contains(reference.value ?? "") {
                note(
                    "reference", reference, "reference", "it leads to no entry of the bundle",
                    "add the resource, or mend the address")
            }
        }
    }

    private static func references(in node: FHIRNode) -> [FHIRNode] {
        node.children.flatMap { child in
            child.name == "reference" && child.value != nil ? [child] : references(in: child)
        }
    }

    private mutating func note(
        _ rule: String, _ node: FHIRNode, _ place: String, _ words: Wording, _ remedy: Wording,
        level: HL7Finding.Level = .error
    ) {
        findings.append(
            HL7Finding(
                level, rule: rule, message: number, line: node.line ?? fileLine, place: place,
                words, remedy: remedy))
    }
}

/// The forms of FHIR's primitive types.
enum FHIRPrimitive {
    /// Whether a text has the form of a primitive type; types without a form take any text.
    static func accepts(_ text: String, as type: String) -> Bool {
        if text.isEmpty { return false }
        return switch type {
        case "boolean": text == "true" || text == "false"
        case "instant": isInstant(text)
        case "dateTime": text.wholeMatch(of: date) != nil || isInstant(text)
        case "date": text.wholeMatch(of: date) != nil
        case "id": text.wholeMatch(of: /[A-Za-z0-9\-.]{1,64}/) != nil
        case "code": !text.hasPrefix(" ") && !text.hasSuffix(" ") && !text.contains("  ")
        case "uri", "url", "canonical", "uuid", "oid": !text.contains(where: \.isWhitespace)
        case "integer": text.wholeMatch(of: /0|-?[1-9][0-9]*/) != nil
        case "unsignedInt": text.wholeMatch(of: /0|[1-9][0-9]*/) != nil
        case "positiveInt": text.wholeMatch(of: /[1-9][0-9]*/) != nil
        case "decimal":
            text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+\-]?[0-9]+)?/) != nil
        default: text.contains { !$0.isWhitespace }
        }
    }

    private static var date: Regex<Substring> {
        /[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?/
    }

    /// A day, a time of day with seconds, and a zone.
    private static func isInstant(_ text: String) -> Bool {
        guard text.utf8.count > 11, text.dropFirst(10).first == "T",
            text.prefix(10).wholeMatch(of: date) != nil
        else { return false }
        let clock = text.dropFirst(11)
        let time = /(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?/
        let zone = /Z|[+\-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00)/
        guard let start = clock.firstIndex(where: { "Z+-".contains($0) }) else { return false }
        return clock[..<start].wholeMatch(of: time) != nil
            && clock[start...].wholeMatch(of: zone) != nil
    }
}
