internal import LabDomain
internal import LabOperations
internal import LabStore

/// What every page of the outbox shows: its tabs, and the receivers to choose from.
struct OutboxHead: Hashable, Sendable {
    enum Tab: String, CaseIterable {
        case messages
        case held
        case rejects

        var path: String { self == .messages ? "/outbox" : "/outbox/\(rawValue)" }
    }

    struct TabLink: Hashable, Sendable {
        let path: String
        let text: String
        let isHere: Bool
    }

    /// Something to choose in a list.
    struct Choice: Hashable, Sendable {
        let value: String
        let text: String
        let isChosen: Bool
    }

    let tabs: [TabLink]
    /// Where the form of choices leads.
    let path: String
    let receivers: [Choice]

    init(_ tab: Tab, _ names: [String], receiver: String?, for visit: Visit) {
        // Whoever may not read what receivers say has no way there.
        tabs = Tab.allCases.filter { visit.leads(to: $0.path) }.map {
            TabLink(
                path: $0.path, text: visit.words.say("outbox.tab.\($0.rawValue)"),
                isHere: $0 == tab)
        }
        path = tab.path
        receivers = names.map { Choice(value: $0, text: $0, isChosen: $0 == receiver) }
    }

    /// The address of a tab with what was chosen.
    static func path(_ tab: Tab, _ chosen: [(String, String?)]) -> String {
        let parts = chosen.compactMap { name, value in value.map { "\(name)=\(encoded($0))" } }
        return parts.isEmpty ? tab.path : tab.path + "?" + parts.joined(separator: "&")
    }
}

/// What goes to each receiver, in counts and message by message.
struct OutboxPage: Hashable, Sendable {
    /// How much waits for one receiver; each count leads to what it counts.
    struct ReceiverRow: Hashable, Sendable {
        let name: String
        let path: String
        let waiting: Count
        let unanswered: Count
        let accepted: Count
        let rejected: Count
        let held: Count
        let due: Due?
        let rowClass: String
    }

    struct Count: Hashable, Sendable {
        let n: Int
        /// Not `path`: a row around it has one, where a template would find it instead of none.
        let to: String?
    }

    let head: OutboxHead
    let receiverRows: [ReceiverRow]
    let hasReceivers: Bool
    let states: [OutboxHead.Choice]
    let tube: String
    let isFiltered: Bool
    let rows: [MessageRow]
    let isEmpty: Bool
    let pager: Pager

    init(
        _ counts: [OutboxCounts], _ part: Part<StoredMessage>, _ filter: OutboxFilter,
        after: String, for visit: Visit
    ) {
        head = OutboxHead(
            .messages, counts.map(\.receiver), receiver: filter.receiver, for: visit)
        receiverRows = counts.map { Self.row($0, for: visit) }
        hasReceivers = !counts.isEmpty
        states = MessageState.allCases.map {
            OutboxHead.Choice(
                value: $0.rawValue, text: visit.site.say($0.word, visit.language),
                isChosen: $0 == filter.state)
        }
        tube = filter.tube?.text ?? ""
        isFiltered = filter != OutboxFilter()
        rows = part.rows.map { MessageRow($0, for: visit) }
        isEmpty = rows.isEmpty
        pager = Pager(
            part,
            on: OutboxHead.path(
                .messages,
                [
                    ("receiver", filter.receiver), ("state", filter.state?.rawValue),
                    ("tube", filter.tube?.text),
                ]), after: after)
    }

    private static func row(_ counts: OutboxCounts, for visit: Visit) -> ReceiverRow {
        func count(_ n: Int, _ state: MessageState) -> Count {
            Count(
                n: n,
                to: n == 0
                    ? nil
                    : OutboxHead.path(
                        .messages, [("receiver", counts.receiver), ("state", state.rawValue)]))
        }
        func count(_ n: Int, _ tab: OutboxHead.Tab) -> Count {
            let mayLook = n > 0 && visit.leads(to: tab.path)
            return Count(
                n: n,
                to: mayLook ? OutboxHead.path(tab, [("receiver", counts.receiver)]) : nil)
        }
        let due = counts.oldestDue.map { Due($0, for: visit) }
        return ReceiverRow(
            name: counts.receiver,
            path: OutboxHead.path(.messages, [("receiver", counts.receiver)]),
            waiting: Count(n: counts.waiting, to: nil),
            unanswered: count(counts.unanswered, MessageState.sent),
            accepted: count(counts.accepted, MessageState.accepted),
            rejected: count(counts.rejected, OutboxHead.Tab.rejects),
            held: count(counts.held, OutboxHead.Tab.held), due: due,
            rowClass: due?.isLate == true || counts.rejected > 0 ? "late" : "")
    }
}

/// A message in a list.
struct MessageRow: Hashable, Sendable {
    let id: String
    let path: String
    let receiver: String
    let tube: String
    let tubePath: String?
    let person: String
    let says: String
    let version: Int
    let isUrgent: Bool
    let state: String
    let kind: String
    let sign: String
    let made: String
    let due: String
    let tries: Int
    let answer: String?

    init(_ message: StoredMessage, for visit: Visit) {
        id = message.id.text
        path = "/outbox/" + encoded(message.id.text)
        receiver = message.receiver
        tube = message.tube.text
        tubePath =
            visit.leads(to: "/trace/:code") ? "/trace/" + encoded(message.tube.text) : nil
        person = message.person.text
        says = visit.site.say(message.says.word, visit.language)
        version = message.version
        isUrgent = message.isUrgent
        state = visit.site.say(message.state.word, visit.language)
        (kind, sign) = (message.state.kind, message.state.sign)
        made = visit.time(message.madeAt)
        due = visit.time(message.dueAt)
        tries = message.tries
        answer = message.answer
    }
}

extension MessageState {
    /// The colour of a tag; the sign and the word say the same without it.
    var kind: String {
        switch self {
        case .made, .superseded: ""
        case .sent: "accent"
        case .accepted, .corrected: "good"
        case .rejected: "bad"
        }
    }

    var sign: String {
        switch self {
        case .made: "·"
        case .sent: "→"
        case .accepted: "✓"
        case .corrected: "✓✓"
        case .rejected: "✗"
        case .superseded: "–"
        }
    }
}
