internal import CXML

/// Writes a document in UTF-8, element by element, into memory.
///
/// A call that cannot be carried out is kept and `finish` throws the first one, so that a builder
/// reads like the document it builds:
///
///     let writer = XMLWriter(indented: true)
///     writer.element("PID") { writer.element("PID.1", "1") }
///     let bytes = try writer.finish()
package final class XMLWriter {
    private let buffer: xmlBufferPtr?
    private let stream: xmlTextWriterPtr?
    private var path: [String] = []
    private var hasRoot = false
    private var mayTakeAttribute = false
    private var fault: XMLFault?

    /// A writer that has written the XML declaration.
    /// - Parameter indented: Puts each element on a line of its own, by two spaces a level.
    package init(indented: Bool = false) {
        _ = LibXML.ready
        buffer = xmlBufferCreate()
        stream = buffer.flatMap { xmlNewTextWriterMemory($0, 0) }
        xmlTextWriterSetIndent(stream, indented ? 1 : 0)
        xmlTextWriterSetIndentString(stream, "  ")
        check(xmlTextWriterStartDocument(stream, "1.0", "UTF-8", nil))
    }

    deinit {
        xmlFreeTextWriter(stream)
        xmlBufferFree(buffer)
    }

    /// Opens an element inside the one that is open.
    /// - Parameters:
    ///   - name: The name, with its prefix if it has one.
    ///   - namespace: The default namespace from here on; give it to the root.
    package func start(_ name: String, namespace: String? = nil) {
        if path.isEmpty, hasRoot { refuse("a second root element, \(Self.shown(name))") }
        path.append(Self.shown(name))
        hasRoot = true
        guard isName(name) else { return }
        check(xmlTextWriterStartElement(stream, name))
        mayTakeAttribute = true
        if let namespace { attribute("xmlns", namespace) }
    }

    /// Gives the element that was opened last an attribute, before it has any content.
    package func attribute(_ name: String, _ value: String) {
        guard mayTakeAttribute else {
            return refuse("attribute \(Self.shown(name)) after the element has content")
        }
        guard isName(name), isText(value) else { return }
        check(xmlTextWriterWriteAttribute(stream, name, value))
    }

    /// Writes text into the element that is open; markup in it is escaped.
    package func text(_ text: String) {
        guard !path.isEmpty else { return refuse("text outside the root element") }
        guard isText(text) else { return }
        mayTakeAttribute = false
        check(xmlTextWriterWriteString(stream, text))
    }

    /// Closes the element that was opened last.
    package func end() {
        guard !path.isEmpty else { return refuse("an end without an open element") }
        check(xmlTextWriterEndElement(stream))
        path.removeLast()
        mayTakeAttribute = false
    }

    /// Writes an element that holds text only.
    package func element(_ name: String, _ text: String) {
        start(name)
        if !text.isEmpty { self.text(text) }
        end()
    }

    /// Writes an element around what the closure writes.
    package func element(
        _ name: String, namespace: String? = nil, _ content: () throws -> Void
    ) rethrows {
        start(name, namespace: namespace)
        // Closed on the way out of an error too, so that a builder's own fault is the one seen.
        defer { end() }
        try content()
    }

    /// Ends the document.
    /// - Returns: The whole document.
    /// - Throws: `XMLFault` with the path of the element for a character that XML does not have,
    ///   a name that is none, or calls in an order that makes no document.
    package func finish() throws(XMLFault) -> [UInt8] {
        if !path.isEmpty { refuse("the element is not ended") }
        if !hasRoot { refuse("the document has no element") }
        if let fault { throw fault }
        check(xmlTextWriterEndDocument(stream))
        check(xmlTextWriterFlush(stream))
        if let fault { throw fault }
        guard let bytes = xmlBufferContent(buffer) else {
            throw XMLFault(message: "out of memory")
        }
        return Array(UnsafeBufferPointer(start: bytes, count: Int(xmlBufferLength(buffer))))
    }

    private func isName(_ name: String) -> Bool {
        if XMLCharacters.areAll(in: name), xmlValidateQName(name, 0) == 0 { return true }
        refuse("a name that XML does not allow; use letters, digits, '.', '-' and '_'")
        return false
    }

    private func isText(_ text: String) -> Bool {
        if XMLCharacters.areAll(in: text) { return true }
        refuse("a character that XML does not allow; remove control characters from the value")
        return false
    }

    private func check(_ code: Int32) {
        if code < 0 { refuse("could not be written (out of memory)") }
    }

    private func refuse(_ message: String) {
        if fault != nil { return }
        let place = path.isEmpty ? nil : "/" + path.joined(separator: "/")
        fault = XMLFault(path: place, message: message)
    }

    /// A name that is none may hold anything, even a value: it is not repeated.
    private static func shown(_ name: String) -> String {
        XMLCharacters.areAll(in: name) && xmlValidateQName(name, 0) == 0 ? name : "?"
    }
}
