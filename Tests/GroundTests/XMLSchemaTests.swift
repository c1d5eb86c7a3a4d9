import LabXML
import Testing

@Suite("Checking XML against a schema")
struct XMLSchemaTests {
    private static let schema = """
        <xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns="urn:t"
            targetNamespace="urn:t" elementFormDefault="qualified">
        <xsd:simpleType name="sex"><xsd:restriction base="xsd:string">
          <xsd:enumeration value="F"/><xsd:enumeration value="M"/>
          </xsd:restriction></xsd:simpleType>
        <xsd:simpleType name="id"><xsd:restriction base="xsd:string">
          <xsd:pattern value="[0-9]{3}"/></xsd:restriction></xsd:simpleType>
        <xsd:simpleType name="short"><xsd:restriction base="xsd:string">
          <xsd:maxLength value="2"/></xsd:restriction></xsd:simpleType>
        <xsd:element name="person"><xsd:complexType><xsd:sequence>
          <xsd:element name="id" type="id"/>
          <xsd:element name="sex" type="sex" minOccurs="0"/>
          <xsd:element name="age" type="xsd:int" minOccurs="0"/>
          <xsd:element name="code" type="short" minOccurs="0"/>
        </xsd:sequence><xsd:attribute name="born" type="xsd:date"/></xsd:complexType>
        <xsd:unique name="u"><xsd:selector xpath="*"/><xsd:field xpath="."/></xsd:unique>
        </xsd:element></xsd:schema>
        """

    private func faults(_ body: String, root: String = "<person xmlns='urn:t'>") throws -> [String]
    {
        let schema = try XMLSchema(compiling: Array(Self.schema.utf8))
        return schema.validate(Array("\(root)\n\(body)</person>".utf8)).map(\.description)
    }

    @Test("XML-9: a valid document has no fault")
    func valid() throws {
        #expect(try faults("<id>123</id><sex>F</sex><age>30</age>") == [])
    }

    @Test(
        "XML-10: a fault names line and element, keeps what the schema says and hides the value",
        arguments: [
            ("<id>secret</id>", "the value is not accepted by the pattern '[0-9]{3}'."),
            (
                "<id>se'cret' is not accepted by the pattern 'secret</id>",
                "the value is not accepted by the pattern '[0-9]{3}'."
            ),
            (
                "<id>is not an element of the set secret</id>",
                "the value is not accepted by the pattern '[0-9]{3}'."
            ),
        ])
    func pattern(_ body: String, _ words: String) throws {
        let found = try faults(body)
        #expect(found.contains("line 2: element id: \(words)"))
        #expect(!found.joined().contains("secret"))
    }

    @Test(
        "XML-10: no kind of fault repeats a value",
        arguments: [
            "<id>123</id><sex>secret</sex>", "<id>123</id><age>secret</age>",
            "<id>123</id><code>secret</code>", "<id>123</id>secret",
            "<id>123</id><age>12secret</age>",
            "<id>123</id><code>12</code><age>secret</age>", "secret",
            "<id>secret</id><sex>secret</sex>", "<id>12<b>secret</b></id>",
            "<id secret='secret' xmlns:x='urn:secret'>123</id>",
        ])
    func silence(_ body: String) throws {
        let found = try faults(body)
        #expect(!found.isEmpty)
        // An attribute's name is markup and may be told; the values may not.
        let named = body.contains("secret=")
        for fault in found { #expect(named || !fault.contains("secret")) }
    }

    @Test("XML-10: a value that should be unique is not repeated either")
    func unique() throws {
        #expect(
            try faults("<id>123</id><sex>F</sex><code>F</code>") == [
                "line 2: element code: the value breaks a rule of the schema; correct it"
            ])
    }

    @Test("XML-10: a wrong attribute and a missing element are told by name")
    func names() throws {
        let dated = try faults("<id>123</id>", root: "<person xmlns='urn:t' born='secret'>")
        #expect(
            dated.first
                == "line 1: element person, attribute born: the value is not a valid value of the "
                + "atomic type 'xs:date'.")
        #expect(
            try faults("<sex>F</sex>").first
                == "line 2: element sex: This element is not expected. Expected is ( id ).")
    }

    @Test("XML-11: a document that is unsafe or not well-formed has that one fault")
    func unsafe() throws {
        let schema = try XMLSchema(compiling: Array(Self.schema.utf8))
        #expect(schema.validate(Array("<!DOCTYPE a><a/>".utf8)).count == 1)
        #expect(schema.validate(Array("<a>".utf8)).count == 1)
        #expect(schema.validate([]).count == 1)
    }

    @Test("XML-12: a schema that does not compile, or imports a file, is refused")
    func badSchema() {
        #expect(throws: XMLFault.self) { try XMLSchema(compiling: []) }
        #expect(throws: XMLFault.self) { try XMLSchema(compiling: Array("<a/>".utf8)) }
        let including = """
            <xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">
            <xsd:include schemaLocation="/usr/share/xml/any.xsd"/><xsd:element name="a"/>
            </xsd:schema>
            """
        #expect(throws: XMLFault.self) { try XMLSchema(compiling: Array(including.utf8)) }
    }

    @Test("XML-13: many documents are checked at once with one schema")
    func concurrency() async throws {
        let schema = try XMLSchema(compiling: Array(Self.schema.utf8))
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<400 {
                group.addTask {
                    let id = number.isMultiple(of: 2) ? "123" : "12"
                    let text = "<person xmlns='urn:t'><id>\(id)</id></person>"
                    return schema.validate(Array(text.utf8)).isEmpty == number.isMultiple(of: 2)
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
