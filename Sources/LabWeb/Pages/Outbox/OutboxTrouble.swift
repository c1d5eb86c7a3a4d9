internal import LabDomain
internal import LabOperations
internal import LabStore

/// What cannot be written yet, with every reason.
struct HeldMessagesPage: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        let receiver: String
        let tube: String
        let tubePath: String?
        let person: String
        let says: String
        let since: String
        let reasons: [String]
    }

    let head: OutboxHead
    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager
    /// The form that writes them once more, for those who may.
    let again: OutboxForm?

    init(
        _ part: Part<HeldEntry>, _ names: [String], receiver: String?, after: String,
        for visit: Visit
    ) {
        head = OutboxHead(.held, names, receiver: receiver, for: visit)
        rows = part.rows.map { held in
            Row(
                receiver: held.receiver, tube: held.tube.text,
                tubePath: visit.leads(to: "/trace/:code")
                    ? "/trace/" + encoded(held.tube.text) : nil,
                person: held.person.text, says: visit.site.say(held.says.word, visit.language),
                since: visit.time(held.heldAt),
                reasons: held.reasons.map {
                    visit.site.say(Wording(plain: $0), visit.language)
                })
        }
        isEmpty = rows.isEmpty
        let path = OutboxHead.path(.held, [("receiver", receiver)])
        pager = Pager(part, on: path, after: after)
        again =
            visit.may(.exportReports) && !rows.isEmpty
            ? OutboxForm(receiver ?? "", back: path, for: visit) : nil
    }
}

/// A form of the outbox: about a message, or about what is held for a receiver.
struct OutboxForm: Hashable, Sendable {
    let subject: String
    let csrf: String
    let key: String
    let back: String

    init(_ subject: String, back: String, for visit: Visit) {
        self.subject = subject
        csrf = visit.csrf
        key = visit.newKey()
        self.back = back
    }
}

/// What receivers have refused: their words, and the fields that they mean.
struct RejectsPage: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        let message: String
        let path: String
        let receiver: String
        let tube: String
        let person: String
        let says: String
        let answered: String
        let words: RefusalWords
        let resend: OutboxForm
    }

    let head: OutboxHead
    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager

    init(
        _ part: Part<RejectEntry>, _ names: [String], receiver: String?, after: String,
        for visit: Visit
    ) {
        head = OutboxHead(.rejects, names, receiver: receiver, for: visit)
        let path = OutboxHead.path(.rejects, [("receiver", receiver)])
        rows = part.rows.map { entry in
            Row(
                message: entry.message.text, path: "/outbox/" + encoded(entry.message.text),
                receiver: entry.receiver, tube: entry.tube.text, person: entry.person.text,
                says: visit.site.say(entry.says.word, visit.language),
                answered: entry.answeredAt.map(visit.time) ?? "",
                words: RefusalWords(entry.answer, entry.words, for: visit),
                resend: OutboxForm(entry.message.text, back: path, for: visit))
        }
        isEmpty = rows.isEmpty
        pager = Pager(part, on: path, after: after)
    }
}

/// What a receiver said when it refused a message.
struct RefusalWords: Hashable, Sendable {
    struct Finding: Hashable, Sendable {
        let place: String
        let field: String?
        let words: String
        let code: String
        let severity: String
    }

    /// MSA-1.
    let answer: String
    let words: String
    let findings: [Finding]

    init(_ answer: String, _ kept: ReceiverWords?, for visit: Visit) {
        self.answer = answer
        words = kept?.words ?? ""
        findings = (kept?.findings ?? []).map {
            Finding(
                place: $0.place, field: Self.field($0.field, visit.words), words: $0.words,
                code: $0.code, severity: $0.severity)
        }
    }

    /// What stands in a field, in the reader's language where its name is known.
    private static func field(_ name: String, _ words: Catalogue) -> String? {
        name.isEmpty ? nil : words.text("outbox.field.\(name)") ?? name
    }
}
