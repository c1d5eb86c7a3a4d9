import LabExchange
import LabStatistics
import LabXML
import Testing

@Suite struct HL7EncodingTests {
    @Test("HL7-2: what is written in pipes is read back, whatever the tree and the separators")
    func roundTrip() throws {
        print("HL7-2: seed 20210730")
        var random = SeededGenerator(seed: 20_210_730)
        for _ in 0..<2_000 {
            let message = HL7Samples.message(using: &random)
            var writer = ER7Writer()
            writer.write(message)
            let read = try HL7File(er7: writer.bytes)
            #expect(read.onlyMessage == message)
        }
    }

    @Test(
        "HL7-2: line ends, blank lines, frames and a mark change nothing",
        arguments: ["\r", "\n", "\r\n", "\r\n\r\n"])
    func lineEnds(_ end: String) throws {
        let lines = [HL7Samples.header, "PID|1||7", "NTE|1||x"]
        let plain = try HL7Samples.message("PID|1||7", "NTE|1||x")
        for text in [
            lines.joined(separator: end), lines.joined(separator: end) + end,
            "\u{FEFF}" + lines.joined(separator: end),
            "\u{0B}" + lines.joined(separator: end) + "\u{1C}\r",
        ] {
            #expect(try HL7File(er7: Array(text.utf8)).onlyMessage == plain)
        }
    }

    @Test("HL7-2: parts are told apart: a&b is one component, a^b two, and \"\" is null")
    func parts() throws {
        let message = try HL7Samples.message("PID|1||a&b|a^b|a~b|\"\"|a^^|\\T\\\\F\\\\E\\x")
        let person = try #require(message.segments("PID").first)
        #expect(person.text(3, 1, 2) == "b" && person.text(3, 2).isEmpty)
        #expect(person.text(4, 2) == "b")
        #expect(person[5].repetitions == [.text("a"), .text("b")])
        #expect(person[6].first == .null)
        #expect(person[7].first == .text("a"))
        #expect(person[8].first == .text("&|\\x"))
    }

    @Test("HL7-2: text that says it is ISO 8859-1 is read as such, any other damage is refused")
    func encodings() throws {
        let latin = Array("MSH|^~\\&|||||||ORU^R01||||||||||8859/1\rPID|||Andr".utf8) + [0xE9]
        let message = try #require(try HL7File(er7: latin).onlyMessage)
        #expect(message.segments("PID").first?.text(3) == "André")
        #expect(throws: HL7Fault.self) { try HL7File(er7: Array("MSH|^~\\&|a\0".utf8)) }
    }

    @Test("HL7-3: segments and fields that 2.5.1 does not have are kept where they stand")
    func strangers() throws {
        let message = try HL7Samples.message(
            "ZPD|own", "PID|1", "ZP1|x^y", "OBR|1", "OBX|1|ST|A||b||||||F||||||||||||||||||QST",
            "ZX1|1", "SPM|1", "NTE|1||late", "OBX|2|NM|C||7||||||F")
        let (bytes, lost) = try MessageXMLWriter.document(message)
        #expect(lost.isEmpty)
        let root = try XMLReader.read(bytes)
        #expect(root.children.map(\.name) == ["MSH", "ZPD", "ORU_R01.PATIENT_RESULT"])
        #expect(root.texts("ORU_R01.PATIENT/ZP1/ZP1.1/UNKNOWN.2") == ["y"])
        #expect(root.texts("ORU_R01.OBSERVATION/OBX/OBX.29") == ["QST"])
        let specimen = try #require(root.descendants(named: "ORU_R01.SPECIMEN").first)
        #expect(specimen.children.map(\.name) == ["SPM", "NTE", "OBX"])
        #expect(try MessageXMLReader.message(root) == message)
    }

    @Test("HL7-3: each person and each order begins a group of its own")
    func groups() throws {
        let message = try HL7Samples.message(
            "PID|1", "ORC|RE", "OBR|1", "OBX|1", "NTE|1", "OBX|2", "SPM|1", "OBX|1", "SPM|2",
            "OBR|2", "OBX|1", "PID|2", "OBR|1")
        let root = try XMLReader.read(try MessageXMLWriter.document(message).bytes)
        let results = root.children("ORU_R01.PATIENT_RESULT")
        #expect(results.count == 2)
        let orders = results.map { $0.children("ORU_R01.ORDER_OBSERVATION") }
        #expect(orders.map(\.count) == [2, 1])
        #expect(orders[0].map { $0.children("ORU_R01.OBSERVATION").count } == [2, 1])
        #expect(orders[0].map { $0.children("ORU_R01.SPECIMEN").count } == [2, 0])
    }

    @Test("HL7-4: what v2.xml has no element for is named by its place")
    func losses() throws {
        let message = try HL7Samples.message(
            "PID|1||7^^^A&1.2&ISO&more", "OBR|1", "OBX|1|CE|A^b^LN^^^^2.7||1^2|||A^Abnormal")
        let lost = try MessageXMLWriter.document(message).lost
        #expect(lost == ["PID-3.4.4", "OBX-3.7", "OBX-8.2"])
    }

    @Test("HL7-4: a line break stands as an element, and an ampersand in plain text as itself")
    func escapes() throws {
        let message = try HL7Samples.message(
            "OBR|1", "OBX|1|FT|A||one\\.br\\\u{301}two \\X41\\", "OBX|2|ST|A||a & b")
        let bytes = try MessageXMLWriter.document(message, indented: false).bytes
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("<OBX.5>one<escape V=\".br\"/>\u{301}two \\X41\\</OBX.5>"))
        #expect(text.contains("<OBX.5>a &amp; b</OBX.5>"))
        let back = try MessageXMLReader.message(try XMLReader.read(bytes))
        #expect(back.segments("OBX")[0] == message.segments("OBX")[0])
    }

    @Test(
        "HL7-1: a published sample becomes HAPI's XML of it, and comes back to the same XML",
        .enabled(if: HL7Samples.areHere, "the reference messages are not here"),
        arguments: HL7Samples.pairs.indices)
    func hapi(_ index: Int) throws {
        let pair = HL7Samples.pairs[index]
        let xml = try HL7Transcoder.transcode(try Fixtures.contents(pair.er7))
        #expect(xml.encoding == .xml)
        let golden = try HL7Samples.canonical(try Fixtures.contents(pair.xml))
        #expect(try HL7Samples.canonical(xml.bytes) == golden)
        let er7 = try HL7Transcoder.transcode(xml.bytes)
        #expect(er7.encoding == .er7)
        #expect(try HL7Transcoder.transcode(er7.bytes).bytes == xml.bytes)
        // And HAPI's own document says the same to our reader as ours does.
        let other = try HL7Transcoder.transcode(try Fixtures.contents(pair.xml))
        #expect(other.bytes == er7.bytes)
    }

    @Test(
        "HL7-5: a published batch keeps its messages, headers and counts in either encoding",
        .enabled(if: HL7Samples.areHere, "the reference messages are not here"))
    func batch() throws {
        let bytes = try Fixtures.contents("\(HL7Samples.folder)/covid-batch-fhs-bhs.hl7")
        let file = try HL7Transcoder.read(bytes)
        #expect(file.messages.map(\.controlID) == ["371784", "612092"])
        #expect(file.faults.isEmpty)
        let xml = try HL7Transcoder.transcode(bytes)
        let back = try HL7Transcoder.read(xml.bytes)
        #expect(back.messages.map(\.controlID) == ["371784", "612092"])
        #expect(back.header == file.header && back.trailer == file.trailer)
        #expect(try HL7Transcoder.transcode(back.er7).bytes == xml.bytes)
    }

    @Test("HL7-5: a trailer that counts wrongly, or is missing, is told with its line")
    func counts() throws {
        func faults(_ lines: String...) throws -> [String] {
            try HL7File(er7: Array(lines.joined(separator: "\r").utf8)).faults
                .map { "\($0.line ?? 0) \($0.place ?? "")" }
        }
        let message = HL7Samples.header
        #expect(try faults("BHS|^~\\&", message, message, "BTS|2").isEmpty)
        #expect(try faults("BHS|^~\\&", message, "BTS|25") == ["3 BTS-1"])
        #expect(try faults("FHS|^~\\&", "BHS|^~\\&", message) == ["2 BHS", "1 FHS"])
        #expect(
            try faults("FHS|^~\\&", "BHS|^~\\&", message, "BTS|1", "FTS|2") == ["5 FTS-1"])
    }

    @Test(
        "HL7-6: what is no message is refused with its line, and no value is repeated",
        arguments: [
            ("hello", nil), ("", nil), ("MSH|^^^^|secret", 1), ("MSHA^~\\&", 1),
            ("MSH|^~\\&|x\rsecret|1", 2), ("PID|secret", nil), ("FHS|^~\\&\rPID|secret", 2),
            ("MSH|^~\\&|x\rPID^secret", 2), ("<a>secret</a>", 1), ("<secret", 1),
        ] as [(String, Int?)])
    func refused(_ text: String, _ line: Int?) throws {
        let fault = try #require(throws: HL7Fault.self) {
            try HL7Transcoder.transcode(Array(text.utf8))
        }
        #expect(fault.line == line)
        #expect(!fault.description.contains("secret"))
    }

    @Test(
        "HL7-6: a message that does not say what it is becomes no document",
        arguments: ["", "^^", "1^2", "<x>^R01"])
    func nameless(_ type: String) {
        let message = Array("MSH|^~\\&|A|B|C|D|2021||\(type)|M1|P|2.5.1\r".utf8)
        #expect {
            _ = try HL7Transcoder.transcode(message)
        } throws: { ($0 as? HL7Fault)?.place == "MSH-9" }
    }

    @Test("HL7-6: no file makes the readers fail otherwise than by saying so")
    func fuzz() throws {
        print("HL7-6: seed 6")
        var random = SeededGenerator(seed: 6)
        let seeds = [
            HL7Samples.header + "\rPID|1||a&b^c~d\rOBX|1|FT|A||x\\.br\\y\rBTS|1",
            "<ORU_R01 xmlns=\"urn:hl7-org:v2xml\"><MSH><MSH.1>|</MSH.1>"
                + "<MSH.2>^~\\&amp;</MSH.2></MSH><PID><PID.3><CX.1>7</CX.1></PID.3></PID>"
                + "</ORU_R01>",
            HL7Samples.header + "\rMSA|AA|M1\rERR||PID^1^3|101|E",
        ].map { Array($0.utf8) }
        for round in 0..<6_000 {
            var bytes = seeds[round % seeds.count]
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + 3))
                default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 9)], at: 0)
                }
                if bytes.isEmpty { bytes = [0x4D] }
            }
            _ = try? Acknowledgement(reading: bytes)
            guard let file = try? HL7Transcoder.read(bytes) else { continue }
            // What could be read can be written and is the same again.
            let again = try HL7File(er7: file.er7)
            #expect(again.messages == file.messages)
        }
    }
}
