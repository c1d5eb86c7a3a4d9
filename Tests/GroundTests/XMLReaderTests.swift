import LabXML
import Testing

@Suite("Reading XML from outside")
struct XMLReaderTests {
    private func read(_ text: String, limits: XMLLimits = .standard) throws -> XMLElement {
        try XMLReader.read(Array(text.utf8), limits: limits)
    }

    @Test("XML-1: a document is read with names, namespaces, attributes, text and lines")
    func reads() throws {
        let root = try read(
            """
            <?xml version="1.0"?>
            <a xmlns="urn:x" xmlns:y="urn:y" n="1" y:m="&lt;2&#x4e09;"><!-- no -->
            <b>张<![CDATA[<三>]]> &amp; co</b><?pi no?><y:c/>
            </a>
            """)
        #expect(root.name == "a")
        #expect(root.namespace == "urn:x")
        #expect(root.attribute("n") == "1")
        #expect(root.attribute("m", namespace: "urn:y") == "<2三")
        #expect(root.attribute("m") == nil)
        #expect(root.child("b")?.text == "张<三> & co")
        #expect(root.child("b")?.line == 3)
        #expect(root.children("c").map(\.namespace) == ["urn:y"])
        #expect(root.text == "\n\n")
    }

    @Test(
        "XML-2: a DOCTYPE is refused, whatever it declares",
        arguments: [
            "<!DOCTYPE a><a/>",
            "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
            "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://127.0.0.1:1/x'>%x;]><a/>",
            """
            <!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>
            <!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;&d;&d;&d;'>]>
            <a>&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;</a>
            """,
        ])
    func doctype(_ text: String) {
        let fault = #expect(throws: XMLFault.self) { try read(text) }
        #expect(fault?.description.contains("root:") == false)
    }

    @Test("XML-2: one long entity with many references costs nothing")
    func quadraticBlowUp() {
        let entity = String(repeating: "x", count: 50_000)
        let uses = String(repeating: "&x;", count: 20_000)
        #expect(throws: XMLFault(message: "a DOCTYPE is not accepted; leave it out")) {
            try read("<!DOCTYPE a [<!ENTITY x '\(entity)'>]><a>\(uses)</a>")
        }
    }

    @Test("XML-3: a document that is too long, too deep or has too many elements is refused")
    func limits() throws {
        let limits = XMLLimits(bytes: 60, depth: 3, elements: 5)
        #expect(try read("<a><b><c/></b></a>", limits: limits).name == "a")
        #expect(throws: XMLFault(line: 2, message: "more than 3 levels of elements")) {
            try read("<a><b>\n<c><d/></c></b></a>", limits: limits)
        }
        #expect(throws: XMLFault(line: 1, message: "more than 5 elements")) {
            try read("<a><b/><b/><b/><b/><b/></a>", limits: limits)
        }
        #expect(throws: XMLFault(message: "longer than 60 bytes; send less at once")) {
            try read("<a>\(String(repeating: " ", count: 60))</a>", limits: limits)
        }
        let deep = String(repeating: "<a>", count: 100_000)
        #expect(throws: XMLFault.self) { try read(deep) }
    }

    @Test(
        "XML-4: what is not well-formed is refused with its line and without its content",
        arguments: [
            ("<a>\n<b></a>", 2, "an end tag does not match its start tag"),
            ("<a>\nsecret", 2, "an element is not closed before the document ends"),
            ("<a/>\nsecret", 2, "text after the end of the document; remove it"),
            ("<a>\n&secret;</a>", 2, "an entity that is not declared; write the character"),
            (
                "<a>\nsecret & co</a>", 2,
                "a name is expected here; write '&' as '&amp;' and '<' as '&lt;'"
            ),
            ("<a>\n<secret:b/></a>", 2, "a prefix that no namespace is declared for"),
            ("<a>\n<b c='secret' c='secret'/></a>", 2, "an attribute is given twice; remove one"),
            ("<a>\n\u{1}secret</a>", 2, "a character that XML does not allow; remove it"),
            ("secret", 1, "no element begins here; send a well-formed document"),
        ])
    func broken(_ text: String, _ line: Int, _ message: String) {
        #expect(throws: XMLFault(line: line, message: message)) { try read(text) }
    }

    @Test("XML-4: bytes that are no UTF-8, and no bytes, are refused")
    func badBytes() {
        #expect(throws: XMLFault.self) { try XMLReader.read([0x3C, 0x61, 0x3E, 0xFF, 0xFE]) }
        #expect(throws: XMLFault(message: "the document is empty")) { try XMLReader.read([]) }
    }

    @Test("XML-4: a document cut off anywhere is refused")
    func cutOff() {
        let whole = Array("<?xml version='1.0'?><a b='c'><d>张 &amp;</d><!-- e --></a>".utf8)
        for length in 0..<whole.count {
            #expect(throws: XMLFault.self) { try XMLReader.read(Array(whole[..<length])) }
        }
    }
}
