package import LabDomain
package import LabSettings

extension Receiver {
    /// Reads a receiver out of its settings.
    /// - Parameters:
    ///   - text: YAML; `Rules/receiver.yaml` shows every key.
    ///   - file: The file's name as complaints shall show it.
    /// - Throws: `SettingsFaults` with everything that is wrong and where.
    package init(_ text: String, file: String) throws(SettingsFaults) {
        var read = SettingsReader(try SettingsDocument(text, name: file).root)
        let name = read.value(
            "name", expecting: "2 to 40 of a-z, 0-9 and hyphens, beginning with a letter"
        ) { Receiver.isName($0) ? $0 : nil }
        let encoding = read.choice("encoding", of: Encoding.self)
        let profile = Self.profile(&read, encoding: encoding)
        let codes = Self.codes(&read)
        let transport = read.mapping("transport") {
            Self.transport(&$0, profile: profile, encoding: encoding)
        }
        let application = read.mapping("application", Self.party)
        let facility = read.mapping("facility", Self.party)
        let schedule = read.ifPresent("schedule", Self.schedule) ?? SendingSchedule(.atOnce)
        let wanted = read.ifPresent("send", Self.wanted) ?? Wanted()
        let patience = read.ifPresent("answer_within") {
            Span($0.duration(in: .seconds(1) ... .seconds(600)))
        }
        try read.finish()
        guard let name, let codes, let transport, let application, let facility else {
            preconditionFailure("`finish` throws first.")
        }
        var answers = profile == .acknowledged
        if encoding.isFHIR, case .http = transport { answers = true }
        self.init(
            name: name, answers: answers, encoding: encoding, codes: codes,
            transport: transport, application: application, facility: facility,
            schedule: schedule, wanted: wanted, patience: patience ?? .seconds(30))
    }

    /// The profile of an HL7 v2 message; FHIR has none of them.
    private static func profile(
        _ read: inout SettingsReader, encoding: Encoding
    ) -> ReceiverProfile? {
        guard encoding.isFHIR else { return read.choice("profile", of: ReceiverProfile.self) }
        if read.has("profile") {
            read.refuse(
                "these profiles are of HL7 v2; leave the key out, HTTP's status is the answer",
                at: "profile")
        }
        return nil
    }

    private static func party(_ item: inout SettingsReader) -> Report.Party? {
        let name = item.value("name", expecting: "the name of a house or system") {
            $0.allSatisfy(\.isWhitespace) ? nil : $0
        }
        let oid = item.value("oid", expecting: "an object identifier like 2.16.840.1.113883.19") {
            Report.Party.isOID($0) ? $0 : nil
        }
        guard let name, let oid else { return nil }
        return Report.Party(name: name, oid: oid)
    }

    private static func transport(
        _ item: inout SettingsReader, profile: ReceiverProfile?, encoding: Encoding
    ) -> Transport? {
        let folder = item.ifPresent("folder") { $0.string() }
        let http = item.ifPresent("http", Self.http)
        let mllp = item.ifPresent("mllp", Self.mllp)
        guard item.isSound else { return nil }
        let ways = [folder.map(Transport.folder), http.map(Transport.http), mllp].compactMap(\.self)
        guard ways.count == 1 else {
            item.refuse("name one way: folder, http or mllp")
            return nil
        }
        if case .folder(let path) = ways[0] {
            if profile == .acknowledged {
                item.refuse("a folder does not answer; use PHLabReport-NoAck", at: "folder")
            }
            if !path.hasPrefix("/") {
                item.refuse("the folder is not absolute; begin it with /", at: "folder")
            }
        }
        if case .mllp = ways[0], encoding.isFHIR {
            item.refuse(
                "MLLP carries HL7 v2 alone; send FHIR by http or into a folder", at: "mllp")
        }
        if case .mllp = ways[0], profile == .unacknowledged {
            item.refuse(
                "nothing tells over MLLP that a message arrived; use PHLabReport-Ack", at: "mllp")
        }
        return ways[0]
    }

    private static func mllp(_ item: inout SettingsReader) -> Transport? {
        let host = item.string("host")
        let port = item.int("port", in: 1...65_535)
        let isPrivate = item.ifPresent("private_line") { $0.bool() } ?? false
        if !isPrivate, !isThisMachine(host) {
            item.refuse(
                """
                names would cross a network in clear; send to a TLS tunnel on 127.0.0.1, or say \
                'private_line: true'
                """, at: "host")
        }
        return .mllp(host: host, port: port)
    }

    static func http(_ item: inout SettingsReader) -> HTTP? {
        let url = item.value("url", expecting: "an address like https://host/path", Self.url)
        let type = item.optionalString("content_type")
        let headers = item.ifPresent("headers") { headers in
            headers.entries { name, value in Header(name: name, value: value.string()) }
                .map(\.value)
        }
        for header in headers ?? [] where !isHeader(header) {
            item.refuse(
                "a header is letters, digits and hyphens, and a value of one line", at: "headers")
        }
        if headers?.contains(where: { $0.name.lowercased() == "authorization" }) == true {
            item.refuse("no secrets here; use 'credentials' with a file", at: "headers")
        }
        let credentials = item.ifPresent("credentials", Self.credentials)
        let certificates = item.optionalString("certificates")
        guard let url else { return nil }
        return HTTP(
            url: url, contentType: type, headers: headers ?? [], credentials: credentials,
            certificates: certificates)
    }

    private static func credentials(_ item: inout SettingsReader) -> Credentials? {
        let scheme = item.choice("scheme", of: Credentials.Scheme.self)
        let file = item.optionalString("file")
        let variable = item.optionalString("environment")
        guard (file == nil) != (variable == nil) else {
            item.refuse("name a 'file' or an 'environment' variable that holds the secret")
            return nil
        }
        return Credentials(
            scheme: scheme,
            place: file.map(Credentials.Place.file) ?? .environment(variable ?? ""))
    }

    /// Either TLS or this machine: names never cross a network in clear.
    static func url(_ text: String) -> String? {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        if text.hasPrefix("https://"), text.utf8.count > 8 { return text }
        guard text.hasPrefix("http://") else { return nil }
        let host = text.dropFirst(7).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let name =
            host.hasPrefix("[")
            ? host.dropFirst().prefix { $0 != "]" } : host.prefix { $0 != ":" }
        return !host.contains("@") && isThisMachine(String(name)) ? text : nil
    }

    static func isThisMachine(_ host: String) -> Bool {
        ["127.0.0.1", "::1", "localhost"].contains(host)
    }

    private static func isHeader(_ header: Header) -> Bool {
        let name = header.name.utf8
        return !name.isEmpty
            && name.allSatisfy { $0 == 45 || (0x30...0x39).contains($0) || isLetter($0) }
            && header.value.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func schedule(_ item: inout SettingsReader) -> SendingSchedule? {
        let isAtOnce = item.ifPresent("at_once") { $0.bool() } ?? false
        let every = item.ifPresent("every") {
            Span($0.duration(in: .seconds(60) ... .seconds(86_400)))
        }
        let times = item.ifPresent("at") { list in
            list.list { item in item.value(nil, expecting: "a time like 08:30", Self.minute) }
        }
        let isUrgentAtOnce = item.ifPresent("urgent_at_once") { $0.bool() } ?? true
        guard item.isSound else { return nil }
        let ways: [SendingSchedule.Times] =
            (isAtOnce ? [.atOnce] : []) + (every.map { [.every($0)] } ?? [])
            + (times.map { $0.isEmpty ? [] : [.at($0.sorted())] } ?? [])
        guard ways.count == 1 else {
            item.refuse("name one of 'at_once: true', 'every' and 'at'")
            return nil
        }
        return SendingSchedule(ways[0], urgentAtOnce: isUrgentAtOnce)
    }

    /// A time of the day as its minute: `08:30` is 510.
    static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.count == 2, (1...2).contains(parts[0].utf8.count),
            let hour = Int(parts[0]), let minute = Int(parts[1]), (0..<24).contains(hour),
            (0..<60).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }

    private static func wanted(_ item: inout SettingsReader) -> Wanted? {
        let results =
            item.ifPresent("results") { $0.choice(of: Wanted.Results.self) } ?? .all
        let units = item.ifPresent("units") { $0.list { $0.string() } }
        let sites = item.ifPresent("sites") { $0.list { $0.string() } }
        return Wanted(
            results: results, units: Set(units ?? []), sites: Set(sites ?? []),
            preliminaryPools: item.ifPresent("preliminary_pools") { $0.bool() } ?? false,
            cancellations: item.ifPresent("cancellations") { $0.bool() } ?? false)
    }
}

/// The two profiles of the guide for public health reports (ELR R1, 2010).
enum ReceiverProfile: String, CaseIterable {
    case unacknowledged = "PHLabReport-NoAck"
    case acknowledged = "PHLabReport-Ack"
}
