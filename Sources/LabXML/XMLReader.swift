internal import CXML

/// Reads documents that come from outside: what could cost or disclose something is refused.
package enum XMLReader {
    /// Reads a whole document into values.
    ///
    /// Comments and processing instructions are left out. A DOCTYPE is refused, entities are not
    /// expanded and nothing is fetched (`specs`, XML-1 to XML-4).
    /// - Parameters:
    ///   - bytes: The document, in UTF-8 or in the encoding that it declares.
    ///   - limits: How large it may be.
    /// - Returns: The root element.
    /// - Throws: `XMLFault` with the first thing that is wrong.
    package static func read(
        _ bytes: [UInt8], limits: XMLLimits = .standard
    ) throws(XMLFault) -> XMLElement {
        let document = try ParsedDocument(bytes, limits: limits)
        guard let root = xmlDocGetRootElement(document.tree) else {
            throw XMLFault(message: "the document has no element")
        }
        var budget = limits.elements
        return try element(root, lead: "", depth: 1, limits: limits, budget: &budget)
    }

    private static func element(
        _ node: xmlNodePtr, lead: String, depth: Int, limits: XMLLimits, budget: inout Int
    ) throws(XMLFault) -> XMLElement {
        let line = xmlGetLineNo(node)
        guard depth <= limits.depth else {
            throw XMLFault(line: line, message: "more than \(limits.depth) levels of elements")
        }
        guard budget > 0 else {
            throw XMLFault(line: line, message: "more than \(limits.elements) elements")
        }
        budget -= 1
        var text = ""
        // In bytes: a character may be made of what stands before and behind an element.
        var told = 0
        var children: [XMLElement] = []
        var next = node.pointee.children
        while let child = next {
            switch child.pointee.type {
            case XML_ELEMENT_NODE:
                children.append(
                    try element(
                        child, lead: String(decoding: text.utf8.dropFirst(told), as: UTF8.self),
                        depth: depth + 1, limits: limits,
                        budget: &budget))
                told = text.utf8.count
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                text += LibXML.string(child.pointee.content) ?? ""
            default: break
            }
            next = child.pointee.next
        }
        return XMLElement(
            name: LibXML.string(node.pointee.name) ?? "",
            namespace: LibXML.string(node.pointee.ns?.pointee.href),
            attributes: attributes(of: node), text: text, children: children, lead: lead, line: line
        )
    }

    private static func attributes(of node: xmlNodePtr) -> [XMLElement.Attribute] {
        var attributes: [XMLElement.Attribute] = []
        var next = node.pointee.properties
        while let attribute = next {
            var value = ""
            var piece = attribute.pointee.children
            while let text = piece {
                value += LibXML.string(text.pointee.content) ?? ""
                piece = text.pointee.next
            }
            attributes.append(
                XMLElement.Attribute(
                    name: LibXML.string(attribute.pointee.name) ?? "",
                    namespace: LibXML.string(attribute.pointee.ns?.pointee.href), value: value))
            next = attribute.pointee.next
        }
        return attributes
    }
}
