import LabDomain
import LabProgramme
import LabSettings
import Testing

@Suite("Settings of alerts")
struct AlertingSettingsTests {
    private static let head = "escalate_after: 15 min\n"
    private static let duty = "duty: [{ step: 1, role: technician }]\n"

    private static func faults(_ text: String) -> [String] {
        do throws(SettingsFaults) {
            _ = try Alerting(text, file: "alerts")
            return []
        } catch {
            return error.faults.map { "\($0.place.path): \($0.message)" }
        }
    }

    @Test("ALERT-10: the settings that come with the program are sound and reach every kind")
    func shipped() throws {
        let settings = try Alerting(try ShippedRules.alerting.text(), file: "alerts")
        #expect(settings.escalateAfter == .minutes(15) && settings.channels.isEmpty)
        let noon = Timestamp(milliseconds: 1_627_963_200_000)
        for hour in 0..<24 {
            for kind in AlertKind.allCases {
                let instant = noon.advanced(by: .hours(hour))
                #expect(settings.step(after: 0, for: kind, at: instant, in: .china) != nil)
            }
        }
    }

    @Test("ALERT-10: channels are read with their ways")
    func channels() throws {
        let settings = try Alerting(
            Self.head + """
                address: https://lab.example.org/
                language: zh
                channels:
                  - name: chat
                    webhook: { url: "http://127.0.0.1:80/x", headers: { X-Room: duty } }
                  - name: mail
                    mail:
                      server: smtps://mail.example.org
                      from: a@example.org
                      to: [b@example.org, c@example.org]
                      credentials_file: /etc/swabline/mail
                duty:
                  - { step: 1, role: technician, hours: "22:00-06:00", channels: [chat, mail] }
                  - { step: 2, role: supervisor, days: [mon], alerts: [breached] }

                """, file: "alerts")
        #expect(settings.language == .chinese && settings.duty.count == 2)
        #expect(settings.duty[0].hours == Duty.Hours(from: 1_320, to: 360))
        #expect(settings.duty[1].kinds == [.breached] && settings.duty[1].days == [.mon])
        guard case .mail(let server)? = settings.channel("mail")?.way else {
            Issue.record("no mail")
            return
        }
        #expect(server.to.count == 2 && server.domain == "example.org")
        #expect(server.credentials == .file("/etc/swabline/mail"))
    }

    private static func mail(_ server: String, _ from: String, _ to: String) -> String {
        let way = "server: \"\(server)\", from: \"\(from)\", to: \(to)"
        return head + duty + "channels: [{ name: m1, mail: { \(way) } }]\n"
    }

    private static func line(_ text: String) -> String { head + "duty: [{ step: \(text) }]\n" }

    static let faultySettings: [(String, String)] = {
        var faulty: [(String, String)] = []
        faulty.append((duty, "escalate_after"))
        faulty.append((head, "duty"))
        faulty.append((head + "duty: []\n", "duty"))
        faulty.append((line("1, role: collector"), "role"))
        faulty.append((line("0, role: technician"), "step"))
        faulty.append((line("1, role: technician, hours: \"8-8\""), "hours"))
        faulty.append((line("1, role: technician, channels: [x]"), "channels"))
        faulty.append((head + duty + "channels: [{ name: chat }]\n", "channels"))
        let clear = "channels: [{ name: chat, webhook: { url: \"http://a.org\" } }]\n"
        faulty.append((head + duty + clear, "url"))
        faulty.append((mail("http://a", "a@b", "[c@d]"), "server"))
        faulty.append((mail("smtps://a", "a b@c", "[c@d]"), "from"))
        faulty.append((mail("smtps://a", "a@b", "[]"), "to"))
        faulty.append((head + duty + "address: http://lab.example.org\n", "address"))
        return faulty
    }()

    @Test(
        "ALERT-10: what is wrong is told with its place",
        arguments: faultySettings)
    func faulty(text: String, place: String) {
        let faults = Self.faults(text)
        #expect(!faults.isEmpty && faults.contains { $0.contains(place) }, "\(faults)")
    }
}
