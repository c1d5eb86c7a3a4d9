import Foundation
import LabExchange
import LabStatistics
import Testing

/// Published sample messages, and messages made by chance.
enum HL7Samples {
    /// The folder of the samples of the American CDC.
    static let folder = Fixtures.shared("reference/hl7-samples")
    /// The folder of the messages made by hand, with HAPI's XML beside them.
    static let made = Fixtures.shared("reference/hl7v2xml/2.5.1")

    static var areHere: Bool { Fixtures.isReadable(folder) || Fixtures.isCI }

    /// A message in ER7 and, by HAPI, in v2.xml; the paths without their suffixes.
    static let pairs: [(er7: String, xml: String)] =
        [
            "covid-entered-in-error", "covid-otc-antigen-aoe", "covid-state-wa",
            "mpox-pcr-not-detected",
        ].map { ("\(folder)/\($0).hl7", "\(folder)/\($0).hapi.xml") }
        + ["example-minimal", "example-pool-retest"].map {
            ("\(made)/\($0).hl7", "\(made)/\($0).xml")
        }

    /// A document without the blanks between its elements, in canonical form.
    static func canonical(_ document: [UInt8]) throws -> String {
        let program = try #require(Validators.linter, "xmllint is missing; install libxml2-utils")
        let answer = try Fixtures.run(program, ["--nonet", "--noblanks", "--c14n"], on: document)
        #expect(answer.status == 0, "xmllint refuses the document")
        return answer.words
    }

    static let header = "MSH|^~\\&|A|B|C|D|20240101||ORU^R01^ORU_R01|M1|T|2.5.1"

    /// A message of these lines behind a header.
    static func message(_ lines: String..., header: String = header) throws -> HL7Message {
        let text = ([header] + lines).joined(separator: "\r")
        return try #require(try HL7File(er7: Array(text.utf8)).onlyMessage)
    }

    /// A text of letters, separators, escape characters, line ends and Chinese.
    static func text(using random: inout SeededGenerator) -> String {
        let alphabet: [Character] = [
            "a", "Z", "1", "|", "^", "~", "\\", "&", "#", " ", "\"", ".", "\r", "\n", "张", "<",
        ]
        let count = Int.random(in: 1...6, using: &random)
        return String((0..<count).compactMap { _ in alphabet.randomElement(using: &random) })
    }

    /// A tree of up to three levels below a field.
    static func value(depth: Int, using random: inout SeededGenerator) -> HL7Value {
        switch Int.random(in: 0...9, using: &random) {
        case 0...2: return .empty
        case 3 where depth == 2: return .null
        case 4 where depth < 2, 5 where depth < 2:
            let count = Int.random(in: 1...4, using: &random)
            return HL7Value(
                parts: (0..<count).map { _ in value(depth: depth + 1, using: &random) })
        case 6:
            let codes = [".br", "H", "N", "X41", "Zown", ".sp2"]
            return .formatted([
                .text(text(using: &random)), .escape(codes.randomElement(using: &random) ?? "H"),
            ])
        default: return HL7Value(text(using: &random))
        }
    }

    /// A message of any segments and fields.
    static func message(using random: inout SeededGenerator) -> HL7Message {
        let signs = ["|^~\\&", "|^~\\&#", "!@$%*", "#,;:+"].randomElement(using: &random) ?? ""
        var header = HL7Segment(
            "MSH",
            [
                HL7Field(HL7Value(String(signs.prefix(1)))),
                HL7Field(HL7Value(String(signs.dropFirst()))),
            ])
        header[9] = HL7Field(HL7Value(parts: ["ORU", "R01", "ORU_R01"].map { HL7Value($0) }))
        let names = ["PID", "OBR", "OBX", "NTE", "ZZ1", "SPM", "PV1", "ORC"]
        let segments = (0..<Int.random(in: 0...8, using: &random)).map { _ in
            let fields = (0..<Int.random(in: 0...9, using: &random)).map { _ in
                HL7Field(
                    value(depth: 0, using: &random),
                    others: (0..<max(0, Int.random(in: -3...2, using: &random))).map { _ in
                        value(depth: 0, using: &random)
                    })
            }
            return HL7Segment(names.randomElement(using: &random) ?? "NTE", fields)
        }
        return HL7Message([header] + segments)
    }
}
