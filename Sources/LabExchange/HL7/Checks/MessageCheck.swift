internal import LabDomain
internal import LabXML

/// Checks messages of either encoding: the schema of ORU^R01 and ACK 2.5.1, NIST's profile of
/// laboratory reports, and rules across the message.
package struct MessageCheck {
    private let schema: XMLSchema
    private let profile: ConformanceProfile

    /// A check with its files read; keep it for several messages.
    /// - Throws: `HL7Fault` when a file that ships with Swabline is missing or broken.
    package init() throws(HL7Fault) {
        guard let profile = ConformanceProfile.shipped(),
            let schema = try? XMLSchema(compiling: try MessageWriter.schemaBytes())
        else {
            throw HL7Fault(
                "a file of rules that belongs to Swabline is missing", remedy: "install it again")
        }
        self.schema = schema
        self.profile = profile
    }

    /// Everything that is found in a file, message by message.
    /// - Throws: `HL7Fault` when the file cannot be read at all.
    package func findings(in bytes: [UInt8]) throws(HL7Fault) -> (messages: Int, [HL7Finding]) {
        let file = try HL7Transcoder.read(bytes)
        var findings = file.faults.map {
            HL7Finding(
                rule: "batch-count", message: 0, line: $0.line, place: $0.place ?? "", $0.message,
                remedy: $0.remedy)
        }
        let isXML = HL7Transcoder.encoding(of: bytes) == .xml
        for (index, message) in file.messages.enumerated() {
            let original = isXML && file.onlyMessage != nil ? bytes : nil
            findings += self.findings(in: message, number: index + 1, original: original)
        }
        return (file.messages.count, findings)
    }

    private func findings(
        in message: HL7Message, number: Int, original: [UInt8]?
    ) -> [HL7Finding] {
        let document: [UInt8]
        var findings: [HL7Finding] = []
        do throws(XMLFault) {
            let (written, lost) = try MessageXMLWriter.document(message)
            if original == nil { findings += lost.map { noPlace($0, number) } }
            document = original ?? written
        } catch {
            return [unwritable(error, number)]
        }
        let lines = LineMap(document, message, isOriginal: original != nil)
        findings += schema.validate(document).map { fault in
            HL7Finding(
                rule: "schema", message: number, line: fault.line.flatMap(lines.line),
                place: fault.line.flatMap(lines.segment) ?? fault.path ?? "",
                Wording(plain: fault.message), remedy: "correct it as HL7 2.5.1 has it")
        }
        guard message.structureName == "ORU_R01" else { return findings }
        if let root = lines.root {
            if original != nil { findings += typeFindings(in: root, number) }
            let isUsual = message.header.text(2) == HL7Separators.standard.encoding
            findings += ProfileRun.findings(in: root, by: profile).map {
                $0.rule == "ELR-013" && isUsual
                    ? fourSigns(number, line: $0.line.flatMap(lines.line))
                    : finding($0, number, lines)
            }
        }
        return findings + MessageRules.findings(in: message, number: number)
    }

    private func noPlace(_ place: String, _ number: Int) -> HL7Finding {
        HL7Finding(
            .note, rule: "beyond-2.5.1", message: number, place: place,
            "HL7 2.5.1 has no such component", remedy: "leave it out, or send it in ER7 alone")
    }

    /// The profile asks for a fifth sign in MSH-2, which widespread readers refuse: no fault.
    private func fourSigns(_ number: Int, line: Int?) -> HL7Finding {
        HL7Finding(
            .note, rule: "ELR-013", message: number, line: line, place: "MSH-2",
            "the profile wants the truncation character named too, and many receivers refuse it",
            remedy: "leave it unless the receiver asks for five signs")
    }

    private func unwritable(_ fault: XMLFault, _ number: Int) -> HL7Finding {
        HL7Finding(
            rule: "character", message: number, place: fault.path ?? "",
            "a character that messages must not hold", remedy: "remove control characters")
    }

    /// In XML the elements of OBX.5 name their type, and it must be that of OBX-2.
    private func typeFindings(in element: XMLElement, _ number: Int) -> [HL7Finding] {
        guard element.name == "OBX" else {
            return element.children.flatMap { typeFindings(in: $0, number) }
        }
        let type = element.child("OBX.2")?.text.trimmed ?? ""
        let names = element.children("OBX.5").flatMap(\.children).map(\.name)
            .filter { $0 != "escape" }
        let isText = HL7Tables.shipped.type(named: type)?.isText ?? false
        guard names.contains(where: { isText || !$0.hasPrefix("\(type).") }) else { return [] }
        return [
            HL7Finding(
                rule: "result-type", message: number, line: element.line, place: "OBX-5",
                "its elements are of another type than OBX-2 says",
                remedy: "name them after the type in OBX-2, such as CWE.1")
        ]
    }

    private func finding(_ found: ProfileRun.Finding, _ number: Int, _ lines: LineMap) -> HL7Finding
    {
        let (words, remedy): (Wording, Wording) =
            switch found.rule {
            case "required": ("required, and missing: \(found.words)", "fill it in")
            case "required-if":
                ("required under a condition, and missing: \(found.words)", "fill it in")
            case "unexpected":
                ("sent although its condition is not met: \(found.words)", "leave it out")
            case "not-used": ("not used in this profile: \(found.words)", "leave it out")
            case "too-many":
                ("more often than the profile allows: \(found.words)", "leave some out")
            default: ("\(found.words)", "correct the value as the rule says")
            }
        return HL7Finding(
            found.isNote ? .note : .error, rule: found.rule, message: number,
            line: found.line.flatMap(lines.line), place: found.place, words, remedy: remedy)
    }
}

/// Where the lines of a document stand in the file that the user has.
private struct LineMap {
    let root: XMLElement?
    private let isOriginal: Bool
    /// Where the segments begin in the document, and where they stand in the file.
    private var segments: [(line: Int, name: String, source: Int)] = []

    init(_ document: [UInt8], _ message: HL7Message, isOriginal: Bool) {
        root = try? XMLReader.read(document)
        self.isOriginal = isOriginal
        var elements: [XMLElement] = []
        func collect(_ element: XMLElement) {
            if element.name.utf8.count == 3 {
                elements.append(element)
            } else {
                element.children.forEach(collect)
            }
        }
        root?.children.forEach(collect)
        segments = zip(elements, message.segments).map { ($0.line, $1.name, $1.line) }
    }

    /// The line of the user's file for one of the document.
    func line(_ line: Int) -> Int? {
        if isOriginal { return line }
        return segments.last { $0.line <= line }.map(\.source).flatMap { $0 == 0 ? nil : $0 }
    }

    /// The segment that a line of the document belongs to.
    func segment(_ line: Int) -> String? { segments.last { $0.line <= line }?.name }
}
