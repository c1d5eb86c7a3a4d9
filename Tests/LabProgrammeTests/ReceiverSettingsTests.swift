import LabDomain
import LabProgramme
import LabSettings
import Testing

@Suite("Receivers as data")
struct ReceiverSettingsTests {
    private func receiver(_ changes: (String, String)...) throws -> Receiver {
        let text = changes.reduce(try ShippedRules.receiver.text()) {
            $0.replacing($1.0, with: $1.1)
        }
        return try Receiver(text, file: "receiver.yaml")
    }

    /// The faults of the shipped settings with changes.
    private func faults(_ changes: (String, String)...) throws -> [SettingsFault] {
        let text = changes.reduce(try ShippedRules.receiver.text()) {
            $0.replacing($1.0, with: $1.1)
        }
        do throws(SettingsFaults) {
            _ = try Receiver(text, file: "receiver.yaml")
            return []
        } catch {
            return error.faults
        }
    }

    private let mllp = "mllp: { host: 127.0.0.1, port: 2575 }"

    @Test("SEND-1: the shipped receiver shows every key")
    func shipped() throws {
        let receiver = try receiver()
        #expect(receiver.name == "city-cdc" && receiver.answers && receiver.encoding == .er7)
        #expect(receiver.transport == .mllp(host: "127.0.0.1", port: 2_575))
        #expect(receiver.application.oid == "2.16.840.1.113883.19.5.1")
        #expect(receiver.schedule == SendingSchedule(.every(.minutes(30))))
        #expect(receiver.wanted == Receiver.Wanted())
        #expect(receiver.patience == .seconds(30))
    }

    @Test("SEND-1: every way, schedule and district can be said")
    func ways() throws {
        let folder = try receiver(
            (mllp, "folder: /srv/reports"),
            ("profile: PHLabReport-Ack", "profile: PHLabReport-NoAck"),
            ("every: 30 min, urgent_at_once: true", "at: [\"20:00\", \"8:30\"]"),
            ("results: all", "results: positives\n  units: [Unit 1]\n  sites: [Gate 1]"))
        #expect(folder.transport == .folder(path: "/srv/reports") && !folder.answers)
        #expect(folder.schedule == SendingSchedule(.at([510, 1_200])))
        #expect(folder.wanted.covers(unit: "Unit 1", site: "Gate 1"))
        #expect(!folder.wanted.covers(unit: "Unit 1", site: "Gate 2"))
        #expect(folder.wanted.includes(.detected) && !folder.wanted.includes(.notDetected))
        let http = try receiver(
            (
                mllp,
                """
                http:
                    url: https://example.org/hl7
                    content_type: application/hl7-v2
                    headers: { client: city.lab }
                    credentials: { scheme: bearer, environment: TOKEN }
                    certificates: /etc/ca.pem
                """
            ))
        #expect(
            http.transport
                == .http(
                    Receiver.HTTP(
                        url: "https://example.org/hl7", contentType: "application/hl7-v2",
                        headers: [Receiver.Header(name: "client", value: "city.lab")],
                        credentials: Receiver.Credentials(
                            scheme: .bearer, place: .environment("TOKEN")),
                        certificates: "/etc/ca.pem")))
    }

    @Test(
        "SEND-1: what is wrong is told with its place",
        arguments: [
            ("name: city-cdc", "name: City CDC", 3, "2 to 40 of a-z"),
            ("profile: PHLabReport-Ack", "profile: Ack", 7, "PHLabReport-Ack"),
            ("port: 2575", "port: 0", 27, "65535"),
            ("oid: 2.16.840.1.113883.19.5.1 }", "oid: ELR }", 30, "object identifier"),
            ("oid: 2.16.840.1.113883.19.5 }", "arc: 2 }", 31, "is missing"),
            ("every: 30 min", "at: [\"24:00\"]", 35, "08:30"),
            ("every: 30 min", "at_once: false", 35, "name one of"),
            ("results: all", "results: some", 39, "positives"),
            ("answer_within: 30s", "answer_within: 2h", 49, "10 min"),
        ])
    func places(_ old: String, _ new: String, _ line: Int, _ words: String) throws {
        let found = try faults((old, new))
        #expect(found.contains { $0.place.line == line && $0.message.contains(words) }, "\(found)")
    }

    @Test(
        "SEND-3: neither secrets nor clear ways to other machines are taken",
        arguments: [
            ("http: { url: http://example.org/hl7 }", "https://host/path"),
            ("http: { url: \"http://me@127.0.0.1/hl7\" }", "https://host/path"),
            ("http: { url: ftp://127.0.0.1/hl7 }", "https://host/path"),
            ("mllp: { host: 10.0.0.7, port: 2575 }", "TLS tunnel"),
            (
                "http: { url: https://a.org, headers: { Authorization: Basic x } }", "no secrets"
            ),
            ("http: { url: https://a.org, credentials: { scheme: basic } }", "'file' or an"),
            ("folder: /srv/reports", "does not answer"),
            ("{ folder: /srv, mllp: { host: 127.0.0.1, port: 1 } }", "one way"),
        ])
    func clear(_ way: String, _ words: String) throws {
        let found = try faults((mllp, way))
        #expect(found.contains { $0.message.contains(words) }, "\(found)")
        #expect(!found.contains { $0.message.contains("Basic x") })
    }

    @Test("SEND-3: this machine and a private line may be sent to in clear")
    func privateLine() throws {
        #expect(
            try receiver((mllp, "mllp: { host: 10.0.0.7, port: 2575, private_line: true }"))
                .transport == .mllp(host: "10.0.0.7", port: 2_575))
        for url in ["http://localhost:80/hl7", "http://[::1]:8080", "http://127.0.0.1"] {
            let http = try receiver((mllp, "http: { url: \"\(url)\" }"))
            #expect(http.transport == .http(Receiver.HTTP(url: url)))
        }
    }

    @Test("SEND-1: without a word about results all are sent")
    func allResults() throws {
        #expect(try receiver(("  results: all\n", "")).wanted.results == .all)
        let bare = try ShippedRules.receiver.text()
        let send = try #require(bare.range(of: "send:\n"))
        let end = try #require(bare.range(of: "# How long an answer"))
        let without = String(bare[..<send.lowerBound] + bare[end.lowerBound...])
        #expect(try Receiver(without, file: "receiver.yaml").wanted == Receiver.Wanted())
    }
}
