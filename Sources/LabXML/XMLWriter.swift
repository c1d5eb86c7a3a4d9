/// Writes a document in UTF-8, element by element, into memory.
///
/// A call that cannot be carried out is kept and `finish` throws the first one, so that a builder
/// reads like the document it builds:
///
///     let writer = XMLWriter(indented: true)
///     writer.element("PID") { writer.element("PID.1", "1") }
///     let bytes = try writer.finish()
///
/// It forms the bytes as libxml2's writer does, without its costs: a city's messages go through
/// here.
package final class XMLWriter {
    private var written: XMLBytes

    /// A writer that has written the XML declaration.
    /// - Parameter indented: Puts each element on a line of its own, by two spaces a level.
    package init(indented: Bool = false) {
        written = XMLBytes(indented: indented)
    }

    /// Opens an element inside the one that is open.
    /// - Parameters:
    ///   - name: The name, with its prefix if it has one.
    ///   - namespace: The default namespace from here on; give it to the root.
    package func start(_ name: String, namespace: String? = nil) {
        written.start(name, namespace: namespace)
    }

    /// Gives the element that was opened last an attribute, before it has any content.
    package func attribute(_ name: String, _ value: String) { written.attribute(name, value) }

    /// Writes text into the element that is open; markup in it is escaped.
    package func text(_ text: String) { written.text(text) }

    /// Closes the element that was opened last.
    package func end() { written.end() }

    /// Writes an element that holds text only.
    package func element(_ name: String, _ text: String) { written.element(name, text) }

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
    package func finish() throws(XMLFault) -> [UInt8] { try written.finish() }
}
