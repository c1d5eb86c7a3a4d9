internal import LabDomain
internal import LabOperations

/// Tubes of sampling desks that wait for somebody's decision.
struct DeskTubesPage: Hashable, Sendable {
    struct Person: Hashable, Sendable {
        let name: String
        let telephone: String
        let at: String
        let isCorrected: Bool
        let again: String?
        let knownAs: String?
    }

    /// Another filling of the same tube.
    struct Other: Hashable, Sendable {
        let id: String
        let text: String
    }

    struct Tube: Hashable, Sendable {
        let id: String
        let path: String
        let tube: String
        let cause: String
        let origin: String
        let since: String
        let by: String
        let count: String
        let people: [Person]
        let canCorrectNames: Bool
        let hasOthers: Bool
        let others: [Other]
        let key: String
    }

    let csrf: String
    let tubes: [Tube]
    let isEmpty: Bool

    init(_ waiting: [DeskTubeToSettle], for visit: Visit) {
        csrf = visit.csrf
        let words = visit.words
        tubes = waiting.map { found in
            Tube(
                id: found.tube.id.text, path: "/desk/tubes/\(encoded(found.tube.id.text))/settle",
                tube: found.tube.tube.text,
                cause: found.tube.cause.map { words.word("deskCause", $0) }
                    ?? words.say("deskTubes.neverClosed"),
                origin: [found.tube.unit, found.tube.site].filter { !$0.isEmpty }
                    .joined(separator: " · "),
                since: visit.time(found.openedAt),
                by: found.by.joined(separator: words.say("place.joint")),
                count: words.count("deskAnswer.people", found.people.count),
                people: found.people.map { person in
                    Person(
                        name: person.name.isEmpty
                            ? words.say("deskTubes.unreadable") : person.name,
                        telephone: person.telephone, at: visit.time(person.at),
                        isCorrected: person.isCorrected, again: person.again?.text,
                        knownAs: person.knownAs)
                },
                canCorrectNames: found.people.contains { $0.knownAs != nil },
                hasOthers: !found.others.isEmpty,
                others: found.others.map { other in
                    Other(
                        id: other.id.text,
                        text: [
                            visit.time(other.openedAt),
                            other.by.joined(separator: words.say("place.joint")),
                            words.count("deskAnswer.people", other.people),
                        ].joined(separator: " · "))
                },
                key: visit.newKey())
        }
        isEmpty = tubes.isEmpty
    }
}
