import LabXML
import Testing

@Suite("Writing XML")
struct XMLWriterTests {
    @Test("XML-5: a document is written as its builder reads")
    func writes() throws {
        let writer = XMLWriter(indented: true)
        writer.element("ORU_R01", namespace: "urn:hl7-org:v2xml") {
            writer.element("PID") {
                writer.attribute("n", "a\"<\n")
                writer.element("PID.5", "张 <&> 三")
                writer.element("PID.6", "")
            }
        }
        let text = String(decoding: try writer.finish(), as: UTF8.self)
        #expect(
            text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <ORU_R01 xmlns="urn:hl7-org:v2xml">
                  <PID n="a&quot;&lt;&#10;">
                    <PID.5>张 &lt;&amp;&gt; 三</PID.5>
                    <PID.6/>
                  </PID>
                </ORU_R01>

                """)
    }

    @Test("XML-6: any text that is written is read back as it was")
    func roundTrip() throws {
        var random = Seeded(6, for: "XML-6")
        let alphabet: [Character] = [
            "a", "<", ">", "&", "\"", "'", "]", "\n", "\r", "\t", " ", "张", "𠀀", "\u{85}", "\u{7F}",
        ]
        for _ in 0..<500 {
            let value = random.text(of: alphabet, upTo: 12)
            let content = random.text(of: alphabet, upTo: 12)
            let writer = XMLWriter()
            writer.element("a") {
                writer.attribute("b", value)
                writer.text(content)
            }
            let read = try XMLReader.read(writer.finish())
            #expect(
                Array(read.attribute("b", namespace: nil)?.utf8 ?? "?".utf8) == Array(value.utf8))
            #expect(Array(read.text.utf8) == Array(content.utf8))
        }
    }

    @Test(
        "XML-7: a character that XML does not have is refused with its element and not its text",
        arguments: ["secret\u{0}", "secret\u{8}", "\u{FFFE}secret", "secret\u{FFFF}", "\u{1B}[1m"])
    func characters(_ text: String) {
        let expected = XMLFault(
            path: "/PID/PID.5",
            message: "a character that XML does not allow; remove control characters from the value"
        )
        for asAttribute in [false, true] {
            let writer = XMLWriter()
            writer.element("PID") {
                writer.start("PID.5")
                asAttribute ? writer.attribute("a", text) : writer.text(text)
                writer.end()
                writer.element("PID.6", "\u{1}")
            }
            #expect(throws: expected) { try writer.finish() }
        }
    }

    @Test("XML-8: calls that make no document are refused")
    func order() {
        let builders: [(XMLWriter) -> Void] = [
            { _ in },
            { $0.start("a") },
            { $0.end() },
            { $0.text("a") },
            { writer in
                writer.element("a", "")
                writer.element("b", "")
            },
            { writer in
                writer.element("a") {
                    writer.text("x")
                    writer.attribute("b", "c")
                }
            },
            { $0.element("1a", "") },
            { $0.element("a b", "") },
            { $0.element("a\u{0}b", "") },
        ]
        for build in builders {
            let writer = XMLWriter()
            build(writer)
            #expect(throws: XMLFault.self) { try writer.finish() }
        }
    }
}
