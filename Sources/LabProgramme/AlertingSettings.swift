package import LabDomain
package import LabSettings

extension Alerting {
    /// Reads who is told of what.
    /// - Parameters:
    ///   - text: YAML; `Rules/alerting.yaml` shows every key.
    ///   - file: The file's name as complaints shall show it.
    /// - Throws: `SettingsFaults` with everything that is wrong and where.
    package init(_ text: String, file: String) throws(SettingsFaults) {
        var read = SettingsReader(try SettingsDocument(text, name: file).root)
        let escalate = Span(read.duration("escalate_after", in: .seconds(60) ... .seconds(86_400)))
        let language = read.ifPresent("language") { $0.choice(of: Language.self) } ?? .english
        let address = read.ifPresent("address") {
            $0.value(nil, expecting: "an address like https://host/", Receiver.url)
        }
        let channels = read.ifPresent("channels") { list in list.list(nil, Self.channel) } ?? []
        let duty = read.list("duty") { Self.duty(&$0, channels: Set(channels.map(\.name))) }
        if Set(channels.map(\.name)).count < channels.count {
            read.refuse("two channels have one name", at: "channels")
        }
        if duty.isEmpty, read.isSound { read.refuse("name somebody on duty", at: "duty") }
        try read.finish()
        self.init(
            duty: duty, channels: channels, escalateAfter: escalate, address: address ?? nil,
            language: language)
    }

    private static func channel(_ item: inout SettingsReader) -> Channel? {
        let name = item.value(
            "name", expecting: "2 to 40 of a-z, 0-9 and hyphens, beginning with a letter"
        ) { Receiver.isName($0) ? $0 : nil }
        let webhook = item.ifPresent("webhook", Receiver.http)
        let mail = item.ifPresent("mail", Self.mail)
        guard item.isSound, let name else { return nil }
        let ways: [Channel.Way] =
            [(webhook ?? nil).map(Channel.Way.webhook), (mail ?? nil).map(Channel.Way.mail)]
            .compactMap(\.self)
        guard ways.count == 1 else {
            item.refuse("name one way: webhook or mail")
            return nil
        }
        return Channel(name: name, way: ways[0])
    }

    private static func mail(_ item: inout SettingsReader) -> MailServer? {
        let url = item.value(
            "server", expecting: "smtps://host or smtp://host:587 (TLS, except on this machine)",
            Self.server)
        let from = item.value("from", expecting: "a mail address", Self.address)
        let to = item.list("to") { $0.value(nil, expecting: "a mail address", Self.address) }
        if to.isEmpty, item.isSound { item.refuse("name a recipient", at: "to") }
        let file = item.optionalString("credentials_file")
        let variable = item.optionalString("credentials_environment")
        if file != nil, variable != nil {
            item.refuse("name a file or a variable with the credentials, not both")
        }
        let certificates = item.optionalString("certificates")
        guard item.isSound, let url, let from else { return nil }
        return MailServer(
            url: url, from: from, to: to,
            credentials: file.map(Receiver.Credentials.Place.file)
                ?? variable.map(Receiver.Credentials.Place.environment),
            certificates: certificates)
    }

    private static func address(_ text: String) -> String? {
        MailServer.isAddress(text) ? text : nil
    }

    /// A host with a port or none, and nothing behind it.
    private static func server(_ text: String) -> String? {
        let schemes = ["smtps://", "smtp://"]
        guard let scheme = schemes.first(where: text.hasPrefix) else { return nil }
        let host = text.dropFirst(scheme.count)
        let isPlain = host.utf8.allSatisfy {
            $0 == 45 || $0 == 46 || $0 == 58 || (48...57).contains($0) || (65...90).contains($0)
                || (97...122).contains($0)
        }
        return !host.isEmpty && isPlain ? text : nil
    }

    private static func duty(_ item: inout SettingsReader, channels: Set<String>) -> Duty? {
        let step = item.int("step", in: 1...9)
        let role = item.choice("role", of: Role.self)
        if !role.may(.acknowledgeAlert) {
            item.refuse(
                "this role cannot acknowledge; name technician, supervisor or administrator",
                at: "role")
        }
        let hours = item.ifPresent("hours") {
            $0.value(nil, expecting: "hours like '08:00-20:00'", Self.hours)
        }
        let days = item.ifPresent("days") { list in
            list.list { $0.choice(of: Duty.Day.self) }
        }
        let kinds = item.ifPresent("alerts") { list in
            list.list { $0.choice(of: AlertKind.self) }
        }
        let told = item.ifPresent("channels") { list in list.list { $0.string() } } ?? []
        for name in told where !channels.contains(name) {
            item.refuse("no channel has the name '\(name)'", at: "channels")
        }
        guard item.isSound else { return nil }
        return Duty(
            step: step, role: role, hours: hours ?? nil,
            days: Set(days ?? Duty.Day.allCases), kinds: Set(kinds ?? AlertKind.allCases),
            channels: told)
    }

    private static func hours(_ text: String) -> Duty.Hours? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
            .map { Receiver.minute(String($0)) }
        guard ends.count == 2, let from = ends[0], let to = ends[1] else { return nil }
        return Duty.Hours(from: from, to: to)
    }
}
