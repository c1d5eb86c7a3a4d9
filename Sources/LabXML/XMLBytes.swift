internal import CXML

/// What a writer has written so far, and what is open.
///
/// A value beside the class that hands it out: the class's calls then each touch it once, and not
/// once for each byte.
struct XMLBytes {
    private struct Open {
        let name: String
        /// Text stands in it, so that no blanks may be added.
        var isMixed = false
    }

    private var bytes: [UInt8]
    private let isIndented: Bool
    private var path: [Open] = []
    private var hasRoot = false
    /// Whether the element opened last still lacks the end of its tag.
    private var isTagOpen = false
    private var fault: XMLFault?

    /// A writer that has written the XML declaration.
    /// - Parameter indented: Puts each element on a line of its own, by two spaces a level.
    init(indented: Bool) {
        isIndented = indented
        bytes = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
        bytes.reserveCapacity(16 << 10)
    }

    /// Opens an element inside the one that is open.
    /// - Parameters:
    ///   - name: The name, with its prefix if it has one.
    ///   - namespace: The default namespace from here on; give it to the root.
    mutating func start(_ name: String, namespace: String? = nil) {
        if path.isEmpty, hasRoot { refuse("a second root element, \(Self.shown(name))") }
        let isMixed = path.last?.isMixed ?? false
        if isTagOpen {
            bytes.append(0x3E)
            if isIndented, !isMixed { bytes.append(0x0A) }
        }
        if isIndented, !isMixed { indent() }
        path.append(Open(name: name))
        hasRoot = true
        isTagOpen = true
        guard isName(name) else { return }
        bytes.append(0x3C)
        bytes.append(contentsOf: name.utf8)
        if let namespace { attribute("xmlns", namespace) }
    }

    /// Gives the element that was opened last an attribute, before it has any content.
    mutating func attribute(_ name: String, _ value: String) {
        guard isTagOpen, !path.isEmpty else {
            return refuse("attribute \(Self.shown(name)) after the element has content")
        }
        guard isName(name), isText(value) else { return }
        bytes.append(0x20)
        bytes.append(contentsOf: name.utf8)
        bytes.append(contentsOf: [0x3D, 0x22])
        for byte in value.utf8 {
            switch byte {
            case 0x09: bytes.append(contentsOf: "&#9;".utf8)
            case 0x0A: bytes.append(contentsOf: "&#10;".utf8)
            default: append(escaped: byte)
            }
        }
        bytes.append(0x22)
    }

    /// Writes text into the element that is open; markup in it is escaped.
    mutating func text(_ text: String) {
        guard !path.isEmpty else { return refuse("text outside the root element") }
        guard isText(text) else { return }
        path[path.count - 1].isMixed = true
        if text.isEmpty { return }
        if isTagOpen { bytes.append(0x3E) }
        isTagOpen = false
        var text = text
        text.withUTF8 { characters in
            // Names and codes hold nothing to escape; those go in one piece.
            if characters.allSatisfy(Self.isPlain) {
                bytes.append(contentsOf: characters)
            } else {
                for byte in characters { append(escaped: byte) }
            }
        }
    }

    /// Closes the element that was opened last.
    mutating func end() {
        guard let element = path.popLast() else {
            return refuse("an end without an open element")
        }
        if isTagOpen {
            bytes.append(contentsOf: [0x2F, 0x3E])
        } else {
            if isIndented, !element.isMixed { indent() }
            bytes.append(contentsOf: [0x3C, 0x2F])
            bytes.append(contentsOf: element.name.utf8)
            bytes.append(0x3E)
        }
        isTagOpen = false
        if isIndented, !(path.last?.isMixed ?? false) { bytes.append(0x0A) }
    }

    /// Writes an element that holds text only.
    mutating func element(_ name: String, _ text: String) {
        start(name)
        if !text.isEmpty { self.text(text) }
        end()
    }

    /// Ends the document.
    /// - Returns: The whole document.
    /// - Throws: `XMLFault` with the path of the element for a character that XML does not have,
    ///   a name that is none, or calls in an order that makes no document.
    mutating func finish() throws(XMLFault) -> [UInt8] {
        if !path.isEmpty { refuse("the element is not ended") }
        if !hasRoot { refuse("the document has no element") }
        if let fault { throw fault }
        if !isIndented { bytes.append(0x0A) }
        return bytes
    }

    private mutating func indent() {
        bytes.append(contentsOf: repeatElement(0x20, count: 2 * path.count))
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x22, 0x26, 0x3C, 0x3E, 0x0D: false
        default: true
        }
    }

    private mutating func append(escaped byte: UInt8) {
        switch byte {
        case 0x22: bytes.append(contentsOf: "&quot;".utf8)
        case 0x26: bytes.append(contentsOf: "&amp;".utf8)
        case 0x3C: bytes.append(contentsOf: "&lt;".utf8)
        case 0x3E: bytes.append(contentsOf: "&gt;".utf8)
        case 0x0D: bytes.append(contentsOf: "&#13;".utf8)
        default: bytes.append(byte)
        }
    }

    private mutating func isName(_ name: String) -> Bool {
        if Self.isSound(name) { return true }
        refuse("a name that XML does not allow; use letters, digits, '.', '-' and '_'")
        return false
    }

    /// Whether a text is a name; libxml2 is asked about all but plain letters and digits.
    private static func isSound(_ name: String) -> Bool {
        var isPlain = !name.isEmpty
        var isFirst = true
        for byte in name.utf8 {
            switch byte {
            case 0x41...0x5A, 0x61...0x7A, 0x5F: break
            case 0x30...0x39, 0x2D, 0x2E: if isFirst { isPlain = false }
            default: isPlain = false
            }
            isFirst = false
        }
        if isPlain { return true }
        _ = LibXML.ready
        return XMLCharacters.areAll(in: name) && xmlValidateQName(name, 0) == 0
    }

    private mutating func isText(_ text: String) -> Bool {
        if XMLCharacters.areAll(in: text) { return true }
        refuse("a character that XML does not allow; remove control characters from the value")
        return false
    }

    private mutating func refuse(_ message: String) {
        if fault != nil { return }
        let names = path.map { Self.shown($0.name) }
        let place = names.isEmpty ? nil : "/" + names.joined(separator: "/")
        fault = XMLFault(path: place, message: message)
    }

    /// A name that is none may hold anything, even a value: it is not repeated.
    private static func shown(_ name: String) -> String {
        isSound(name) ? name : "?"
    }
}
