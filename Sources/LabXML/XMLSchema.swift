internal import CXML

/// A compiled XML schema (XSD 1.0) that documents are checked against.
///
/// Only schemas that ship with Swabline are compiled: libxml2's schema compiler is not safe for
/// schemas that a user gives.
package struct XMLSchema: Sendable {
    private let compiled: Compiled

    /// Compiles a schema that stands in one file.
    /// - Parameter bytes: The schema; what it imports or includes is not loaded.
    /// - Throws: `XMLFault` with the first thing that is wrong with the schema.
    package init(compiling bytes: [UInt8]) throws(XMLFault) {
        compiled = try Compiled(bytes)
    }

    /// Checks a document; safe to call from several threads at once.
    /// - Parameters:
    ///   - bytes: The document.
    ///   - limits: How large it may be.
    /// - Returns: What is wrong, in the order of the document and at most 100 faults; none when
    ///   the document is valid. Values are never repeated.
    package func validate(_ bytes: [UInt8], limits: XMLLimits = .standard) -> [XMLFault] {
        do throws(XMLFault) {
            let document = try ParsedDocument(bytes, limits: limits)
            return compiled.validate(document)
        } catch {
            return [error]
        }
    }
}

/// Owns libxml2's compiled schema.
///
/// Unchecked: the pointer is set once, libxml2 only reads a schema after compiling it, and each
/// document is checked with a context of its own.
private final class Compiled: @unchecked Sendable {
    private let schema: xmlSchemaPtr

    init(_ bytes: [UInt8]) throws(XMLFault) {
        _ = LibXML.ready
        guard let size = Int32(exactly: bytes.count) else {
            throw XMLFault(message: "the schema is longer than 2 GiB")
        }
        let list = FaultList(reword: SchemaWords.schemaFault)
        let schema = withExtendedLifetime(list) {
            bytes.withUnsafeBytes { raw -> xmlSchemaPtr? in
                let text = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
                guard let parser = xmlSchemaNewMemParserCtxt(text, size) else { return nil }
                defer { xmlSchemaFreeParserCtxt(parser) }
                xmlSchemaSetParserStructuredErrors(parser, note, list.pointer)
                return xmlSchemaParse(parser)
            }
        }
        guard let schema else {
            throw list.faults.first ?? XMLFault(message: "the schema does not compile")
        }
        self.schema = schema
    }

    deinit { xmlSchemaFree(schema) }

    func validate(_ document: borrowing ParsedDocument) -> [XMLFault] {
        guard let context = xmlSchemaNewValidCtxt(schema) else {
            return [XMLFault(message: "out of memory")]
        }
        defer { xmlSchemaFreeValidCtxt(context) }
        let list = FaultList(reword: SchemaWords.documentFault)
        let code = withExtendedLifetime(list) {
            xmlSchemaSetValidStructuredErrors(context, note, list.pointer)
            return xmlSchemaValidateDoc(context, document.tree)
        }
        guard code == 0 || !list.faults.isEmpty else {
            return [XMLFault(message: "could not be checked (libxml2 answers \(code))")]
        }
        return list.faults
    }
}

private func note(_ list: UnsafeMutableRawPointer?, _ error: xmlErrorPtr?) {
    guard let error else { return }
    FaultList.at(list)?.note(error.pointee)
}
