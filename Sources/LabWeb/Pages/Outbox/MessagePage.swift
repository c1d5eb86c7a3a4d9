internal import LabDomain
internal import LabOperations
internal import LabStore

/// One message: where it stands, what was answered, and what can be done.
struct MessagePage: Hashable, Sendable {
    /// One of the times of a message.
    struct Moment: Hashable, Sendable {
        let name: String
        let at: String
    }

    let row: MessageRow
    let moments: [Moment]
    let place: String?
    let refusal: RefusalWords?
    let versions: [MessageRow]
    let hasVersions: Bool
    let resend: OutboxForm?
    /// Where the message is shown as it is sent, for those who may see people.
    let contentPath: String?
    let content: String?
    let hash: String

    init(_ story: MessageStory, content: String?, for visit: Visit) {
        let message = story.message
        row = MessageRow(message, for: visit)
        let times: [(String, Timestamp?)] = [
            ("released", message.releasedAt), ("made", message.madeAt), ("due", message.dueAt),
            ("sent", message.sentAt), ("next", message.state == .sent ? message.nextAt : nil),
            ("answered", message.answeredAt),
        ]
        moments = times.compactMap { name, at in
            at.map {
                Moment(
                    name: visit.words.say("outbox.at.\(name)"),
                    at: visit.site.zone.minuteText($0))
            }
        }
        place = message.place
        let isRefused = message.state == .rejected
        refusal =
            isRefused ? RefusalWords(message.answer ?? "", story.words, for: visit) : nil
        versions = story.versions.filter { $0.id != message.id }.map {
            MessageRow($0, for: visit)
        }
        hasVersions = !versions.isEmpty
        resend =
            isRefused && visit.may(.exportReports)
            ? OutboxForm(message.id.text, back: row.path, for: visit) : nil
        contentPath = Self.mayRead(visit) && content == nil ? row.path + "?content=1" : nil
        self.content = content
        hash = message.hash.array.map { Self.hex($0) }.joined()
    }

    /// A message names its person.
    static func mayRead(_ visit: Visit) -> Bool {
        visit.may(.exportReports) && visit.may(.seePeople)
    }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
