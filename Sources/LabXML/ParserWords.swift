internal import CXML

/// Words for the parser's errors.
///
/// Its own are not used: they quote what stands in the document.
enum ParserWords {
    static func fault(_ error: xmlError) -> XMLFault {
        let line = error.line > 0 ? Int(error.line) : nil
        return XMLFault(line: line, message: words(for: xmlParserErrors(UInt32(error.code))))
    }

    private static func words(for code: xmlParserErrors) -> String {
        switch code {
        case XML_ERR_DOCUMENT_EMPTY, XML_ERR_DOCUMENT_START:
            "no element begins here; send a well-formed document"
        case XML_ERR_DOCUMENT_END: "text after the end of the document; remove it"
        case XML_ERR_TAG_NAME_MISMATCH: "an end tag does not match its start tag"
        case XML_ERR_TAG_NOT_FINISHED: "an element is not closed before the document ends"
        case XML_ERR_INVALID_CHAR, XML_ERR_INVALID_CHARREF:
            "a character that XML does not allow; remove it"
        case XML_ERR_INVALID_ENCODING, XML_ERR_UNKNOWN_ENCODING, XML_ERR_UNSUPPORTED_ENCODING,
            XML_I18N_CONV_FAILED:
            "bytes that do not fit the declared encoding; send UTF-8"
        case XML_ERR_UNDECLARED_ENTITY: "an entity that is not declared; write the character"
        case XML_ERR_ENTITYREF_SEMICOL_MISSING, XML_ERR_NAME_REQUIRED:
            "a name is expected here; write '&' as '&amp;' and '<' as '&lt;'"
        case XML_ERR_ATTRIBUTE_REDEFINED, XML_NS_ERR_ATTRIBUTE_REDEFINED:
            "an attribute is given twice; remove one"
        case XML_ERR_ATTRIBUTE_NOT_STARTED, XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
            "an attribute has no quoted value; quote it"
        case XML_ERR_LT_IN_ATTRIBUTE: "'<' in an attribute; write it as '&lt;'"
        case XML_NS_ERR_UNDEFINED_NAMESPACE: "a prefix that no namespace is declared for"
        case XML_ERR_ENTITY_LOOP: "entities are nested in one another; send plain text"
        case XML_ERR_INTERNAL_ERROR, XML_ERR_NO_MEMORY, XML_ERR_NAME_TOO_LONG:
            "nested too deeply or too long; send a simpler document"
        default: "not well-formed (libxml2 error \(code.rawValue)); correct the document"
        }
    }
}
