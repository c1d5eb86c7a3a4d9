import LabDomain
import LabExchange
import Testing

@Suite("The check of FHIR bundles")
struct FHIRCheckTests {
    @Test("FHIR-11: our own bundles have no fault, in either encoding or many in a file")
    func sound() throws {
        let check = try FHIRCheck()
        var lines: [UInt8] = []
        for (version, name) in FHIRSamples.versions {
            let bundle = try FHIRSamples.bundle(name, version)
            #expect(FHIRCheck.isFHIR(bundle.xml) && FHIRCheck.isFHIR(bundle.json))
            #expect(try check.findings(in: bundle.xml).1 == [])
            lines += bundle.json + [0x0A]
        }
        let (count, findings) = try check.findings(in: lines)
        #expect(count == FHIRSamples.versions.count && findings == [])
        #expect(try check.findings(in: FHIRDocument(FHIRSamples.environment()).json).1 == [])
        #expect(!FHIRCheck.isFHIR(Array("MSH|^~\\&|".utf8)))
        #expect(!FHIRCheck.isFHIR(try MessageWriter().write(try ReportSamples.report())))
    }

    @Test(
        "FHIR-11: whatever is spoiled is told with its rule and place, and without a value",
        arguments: [
            ("\"status\":\"final\"", "\"status\":\"finished\"", "code", "DiagnosticReport.status"),
            ("\"status\":\"final\",", "", "required", "DiagnosticReport.status"),
            (
                "\"birthDate\":\"1946-03-21\"", "\"birthDate\":\"21.3.1946\"", "form",
                "Patient.birthDate"
            ),
            ("\"birthDate\":", "\"born\":", "unknown-element", "Patient"),
            ("\"gender\":\"male\"", "\"gender\":\"\"", "code", "Patient.gender"),
            ("\"type\":\"message\"", "\"type\":\"batch\"", "message", "Bundle.type"),
            (
                "\"subject\":{\"reference\":\"urn:uuid:", "\"subject\":{\"reference\":\"urn:uuid:x",
                "reference", "reference"
            ),
            (
                "\"resourceType\":\"MessageHeader\"", "\"resourceType\":\"Basic\"", "message",
                "Bundle.entry"
            ),
            (
                "\"issued\":\"2021-07-30T16:15:00+08:00\"", "\"issued\":\"2021-07-30T16:15:00\"",
                "form", "DiagnosticReport.issued"
            ),
            (
                "\"method\":", "\"dataAbsentReason\":{\"text\":\"x\"},\"method\":", "obs-6",
                "Observation.dataAbsentReason"
            ),
            ("\"eventCoding\":", "\"extension\":", "required", "MessageHeader.event"),
        ])
    func spoiled(_ what: String, _ other: String, _ rule: String, _ place: String) throws {
        let bundle = try FHIRSamples.bundle("single-detected")
        let text = String(decoding: bundle.json, as: UTF8.self)
        try #require(text.contains(what))
        let findings = try FHIRCheck().findings(in: Array(text.replacing(what, with: other).utf8)).1
        #expect(findings.contains { $0.rule == rule && $0.place == place && $0.level == .error })
        #expect(findings.allSatisfy { !"\($0)".contains("张三") && !"\($0)".contains("finished") })
    }

    @Test("FHIR-11: a line of XML is named, and what is no JSON or XML is refused with its line")
    func lines() throws {
        let bundle = try FHIRSamples.bundle("single-detected")
        let text = String(decoding: bundle.xml, as: UTF8.self)
        let spoiled = text.replacing("<gender value=\"male\"/>", with: "<gender value=\"m\"/>")
        let finding = try #require(try FHIRCheck().findings(in: Array(spoiled.utf8)).1.first)
        let line = text.split(separator: "\n", omittingEmptySubsequences: false)
            .firstIndex { $0.contains("<gender") }
        #expect(finding.line == line.map { $0 + 1 })
        #expect {
            try FHIRCheck().findings(in: bundle.json + Array("\n{broken\n".utf8))
        } throws: { ($0 as? HL7Fault)?.line == 2 }
    }

    @Test("FHIR-11: no bytes bring the check down")
    func garbage() throws {
        let check = try FHIRCheck()
        let json = try FHIRSamples.bundle("pool-member-not-detected").json
        for cut in stride(from: 1, to: json.count, by: 97) {
            _ = try? check.findings(in: Array(json.prefix(cut)))
            var flipped = json
            flipped[cut] ^= 0x15
            _ = try? check.findings(in: flipped)
        }
        let deep = Array(String(repeating: "{\"a\":", count: 100_000).utf8)
        #expect(throws: HL7Fault.self) { try check.findings(in: deep) }
    }
}
