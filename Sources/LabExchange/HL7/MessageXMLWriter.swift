package import LabXML

/// Writes messages in the v2.xml encoding (HL7 Version 2: XML Encoding Rules, Release 2).
///
/// Elements are named after the data types of HL7 2.5.1, as the schemas have them. What a type has
/// no place for, such as CE.7 or a component of a mere text, cannot stand in XML; `lost` names it.
package struct MessageXMLWriter {
    /// The namespace of the encoding.
    package static let namespace = "urn:hl7-org:v2xml"

    let xml: XMLWriter
    let tables = HL7Tables.shipped
    /// The places whose values could not be written, such as `OBX-3.7`, each once.
    package private(set) var lost: [String] = []
    /// Where the writer is: a segment's name, and numbers of field, component and further down.
    private var segmentName = ""
    private var numbers: [Int] = []

    /// A writer into a document.
    package init(to xml: XMLWriter) {
        self.xml = xml
    }

    /// The document of one message, and the places that it could not hold.
    /// - Throws: `XMLFault` with the element whose text holds what XML does not allow.
    package static func document(
        _ message: HL7Message, indented: Bool = true
    ) throws(XMLFault) -> (bytes: [UInt8], lost: [String]) {
        var writer = MessageXMLWriter(to: XMLWriter(indented: indented))
        writer.write(message)
        return (try writer.xml.finish(), writer.lost)
    }

    /// Writes a message as an element; segments of a structure that is not known stand side by
    /// side in it.
    package mutating func write(_ message: HL7Message) {
        xml.start(message.structureName, namespace: Self.namespace)
        if let structure = tables.structures[message.structureName] {
            writeGrouped(message, structure)
        } else {
            for segment in message.segments { write(segment) }
        }
        xml.end()
    }

    private mutating func writeGrouped(_ message: HL7Message, _ structure: MessageStructure) {
        var placement = SegmentPlacement(structure)
        var open: [SegmentPlacement.Step] = []
        for segment in message.segments {
            placement.place(segment.name)
            let groups = placement.groups
            let shared = zip(open, groups).prefix { $0 == $1 }.count
            for _ in open.dropFirst(shared) { xml.end() }
            for group in groups.dropFirst(shared) { xml.start(structure.nodes[group.node].name) }
            open = Array(groups)
            write(segment)
        }
        for _ in open { xml.end() }
    }

    /// Writes a segment as an element.
    package mutating func write(_ segment: HL7Segment, namespace: String? = nil) {
        xml.start(segment.name, namespace: namespace)
        segmentName = segment.name
        let slots = tables.segments[segment.name] ?? []
        for (index, field) in segment.fields.enumerated() where !field.isEmpty {
            let isKnown = index < slots.count
            let element = isKnown ? slots[index].element : "\(segment.name).\(index + 1)"
            let type = type(of: index + 1, in: segment, isKnown ? slots[index] : nil)
            numbers = [index + 1]
            write(field.first, element, type)
            for other in field.others { write(other, element, type) }
        }
        xml.end()
    }

    /// A field's data type; that of OBX-5 is named by OBX-2.
    private func type(
        of number: Int, in segment: HL7Segment, _ slot: HL7Tables.Slot?
    ) -> HL7Tables.DataType? {
        if number == 5, segment.name == "OBX" { return tables.type(named: segment.text(2)) }
        return slot?.type.map { tables.types[$0] }
    }

    private mutating func write(
        _ value: HL7Value, _ element: String, _ type: HL7Tables.DataType?
    ) {
        guard let type else { return writeUntyped(value, element) }
        guard !type.isText else {
            let isVaried = element == "OBX.5"
            let text = isVaried ? joined(value) : leaf(value)
            if !text.isEmpty { writeText(text, element) }
            return
        }
        guard holds(value, type) else { return }
        xml.start(element)
        for number in 1...max(value.count, 1) where !value[number].isEmpty {
            if number <= type.components.count {
                let slot = type.components[number - 1]
                numbers.append(number)
                write(value[number], slot.element, slot.type.map { tables.types[$0] })
                numbers.removeLast()
            } else {
                lose(number)
            }
        }
        xml.end()
    }

    /// Whether any part of a value has a place in the type.
    private func holds(_ value: HL7Value, _ type: HL7Tables.DataType) -> Bool {
        if type.isText { return !value[1][1].isEmpty }
        guard case .parts(let parts) = value else { return !value.isEmpty }
        return zip(parts, type.components).contains { part, slot in
            !part.isEmpty && (slot.type.map { holds(part, tables.types[$0]) } ?? true)
        }
    }

    /// The only text of a value whose type has no components.
    private mutating func leaf(_ value: HL7Value) -> HL7Value {
        guard case .parts(let parts) = value else { return value }
        for number in parts.indices.dropFirst() where !parts[number].isEmpty {
            lose(number + 1)
        }
        return leaf(parts[0])
    }

    /// The text of OBX-5 of a text type: an ampersand there is meant as one.
    private mutating func joined(_ value: HL7Value) -> HL7Value {
        guard case .parts(let subcomponents) = value[1] else { return leaf(value) }
        if case .parts(let parts) = value { _ = leaf(.parts([.empty] + parts.dropFirst())) }
        return HL7Value(subcomponents.map(\.text).joined(separator: "&"))
    }

    /// A value of a field that 2.5.1 does not have; HAPI names its components UNKNOWN.
    private func writeUntyped(_ value: HL7Value, _ element: String) {
        guard case .parts(let parts) = value else {
            return value.isEmpty ? () : writeText(value, element)
        }
        xml.start(element)
        for (index, part) in parts.enumerated() where !part.isEmpty {
            writeUntyped(part, "UNKNOWN.\(index + 1)")
        }
        xml.end()
    }

    private func writeText(_ value: HL7Value, _ element: String) {
        guard case .formatted(let pieces) = value else { return xml.element(element, value.text) }
        xml.start(element)
        // Before an element too, so that no blanks are put between it and the text.
        xml.text("")
        for piece in pieces {
            if case .escape(let code) = piece, code.hasPrefix(".") || code == "H" || code == "N" {
                xml.start("escape")
                xml.attribute("V", code)
                xml.end()
            } else {
                xml.text(piece.text)
            }
        }
        xml.end()
    }

    /// Notes a part below the place where the writer is.
    private mutating func lose(_ number: Int) {
        let trail = (numbers + [number]).map(String.init).joined(separator: ".")
        let place = "\(segmentName)-\(trail)"
        if !lost.contains(place) { lost.append(place) }
    }
}
