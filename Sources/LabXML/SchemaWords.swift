internal import CXML

/// Words for the errors of schemas.
///
/// libxml2's own quote values of the document, and a value may be a person's name: only the parts
/// that come from the schema are kept.
enum SchemaWords {
    /// A schema is ours and holds nobody's data, so the whole message is kept.
    static func schemaFault(_ error: xmlError) -> XMLFault {
        let text = error.message.map { String(cString: $0) } ?? "the schema does not compile"
        return XMLFault(line: line(of: error), message: trimmed(text))
    }

    /// A fault of a document without its values; nil for what only follows from another.
    static func documentFault(_ error: xmlError) -> XMLFault? {
        let text = trimmed(error.message.map { String(cString: $0) } ?? "")
        let subject = subject(of: text)
        // libxml2 adds this after a value that it has complained about already.
        if afterSubject(text).hasPrefix("Warning: ") { return nil }
        let code = UInt32(error.code)
        let words: String
        if structural.contains(where: { $0.rawValue == code }) {
            words = withoutNamespaces(afterSubject(text))
        } else if simpleTypes.contains(code) {
            words = masked(text)
        } else {
            words = brokenRule
        }
        return XMLFault(line: line(of: error), message: "\(subject): \(words)")
    }

    /// Errors whose message names elements and attributes only.
    private static let structural: [xmlParserErrors] = [
        XML_SCHEMAV_ELEMENT_CONTENT, XML_SCHEMAV_MISSING, XML_SCHEMAV_CVC_ELT_1,
        XML_SCHEMAV_CVC_ELT_2, XML_SCHEMAV_CVC_ELT_3_1, XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1,
        XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2, XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3,
        XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1, XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2,
        XML_SCHEMAV_CVC_COMPLEX_TYPE_4, XML_SCHEMAV_CVC_TYPE_3_1_1, XML_SCHEMAV_CVC_TYPE_3_1_2,
    ]

    /// Errors of a simple value, whose message ends in what the schema says of it.
    private static let simpleTypes =
        XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1.rawValue...XML_SCHEMAV_CVC_ENUMERATION_VALID.rawValue

    private static let brokenRule = "the value breaks a rule of the schema; correct it"

    /// Phrases of libxml2 after which nothing but the schema speaks.
    ///
    /// The last one counts, because the value stands before it and might hold the same words.
    private static let phrases = [
        "is not an element of the set ", "is not accepted by the pattern ",
        "is not a valid value of the ", "has a length of ", "has more digits than ",
        "has more fractional digits than ", "is less than the minimum value allowed ",
        "is greater than the maximum value allowed ", "must be less than ", "must be greater than ",
    ]

    private static func masked(_ text: String) -> String {
        var best: String.Index?
        for phrase in phrases {
            if let found = lastRange(of: phrase, in: text), best.map({ found > $0 }) ?? true {
                best = found
            }
        }
        guard let best else { return brokenRule }
        return "the value \(text[best...])"
    }

    private static func lastRange(of phrase: String, in text: String) -> String.Index? {
        let bytes = Array(text.utf8)
        let wanted = Array(phrase.utf8)
        guard bytes.count >= wanted.count else { return nil }
        for start in (0...(bytes.count - wanted.count)).reversed()
        where bytes[start..<start + wanted.count].elementsEqual(wanted) {
            return text.utf8.index(text.startIndex, offsetBy: start)
        }
        return nil
    }

    /// "element PID.8" or "element PID.8, attribute x", read from the start of the message.
    private static func subject(of text: String) -> String {
        let head = withoutNamespaces(String(text[..<(endOfSubject(text) ?? text.startIndex)]))
        let names = head.split(separator: "'", omittingEmptySubsequences: false)
        guard names.count >= 3 else { return "document" }
        let attribute = names.count >= 5 ? ", attribute \(names[3])" : ""
        return "element \(names[1])\(attribute)"
    }

    private static func afterSubject(_ text: String) -> String {
        guard let end = endOfSubject(text) else { return "breaks a rule of the schema" }
        return String(text[text.index(end, offsetBy: 2)...])
    }

    /// The colon after "Element 'x'" or "Element 'x', attribute 'y'"; names hold no such pair.
    private static func endOfSubject(_ text: String) -> String.Index? {
        guard text.hasPrefix("Element '") else { return nil }
        var previous: Character = " "
        for index in text.indices {
            if text[index] == ":", previous == "'" { return index }
            previous = text[index]
        }
        return nil
    }

    /// `{urn:hl7-org:v2xml}PID` becomes `PID`, for people.
    private static func withoutNamespaces(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let brace = rest.firstIndex(of: "{") {
            result += rest[..<brace]
            rest = rest[brace...]
            guard let close = rest.firstIndex(of: "}") else { break }
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    private static func line(of error: xmlError) -> Int? {
        error.line > 0 ? Int(error.line) : nil
    }

    private static func trimmed(_ text: String) -> String {
        var rest = text[...]
        while let last = rest.last, last.isNewline { rest = rest.dropLast() }
        return String(rest)
    }
}
