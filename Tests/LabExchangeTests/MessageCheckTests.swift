import Foundation
import LabDomain
import LabStatistics
import Testing

@testable import LabExchange

@Suite struct MessageCheckTests {
    let check: MessageCheck

    init() throws {
        check = try MessageCheck()
    }

    /// What a check finds in lines behind a header, by rule and place.
    func found(_ lines: String..., header: String = HL7Samples.header) throws -> Set<String> {
        let text = ([header] + lines).joined(separator: "\r")
        return Set(
            try check.findings(in: Array(text.utf8)).1.filter { $0.level == .error }
                .map { "\($0.rule) \($0.place)" })
    }

    @Test(
        "HL7-11: the profile's rules find what an independent program finds, message by message",
        .enabled(if: Validators.haveRules && HL7Samples.areHere, "the profile is not here"))
    func yardstick() throws {
        print("HL7-11: seed 11")
        var random = SeededGenerator(seed: 11)
        let writer = try MessageWriter()
        var messages = try ReportSamples.cases.map {
            try writer.message(try ReportSamples.named($0)).message
        }
        messages += try HL7Samples.pairs.map {
            try #require(try HL7Transcoder.read(try Fixtures.contents($0.er7)).onlyMessage)
        }
        var documents: [[UInt8]] = []
        for message in messages {
            documents.append(try MessageXMLWriter.document(message).bytes)
            for _ in 0..<12 {
                var mutant = message
                for _ in 0..<3 { Self.change(&mutant, using: &random) }
                documents.append(try MessageXMLWriter.document(mutant).bytes)
            }
        }
        let expected = try Self.yardstick(documents)
        var all = 0
        for (document, theirs) in zip(documents, expected) {
            let ours = try check.findings(in: document).1.map(Self.key)
                .filter { Self.isOfProfile($0) }
            #expect(Set(ours) == theirs)
            all += theirs.count
        }
        #expect(all > 500, "the mutants break rules")
    }

    private static let ownRules: Set = [
        "schema", "loinc", "same-time", "time-order", "result-type", "code", "one-specimen",
        "no-result", "ELR-021", "ELR-022", "ELR-019", "ELR-064", "ELR-027", "ELR-039", "ELR-040",
        "ELR-053", "ELR-048", "ELR-068", "ELR-069", "ELR-070", "batch-count",
    ]

    private static func isOfProfile(_ key: String) -> Bool {
        !ownRules.contains(String(key.prefix { $0 != " " }))
    }

    private static func key(_ finding: HL7Finding) -> String { "\(finding.rule) \(finding.place)" }

    /// Takes something away, or puts something that fits nowhere.
    private static func change(_ message: inout HL7Message, using random: inout SeededGenerator) {
        let place = Int.random(in: 1..<message.segments.count, using: &random)
        let fields = message.segments[place].fields.count
        guard fields > 0 else { return }
        let number = Int.random(in: 1...fields, using: &random)
        let values: [HL7Value] = [
            .empty, "X", "1.2.x", HL7Value(parts: ["a", .empty, "b"]), "05D12345",
            HL7Value(parts: [.empty, "q"]),
        ]
        message.segments[place][number] = HL7Field(values.randomElement(using: &random) ?? .empty)
    }

    /// What the independent program says of each document, in our words for rules and places.
    private static func yardstick(_ documents: [[UInt8]]) throws -> [Set<String>] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "swabline-\(ProcessInfo.processInfo.globallyUniqueString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var files: [String] = []
        for (index, document) in documents.enumerated() {
            let file = folder.appendingPathComponent("\(1_000 + index).xml")
            try Data(document).write(to: file)
            files.append(file.path)
        }
        let program = try #require(Validators.python)
        // `run` adds a file of its own, which is left out again below.
        let said = try Fixtures.run(
            program, [Validators.rules, Validators.profile] + files,
            on: try #require(documents.last)
        ).words
        var found: [Set<String>] = []
        for line in said.split(separator: "\n") {
            if line.hasPrefix("   ") {
                found[found.count - 1].insert(key(ofLine: String(line)))
            } else {
                found.append([])
            }
        }
        return Array(found.dropLast())
    }

    /// `R /PATIENT_RESULT/PATIENT/PID/3/4 (…): required, missing` as `required …/PID-3.4`.
    private static func key(ofLine line: String) -> String {
        let words = line.split(separator: " ").map(String.init)
        let rules = [
            "R": line.contains(": required because") ? "required-if" : "required",
            "X": "not-used", "MAX": "too-many", "note": "unexpected",
        ]
        var place = ""
        var depth = -1
        for step in words[1].split(separator: "/").map({ $0.filter { $0 != ":" } }) {
            if depth >= 0 {
                place += (depth == 0 ? "-" : ".") + step
                depth += 1
            } else {
                place += (place.isEmpty ? "" : "/") + step
                if step.prefixMatch(of: /[A-Z][A-Z0-9]{2}(\[|$)/) != nil { depth = 0 }
            }
        }
        return "\(rules[words[0]] ?? words[0]) \(place)"
    }

    @Test(
        "HL7-12: our own messages have no fault, in either encoding", arguments: ReportSamples.cases
    )
    func own(_ name: String) throws {
        let writer = try MessageWriter()
        for encoding in HL7Transcoder.Encoding.allCases {
            let bytes = try writer.write(try ReportSamples.named(name), as: encoding)
            let (messages, findings) = try check.findings(in: bytes)
            #expect(messages == 1)
            #expect(findings.filter { $0.level == .error } == [])
            #expect(findings.contains { $0.rule == "ELR-013" && $0.level == .note })
        }
    }

    @Test(
        "HL7-12: every version of a report has no fault",
        arguments: [
            MessageVersion(.corrected, number: 2), MessageVersion(.withdrawn, number: 2),
            MessageVersion(.cancelled(.leaking)), MessageVersion(.cancelled(.lost)),
            MessageVersion(.final, number: 2, pool: .init(id: PoolID("POOL-0007"), size: 5)),
        ])
    func versions(_ version: MessageVersion) throws {
        for name in ["single-detected", "passport-birth-date-unknown"] {
            let bytes = try MessageWriter().write(try ReportSamples.named(name), version, as: .er7)
            let errors = try check.findings(in: bytes).1.filter { $0.level == .error }
            #expect(errors == [], "\(errors.map { "\($0.rule) \($0.place)" })")
        }
        let pool = try MessageWriter().write(
            try ReportSamples.named("pool-member-not-detected"), MessageVersion(.preliminaryPool))
        #expect(try check.findings(in: pool).1.filter { $0.level == .error } == [])
    }

    @Test("HL7-13: what no profile can declare is found too, with its place")
    func rules() throws {
        let found = try found(
            "PID|1||7",
            "OBR|1||F1|94500-6^x^LN|||202401020000+0800|||||||||||||||"
                + "202401010000+0800|||Q",
            "OBX|1|CWE|94500-7^x^LN||a^b^c||||||Q|||202401010000+0800",
            "OBX|3|NM|94500-6^x^LN||many||||||F", "OBX|3||94500-6^x^LN||a||||||F",
            "OBX|4|XYZ|94500-6^x^LN||a||||||F", "OBX|5|ST|94500-6^x^LN||||||||F", "NTE|2",
            "OBR|2||F1|94500-6^x^LN")
        for expected in [
            "ELR-021 MSH-21.1", "ELR-022 MSH-21.3", "ELR-064 MSH", "ELR-027 PID-7",
            "time-order OBR-22", "code OBR-25", "ELR-069 OBX-3.1", "code OBX-11",
            "same-time OBX-14", "ELR-048 OBX-1", "result-type OBX-5", "result-type OBX-2",
            "no-result OBX-5", "ELR-053 NTE-1", "ELR-040 OBR-3",
        ] {
            #expect(found.contains(expected), "\(expected)")
        }
    }

    @Test("HL7-13: elements of OBX.5 are of the type that OBX.2 names")
    func resultType() throws {
        let message = try MessageWriter().write(try ReportSamples.named("single-detected"))
        let text = String(decoding: message, as: UTF8.self)
        for (old, new) in [("<OBX.2>CWE", "<OBX.2>CE"), ("<OBX.2>CWE", "<OBX.2>ST")] {
            let changed = text.replacing(old, with: new)
            let findings = try check.findings(in: Array(changed.utf8)).1
            #expect(findings.contains { $0.rule == "result-type" && $0.line != nil })
        }
    }

    @Test(
        "HL7-13: a LOINC code is known by its check digit",
        arguments: [
            ("94500-6", true), ("94500-5", false), ("2093-3", true), ("10449-7", true),
            ("1-8", true),
            ("94500", false), ("LP-1", false), ("", false),
        ])
    func loinc(_ code: String, _ isOne: Bool) {
        #expect(MessageRules.isLOINC(code) == isOne)
    }

    @Test("HL7-13: a finding has the line of the user's own file and repeats no value")
    func lines() throws {
        let text = "\(HL7Samples.header)\n\nPID|1||secret^^^secret\nOBR|1\nOBX|1|DT|secret||secret"
        let findings = try check.findings(in: Array(text.utf8)).1
        #expect(findings.contains { $0.rule == "required" && $0.line == 3 })
        #expect(findings.contains { $0.rule == "schema" && $0.line == 5 })
        #expect(!findings.contains { "\($0)".contains("secret") })
    }

    @Test("HL7-13: the counts of a batch and each of its messages are looked at")
    func batches() throws {
        let text = "BHS|^~\\&\r\(HL7Samples.header)\r\(HL7Samples.header)\rBTS|25\r"
        let (messages, findings) = try check.findings(in: Array(text.utf8))
        #expect(messages == 2)
        #expect(findings.contains { $0.rule == "batch-count" && $0.line == 4 })
        #expect(Set(findings.map(\.message)) == [0, 1, 2])
    }
}
