import LabDomain
import LabProgramme
import LabSettings
import Testing

@Suite("Encodings and codes of receivers as data")
struct ReceiverCodesSettingsTests {
    private static let mllp = "mllp: { host: 127.0.0.1, port: 2575 }"
    private static let http = "http: { url: https://example.org/fhir/$process-message }"

    private func text(_ changes: [(String, String)]) throws -> String {
        changes.reduce(try ShippedRules.receiver.text()) { $0.replacing($1.0, with: $1.1) }
    }

    private func receiver(_ changes: (String, String)...) throws -> Receiver {
        try Receiver(try text(changes), file: "receiver.yaml")
    }

    private func faults(_ changes: (String, String)...) throws -> [SettingsFault] {
        let text = try text(changes)
        do throws(SettingsFaults) {
            _ = try Receiver(text, file: "receiver.yaml")
            return []
        } catch {
            return error.faults
        }
    }

    @Test(
        "SEND-18: FHIR goes over HTTP, whose status is the answer, or into a folder without one",
        arguments: ["fhir-xml", "fhir-json"])
    func fhir(_ encoding: String) throws {
        let profile = ("profile: PHLabReport-Ack\n", "")
        let over = try receiver(
            profile, (Self.mllp, Self.http), ("encoding: er7", "encoding: \(encoding)"))
        #expect(over.answers && over.encoding.isFHIR && over.encoding.rawValue == encoding)
        let folder = try receiver(
            profile, (Self.mllp, "folder: /srv/fhir"), ("encoding: er7", "encoding: \(encoding)"))
        #expect(!folder.answers)
    }

    @Test("SEND-18: MLLP and the profiles of HL7 v2 are refused for FHIR, with their places")
    func notFHIR() throws {
        let found = try faults(("encoding: er7", "encoding: fhir-json"))
        #expect(found.count == 2)
        #expect(found.contains { $0.place.line == 7 && $0.message.contains("HL7 v2") })
        #expect(found.contains { $0.place.line == 27 && $0.message.contains("MLLP carries") })
    }

    @Test("SEND-17: codes are the standard ones unless others are named")
    func codes() throws {
        #expect(try receiver().codes == .standard)
        #expect(try receiver(("codes: standard\n", "")).codes == .standard)
        let own = try receiver(("codes: standard", "codes: laboratory"))
        #expect(own.codes == Receiver.Codes(.laboratory, hasAlternates: true))
        let alone = try receiver(
            ("codes: standard", "codes: laboratory\nalternate_codes: false"))
        #expect(alone.codes == Receiver.Codes(.laboratory, hasAlternates: false))
    }

    @Test(
        "SEND-17: codes that are nowhere are refused with line and advice",
        arguments: [
            ("codes: loinc", "standard, laboratory or a file"),
            ("codes: ../codes.csv", "a file like"), ("codes: .csv", "a file like"),
            ("codes: city.csv", "file beside them"),
            ("codes: standard\ncode_table: x", "name its file under 'codes'"),
        ])
    func refused(_ codes: String, _ words: String) throws {
        let found = try faults(("codes: standard", codes))
        #expect(found.count == 1, "\(found)")
        #expect(
            found.contains { (13...14).contains($0.place.line) && $0.message.contains(words) },
            "\(found)")
    }

    @Test(
        "SEND-17: settings take the file in as it is, whatever its lines begin with",
        arguments: [
            "# Source: x\nkind,name\n\n  a, b\n", "  indented\r\nlast: line", "#\n: - |\n",
        ])
    func takenIn(_ table: String) throws {
        let named = try text([("codes: standard", "codes: city.csv")])
        #expect(Receiver.codeFile(of: named) == "city.csv")
        #expect(Receiver.codeFile(of: try text([])) == nil)
        #expect(Receiver.codeFile(of: "codes: [") == nil)
        let whole = Receiver.settings(named, holding: table, named: "city.csv")
        // Taken in once, the file is not asked for again.
        #expect(Receiver.codeFile(of: whole) == nil)
        let codes = try Receiver(whole, file: "receiver.yaml").codes
        guard case .table(let text, "city.csv", let line) = codes.source else {
            Issue.record("no table in \(codes)")
            return
        }
        let plain = table.replacing("\r\n", with: "\n")
        #expect(text == plain || text == plain + "\n")
        let lines = whole.split(separator: "\n", omittingEmptySubsequences: false)
        let first = plain.split(separator: "\n", omittingEmptySubsequences: false)[0]
        #expect(lines[line] == "  " + first)
    }
}
