internal import CXML

/// Takes the elements of a document one after the other, as `XMLScanner` meets them.
package protocol XMLVisitor: AnyObject {
    /// The local names that the visitor asks for; a name's index stands for it afterwards.
    var names: [String] { get }

    /// An element begins; `name` is -1 for one that the visitor does not ask for.
    func start(_ name: Int, _ attributes: XMLAttributes, line: Int)

    /// An element ends; `text` is what stood between this tag and the one before, whole for an
    /// element without children.
    func end(_ name: Int, _ text: UnsafeBufferPointer<UInt8>, line: Int)
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
    package static func scan(
        _ bytes: [UInt8], limits: XMLLimits, visitor: any XMLVisitor
    ) throws(XMLFault) {
        _ = LibXML.ready
        guard !bytes.isEmpty else { throw XMLFault(message: "the document is empty") }
        guard bytes.count <= limits.bytes, let size = Int32(exactly: bytes.count) else {
            throw XMLFault(message: "longer than \(limits.bytes) bytes; send less at once")
        }
        let scan = Scan(limits: limits, visitor: visitor)
        let me = Unmanaged.passUnretained(scan).toOpaque()
        var handlers = Scan.handlers
        guard let parser = xmlCreatePushParserCtxt(&handlers, me, nil, 0, nil) else {
            throw XMLFault(message: "out of memory")
        }
        defer { xmlFreeParserCtxt(parser) }
        let options =
            XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        _ = xmlCtxtUseOptions(parser, Int32(options))
        scan.parser = parser
        let code = withExtendedLifetime(scan) {
            bytes.withUnsafeBytes { raw in
                let text = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
                return xmlParseChunk(parser, text, size, 1)
            }
        }
        scan.parser = nil
        if let fault = scan.fault { throw fault }
        guard code == 0, parser.pointee.wellFormed == 1 else {
            throw XMLFault(message: "not XML; send a well-formed document")
        }
    }
}

/// What the parser's callbacks share.
private final class Scan {
    var parser: xmlParserCtxtPtr?
    private(set) var fault: XMLFault?
    private let limits: XMLLimits
    private let visitor: any XMLVisitor
    private var depth = 0
    private var elements = 0
    private var text: [UInt8] = []
    private var names = NameCache()

    init(limits: XMLLimits, visitor: any XMLVisitor) {
        self.limits = limits
        self.visitor = visitor
        names.wanted = visitor.names.map { Array($0.utf8) }
        text.reserveCapacity(256)
    }

    static func at(_ pointer: UnsafeMutableRawPointer?) -> Scan? {
        pointer.map { Unmanaged<Scan>.fromOpaque($0).takeUnretainedValue() }
    }

    static var handlers: xmlSAXHandler {
        var handlers = xmlSAXHandler()
        handlers.initialized = XML_SAX2_MAGIC
        handlers.startElementNs = { me, name, _, _, _, _, count, _, attributes in
            Scan.at(me)?.start(name, attributes, Int(count))
        }
        handlers.endElementNs = { me, name, _, _ in Scan.at(me)?.end(name) }
        handlers.characters = { me, text, count in Scan.at(me)?.take(text, Int(count)) }
        handlers.cdataBlock = { me, text, count in Scan.at(me)?.take(text, Int(count)) }
        handlers.internalSubset = { me, _, _, _ in
            Scan.at(me)?.refuse("a DOCTYPE is not accepted; leave it out")
        }
        handlers.serror = { me, error in
            guard let error, error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
            Scan.at(me)?.refuse(ParserWords.fault(error.pointee))
        }
        return handlers
    }

    private var line: Int { parser?.pointee.input.map { Int($0.pointee.line) } ?? 0 }

    func start(
        _ name: UnsafePointer<xmlChar>?,
        _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int
    ) {
        guard fault == nil, let name else { return }
        depth += 1
        elements += 1
        text.removeAll(keepingCapacity: true)
        if depth > limits.depth { return refuse("more than \(limits.depth) levels of elements") }
        if elements > limits.elements { return refuse("more than \(limits.elements) elements") }
        visitor.start(
            names.index(of: name), XMLAttributes(pointers: attributes, count: count), line: line)
    }

    func end(_ name: UnsafePointer<xmlChar>?) {
        guard fault == nil, let name else { return }
        depth -= 1
        let index = names.index(of: name)
        text.withUnsafeBufferPointer { visitor.end(index, $0, line: line) }
        text.removeAll(keepingCapacity: true)
    }

    func take(_ characters: UnsafePointer<xmlChar>?, _ count: Int) {
        text.append(contentsOf: UnsafeBufferPointer(start: characters, count: count))
    }

    func refuse(_ message: String) { refuse(XMLFault(line: line, message: message)) }

    func refuse(_ found: XMLFault) {
        if fault == nil { fault = found }
        if let parser { xmlStopParser(parser) }
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
