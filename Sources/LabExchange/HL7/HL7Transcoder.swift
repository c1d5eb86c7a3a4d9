package import LabXML

/// Turns files of HL7 messages from one encoding into the other.
package enum HL7Transcoder {
    /// How messages are encoded.
    package enum Encoding: String, CaseIterable, Hashable, Sendable {
        /// Pipes.
        case er7
        /// v2.xml.
        case xml
    }

    /// A file in the other encoding.
    package struct Transcoded: Hashable, Sendable {
        /// The encoding that it is in now.
        package let encoding: Encoding
        /// The file.
        package let bytes: [UInt8]
        /// The places whose values v2.xml cannot hold, such as `OBX-3.7`, each once.
        package let lost: [String]
    }

    /// The namespace of a file of several messages, for which the standard has no XML.
    package static let fileNamespace = "urn:swabline:hl7-file"

    /// The encoding of a file by its content; nil when it is neither.
    package static func encoding(of bytes: [UInt8]) -> Encoding? {
        var head = bytes[...]
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { head = head.dropFirst(3) }
        head = head.drop { [0x09, 0x0A, 0x0B, 0x0D, 0x20].contains($0) }
        if head.first == 0x3C || bytes.starts(with: [0xFE, 0xFF])
            || bytes.starts(with: [0xFF, 0xFE])
        {
            return .xml
        }
        let name = String(decoding: head.prefix(3), as: UTF8.self)
        return HL7Segment.namesSeparators(name) ? .er7 : nil
    }

    /// Reads a file of either encoding.
    /// - Throws: `HL7Fault` with the first thing that is wrong.
    package static func read(_ bytes: [UInt8]) throws(HL7Fault) -> HL7File {
        switch encoding(of: bytes) {
        case .er7: return try HL7File(er7: bytes)
        case .xml:
            let root: XMLElement
            do {
                root = try XMLReader.read(bytes, limits: limits)
            } catch {
                throw HL7Fault(error)
            }
            return try file(root)
        case nil:
            throw HL7Fault(
                "this is no file of HL7 messages",
                remedy: "send one that begins with MSH, FHS or BHS, or v2.xml")
        }
    }

    /// Turns ER7 into v2.xml and v2.xml into ER7.
    /// - Throws: `HL7Fault` with the first thing that is wrong.
    package static func transcode(_ bytes: [UInt8]) throws(HL7Fault) -> Transcoded {
        let file = try read(bytes)
        if encoding(of: bytes) == .xml {
            return Transcoded(encoding: .er7, bytes: file.er7, lost: [])
        }
        for batch in file.batches {
            for message in batch.messages { try checkName(of: message) }
        }
        do {
            let (xml, lost) = try document(file)
            return Transcoded(encoding: .xml, bytes: xml, lost: lost)
        } catch {
            throw HL7Fault(error)
        }
    }

    /// A document is named after what its message says that it is.
    private static func checkName(of message: HL7Message) throws(HL7Fault) {
        guard message.structureName.wholeMatch(of: /[A-Z][A-Za-z0-9_]*/) == nil else { return }
        throw HL7Fault(
            place: "MSH-9", "the message does not say what it is",
            remedy: "name its type, event and structure, such as ORU^R01^ORU_R01")
    }

    /// The v2.xml document of a file: the message alone where it is nothing else, otherwise an
    /// element around the segments and messages in their order.
    package static func document(
        _ file: HL7File
    ) throws(XMLFault) -> (bytes: [UInt8], lost: [String]) {
        if let message = file.onlyMessage { return try MessageXMLWriter.document(message) }
        let xml = XMLWriter(indented: true)
        var writer = MessageXMLWriter(to: xml)
        xml.start("hl7-file", namespace: fileNamespace)
        func write(_ segment: HL7Segment?) {
            if let segment { writer.write(segment, namespace: MessageXMLWriter.namespace) }
        }
        write(file.header)
        for batch in file.batches {
            write(batch.header)
            for message in batch.messages { writer.write(message) }
            write(batch.trailer)
        }
        write(file.trailer)
        xml.end()
        return (try xml.finish(), writer.lost)
    }

    /// As large as a file of ER7 may be, in elements too.
    private static let limits = XMLLimits(bytes: 256 << 20, depth: 64, elements: 20_000_000)

    private static func file(_ root: XMLElement) throws(HL7Fault) -> HL7File {
        guard root.name == "hl7-file", root.namespace == fileNamespace else {
            let message = try MessageXMLReader.message(root)
            return HL7File(batches: [HL7File.Batch(messages: [message])])
        }
        var builder = HL7FileBuilder()
        for child in root.children {
            if child.name.utf8.count == 3, child.name != "ACK" {
                try builder.add(try MessageXMLReader.segment(child))
            } else {
                for segment in try MessageXMLReader.message(child).segments {
                    try builder.add(segment)
                }
            }
        }
        return try builder.finish()
    }
}
