internal import CXML

/// A document that passed every check of safety; owns libxml2's tree.
///
/// The options are exactly these three (design, section "libxml2"): no network and no messages on
/// the terminal. Entities are never expanded, external parts never loaded, limits never lifted.
struct ParsedDocument: ~Copyable {
    let tree: xmlDocPtr

    init(_ bytes: [UInt8], limits: XMLLimits) throws(XMLFault) {
        _ = LibXML.ready
        guard !bytes.isEmpty else { throw XMLFault(message: "the document is empty") }
        guard bytes.count <= limits.bytes, let size = Int32(exactly: bytes.count) else {
            throw XMLFault(message: "longer than \(limits.bytes) bytes; send less at once")
        }
        guard let parser = xmlNewParserCtxt() else { throw XMLFault(message: "out of memory") }
        defer { xmlFreeParserCtxt(parser) }

        let list = FaultList(reword: ParserWords.fault)
        let options =
            XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue
            | XML_PARSE_NOWARNING.rawValue
        // `_private` is ours: the handler receives the parser, and finds the list there.
        parser.pointee._private = list.pointer
        parser.pointee.sax?.pointee.serror = { context, error in
            let parser = context?.assumingMemoryBound(to: xmlParserCtxt.self)
            guard let error else { return }
            FaultList.at(parser?.pointee._private)?.note(error.pointee)
        }
        let tree = withExtendedLifetime(list) {
            bytes.withUnsafeBytes { raw in
                let text = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
                return xmlCtxtReadMemory(parser, text, size, nil, nil, Int32(options))
            }
        }
        guard let tree else {
            throw list.faults.first ?? XMLFault(message: "not XML; send a well-formed document")
        }
        if let fault = list.faults.first ?? Self.fault(of: tree) {
            xmlFreeDoc(tree)
            throw fault
        }
        self.tree = tree
    }

    deinit { xmlFreeDoc(tree) }

    private static func fault(of tree: xmlDocPtr) -> XMLFault? {
        guard tree.pointee.intSubset == nil, tree.pointee.extSubset == nil else {
            return XMLFault(message: "a DOCTYPE is not accepted; leave it out")
        }
        guard xmlDocGetRootElement(tree) != nil else {
            return XMLFault(message: "the document has no element")
        }
        return nil
    }
}
