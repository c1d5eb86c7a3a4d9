internal import LabDomain
internal import LabOperations

/// The receivers of reports.
struct ReceiversPage: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        let name: String
        let path: String
        let profile: String
        let encoding: String
        let codes: String
        let transport: String
        let adopted: String
        let isRetired: Bool
    }

    let rows: [Row]
    let isEmpty: Bool

    init(_ receivers: [ReceiverEntry], for visit: Visit) {
        rows = receivers.map {
            Row(
                name: $0.name, path: "/receivers/" + encoded($0.name), profile: $0.profile,
                encoding: $0.encoding.rawValue, codes: Self.codes($0.codes, visit.words),
                transport: $0.transport, adopted: visit.site.zone.minuteText($0.adoptedAt),
                isRetired: $0.isRetired)
        }
        isEmpty = receivers.isEmpty
    }

    /// The codes in the reader's words; a table has its own name.
    static func codes(_ codes: String, _ words: Catalogue) -> String {
        words.text("receivers.codes.\(codes)") ?? codes
    }
}

/// One receiver, or a new one, with its settings.
struct ReceiverPage: Hashable, Sendable {
    /// A receiver that is known.
    struct Known: Hashable, Sendable {
        let name: String
        let profile: String
        let encoding: String
        let codes: String
        let transport: String
        let adopted: String
        let isRetired: Bool
        let waiting: Int
        let rejected: Int
        let askRetire: String
        let csrf: String
        let key: String
        let back: String
    }

    let title: String
    let known: Known?
    let form: RulesForm

    init(_ entry: ReceiverEntry?, _ counts: WaitingMessages, _ form: RulesForm, for visit: Visit) {
        title = entry?.name ?? visit.words.say("receivers.new")
        known = entry.map {
            Known(
                name: $0.name, profile: $0.profile, encoding: $0.encoding.rawValue,
                codes: ReceiversPage.codes($0.codes, visit.words), transport: $0.transport,
                adopted: visit.site.zone.minuteText($0.adoptedAt),
                isRetired: $0.isRetired, waiting: counts.waiting, rejected: counts.rejected,
                askRetire: visit.words.say("receivers.retireAsk", ["name": $0.name]),
                csrf: visit.csrf, key: visit.newKey(), back: "/receivers")
        }
        self.form = form
    }
}

/// What a receiver has not taken.
struct WaitingMessages: Hashable, Sendable {
    let waiting: Int
    let rejected: Int
}
