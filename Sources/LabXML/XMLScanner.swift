internal import CXML

/// Takes the elements of a document one after the other, as `XMLScanner` meets them.
package protocol XMLVisitor {
    /// The local names that the visitor asks for; a name's index stands for it afterwards.
    var names: [String] { get }

    /// An element begins; `name` is -1 for one that the visitor does not ask for.
    mutating func start(_ name: Int, _ attributes: XMLAttributes, line: Int)

    /// An element ends; `text` is what stood between this tag and the one before, whole for an
    /// element without children.
    mutating func end(_ name: Int, _ text: UnsafeBufferPointer<UInt8>, line: Int)
}

/// The attributes of one start tag; they are gone when the visitor returns.
package struct XMLAttributes {
    fileprivate let pointers: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
    fileprivate let count: Int

    /// The value of an attribute by its local name; nil when it is not there.
    package subscript(name: StaticString) -> String? {
        guard let pointers else { return nil }
        for index in 0..<count {
            let parts = pointers + 5 * index
            guard let local = parts[0], let from = parts[3], let to = parts[4],
                xmlStrcmp(local, name.utf8Start) == 0
            else { continue }
            return String(
                decoding: UnsafeBufferPointer(start: from, count: to - from), as: UTF8.self)
        }
        return nil
    }
}

/// Reads a document without keeping it: for instruments' files of many elements.
///
/// The same is refused as by `XMLReader` (XML-1 to XML-4): a DOCTYPE, entities of a document's own,
/// more than the limits. Lines are counted without an end.
package enum XMLScanner {
    /// Shows each element of a document to a visitor.
    ///
    /// - Parameters:
    ///   - bytes: The document, in UTF-8 or in the encoding that it declares.
    ///   - limits: How large it may be.
    ///   - visitor: Takes the elements; what it took before a fault has to be thrown away.
    /// - Throws: `XMLFault` with the first thing that is wrong.
    package static func scan<Visitor: XMLVisitor>(
        _ bytes: [UInt8], limits: XMLLimits, visitor: inout Visitor
    ) throws(XMLFault) {
        _ = LibXML.ready
        guard !bytes.isEmpty else { throw XMLFault(message: "the document is empty") }
        guard bytes.count <= limits.bytes, let size = Int32(exactly: bytes.count) else {
            throw XMLFault(message: "longer than \(limits.bytes) bytes; send less at once")
        }
        let names = visitor.names
        var fault: XMLFault?
        let isWhole = withUnsafeMutablePointer(to: &visitor) { pointer in
            var scan = Scan(limits: limits, names: names) {
                pointer.pointee.start($0, $1, line: $2)
            } onEnd: {
                pointer.pointee.end($0, $1, line: $2)
            }
            defer { scan.text.deallocate() }
            return withUnsafeMutablePointer(to: &scan) { scan in
                defer { fault = scan.pointee.fault }
                return parse(bytes, size, scan)
            }
        }
        if let fault { throw fault }
        guard let isWhole else { throw XMLFault(message: "out of memory") }
        guard isWhole else {
            throw XMLFault(message: "not XML; send a well-formed document")
        }
    }

    /// Whether the document is well-formed; nil without memory for a parser.
    private static func parse(
        _ bytes: [UInt8], _ size: Int32, _ scan: UnsafeMutablePointer<Scan>
    ) -> Bool? {
        var handlers = Scan.handlers
        guard let parser = xmlCreatePushParserCtxt(&handlers, scan, nil, 0, nil) else { return nil }
        defer { xmlFreeParserCtxt(parser) }
        let options =
            XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        _ = xmlCtxtUseOptions(parser, Int32(options))
        scan.pointee.parser = parser
        defer { scan.pointee.parser = nil }
        let code = bytes.withUnsafeBytes { raw in
            let text = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            return xmlParseChunk(parser, text, size, 1)
        }
        return code == 0 && parser.pointee.wellFormed == 1
    }
}

/// What the parser's callbacks share.
///
/// They reach it, and the visitor, through plain pointers: a class would check at every one of a
/// file's hundred thousand elements that nobody else is writing to it.
private struct Scan {
    typealias Start = (Int, XMLAttributes, Int) -> Void
    typealias End = (Int, UnsafeBufferPointer<UInt8>, Int) -> Void

    var parser: xmlParserCtxtPtr?
    var text = TextBuffer()
    private(set) var fault: XMLFault?
    private let limits: XMLLimits
    private let onStart: Start
    private let onEnd: End
    private var depth = 0
    private var elements = 0
    private var names = NameCache()

    init(
        limits: XMLLimits, names: [String], onStart: @escaping Start, onEnd: @escaping End
    ) {
        self.limits = limits
        self.onStart = onStart
        self.onEnd = onEnd
        self.names.wanted = names.map { Array($0.utf8) }
    }

    static func at(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<Scan>? {
        pointer?.assumingMemoryBound(to: Scan.self)
    }

    static var handlers: xmlSAXHandler {
        var handlers = xmlSAXHandler()
        handlers.initialized = XML_SAX2_MAGIC
        handlers.startElementNs = { me, name, _, _, _, _, count, _, attributes in
            Scan.at(me)?.pointee.start(name, attributes, Int(count))
        }
        handlers.endElementNs = { me, name, _, _ in Scan.at(me)?.pointee.end(name) }
        handlers.characters = { Scan.at($0)?.pointee.text.append($1, Int($2)) }
        handlers.cdataBlock = { Scan.at($0)?.pointee.text.append($1, Int($2)) }
        handlers.internalSubset = { me, _, _, _ in
            Scan.at(me)?.pointee.refuse("a DOCTYPE is not accepted; leave it out")
        }
        handlers.serror = { me, error in
            guard let error, error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
            Scan.at(me)?.pointee.refuse(ParserWords.fault(error.pointee))
        }
        return handlers
    }

    private var line: Int { parser?.pointee.input.map { Int($0.pointee.line) } ?? 0 }

    mutating func start(
        _ name: UnsafePointer<xmlChar>?,
        _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int
    ) {
        guard fault == nil, let name else { return }
        depth += 1
        elements += 1
        text.clear()
        if depth > limits.depth { return refuse("more than \(limits.depth) levels of elements") }
        if elements > limits.elements { return refuse("more than \(limits.elements) elements") }
        onStart(
            names.index(of: name), XMLAttributes(pointers: attributes, count: count), line)
    }

    mutating func end(_ name: UnsafePointer<xmlChar>?) {
        guard fault == nil, let name else { return }
        depth -= 1
        onEnd(names.index(of: name), text.content, line)
        text.clear()
    }

    mutating func refuse(_ message: String) { refuse(XMLFault(line: line, message: message)) }

    mutating func refuse(_ found: XMLFault) {
        if fault == nil { fault = found }
        if let parser { xmlStopParser(parser) }
    }
}

/// The text between two tags; `deallocate` ends it.
private struct TextBuffer {
    private var room = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 256)
    private var count = 0

    var content: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: room[..<count]) }

    mutating func append(_ characters: UnsafePointer<UInt8>?, _ more: Int) {
        guard let characters, more > 0 else { return }
        if count + more > room.count { grow(to: max(2 * room.count, count + more)) }
        (room.baseAddress.map { $0 + count })?.update(from: characters, count: more)
        count += more
    }

    mutating func clear() { count = 0 }

    func deallocate() { room.deallocate() }

    private mutating func grow(to size: Int) {
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: size)
        _ = larger.update(fromContentsOf: room[..<count])
        room.deallocate()
        room = larger
    }
}

/// Finds the index of a name by its address, which libxml2 keeps one of for each name.
private struct NameCache {
    var wanted: [[UInt8]] = []
    private var known: [(pointer: UnsafePointer<xmlChar>?, index: Int)] = Array(
        repeating: (nil, -1), count: 256)

    mutating func index(of name: UnsafePointer<xmlChar>) -> Int {
        let slot = Int((UInt(bitPattern: name) >> 2) & 255)
        if known[slot].pointer == name { return known[slot].index }
        let bytes = UnsafeBufferPointer(start: name, count: Int(xmlStrlen(name)))
        let index = wanted.firstIndex { $0.elementsEqual(bytes) } ?? -1
        known[slot] = (name, index)
        return index
    }
}
