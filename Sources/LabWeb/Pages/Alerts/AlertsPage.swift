internal import LabDomain
internal import LabOperations

/// What those on duty must know: the open alerts, or the last ones.
struct AlertsPage: Hashable, Sendable {
    /// So many are shown at most, the most telling first.
    static let most = 50

    let rows: [AlertRow]
    let isEmpty: Bool
    /// How many are left out, when there are many.
    let more: String?
    let isAll: Bool
    /// Whether the settings that come with the program hold: nobody has adopted others.
    let isUnset: Bool

    init(_ alerts: [AlertLine], isAll: Bool, isUnset: Bool, for visit: Visit) {
        rows = alerts.prefix(Self.most).map {
            AlertRow($0, back: isAll ? "/alerts?all=1" : "/alerts", for: visit)
        }
        let left = alerts.count - rows.count
        more = left > 0 ? visit.words.count("alerts.more", left) : nil
        isEmpty = alerts.isEmpty
        self.isAll = isAll
        self.isUnset = isUnset
    }
}

/// One alert.
struct AlertRow: Hashable, Sendable {
    struct Cause: Hashable, Sendable {
        let value: String
        let text: String
    }

    let id: String
    let kind: String
    /// The tag's colour and sign: colour never tells alone.
    let tag: String
    let sign: String
    let box: String?
    let path: String?
    let clock: String?
    let tubes: String
    let limit: String
    let predicted: String?
    let raised: String
    let told: String
    let isMine: Bool
    /// Who has acknowledged it and when; nil while nobody has.
    let seen: String?
    let closed: String?
    let needsCause: Bool
    let mayAcknowledge: Bool
    /// Whether the form asks for a cause.
    let asksCause: Bool
    let causes: [Cause]
    let csrf: String
    let key: String
    let back: String

    init(_ alert: AlertLine, back: String, for visit: Visit) {
        let isOpen = alert.state != .closed
        id = alert.alert.text
        kind = visit.words.word("alertKind", alert.kind)
        (tag, sign) = Self.tag(of: alert.kind)
        box = alert.box?.text
        path = alert.box.flatMap { visit.path(of: $0) }
        clock = alert.rule.map { visit.clock($0) }
        tubes = alert.box == nil ? "–" : "\(alert.tubes)"
        limit = alert.due.map(visit.time) ?? "–"
        predicted = alert.predicted.map {
            visit.words.say("alerts.expected", ["at": visit.time($0)])
        }
        raised = visit.time(alert.raised)
        told =
            alert.step == 0
            ? visit.words.say("alerts.nobody")
            : visit.words.say("alerts.step", ["n": "\(alert.step)"])
        isMine = alert.isMine
        seen = alert.acknowledgedBy.map { by in
            visit.words.say(
                "alerts.seenBy",
                ["by": by, "at": alert.acknowledged.map(visit.time) ?? ""])
        }
        closed =
            alert.state == .open ? nil : visit.words.word("alertState", alert.state)
        needsCause = isOpen && alert.needsCause
        asksCause = isOpen && alert.needsCause && visit.may(.explainBreach)
        mayAcknowledge =
            isOpen && visit.may(.acknowledgeAlert) && (alert.acknowledgedBy == nil || asksCause)
        causes =
            asksCause
            ? BreachCause.allCases.map {
                Cause(value: $0.rawValue, text: visit.site.say($0.meaning, visit.language))
            } : []
        csrf = visit.csrf
        key = visit.newKey()
        self.back = back
    }

    private static func tag(of kind: AlertKind) -> (String, String) {
        switch kind {
        case .halfWindow: ("", "◐")
        case .willBreach: ("warn", "▲")
        case .breached: ("bad", "✗")
        case .clockJumped: ("bad", "⏲")
        }
    }
}
