internal import HTTPTypes
internal import LabDomain
internal import LabOperations

/// Words for what cannot be shown or done.
struct TroublePage: Hashable, Sendable {
    let title: String
    let remedy: String
    let places: [String]
}

extension Page {
    static func trouble(
        _ flash: Flash, _ visit: Visit, _ status: HTTPResponse.Status
    ) -> Page {
        Page(
            visit.words.say("trouble.title"), "trouble",
            TroublePage(title: flash.message, remedy: flash.remedy, places: flash.places),
            frame: visit.someone == nil ? .door : .whole, status: status)
    }

    /// The words for a status, in the frame of whoever is signed in.
    static func trouble(_ status: HTTPResponse.Status, _ visit: Visit) -> Page {
        let key = "trouble.\(status.code)"
        let title = visit.words.say(key)
        return Page(
            title, "trouble",
            TroublePage(title: title, remedy: visit.words.say(key + ".remedy"), places: []),
            frame: visit.someone == nil ? .door : .whole, status: status)
    }

    /// Something that the role of the one who asks may not do, with the roles that may.
    static func trouble(notFor route: Route, _ visit: Visit) -> Page {
        let words = visit.words
        let roles = Role.ofPeople.filter(route.access.admits).map { words.word("role", $0) }
        let title = words.say("trouble.role", ["role": words.word("role", visit.role)])
        return Page(
            title, "trouble",
            TroublePage(
                title: title,
                remedy: words.say(
                    "trouble.role.remedy",
                    ["roles": roles.joined(separator: words.say("place.joint"))]),
                places: []), status: .forbidden)
    }
}

extension Flash {
    /// A refusal in the words of a language.
    init(_ told: Explanation, in words: Catalogue, visit: Visit) {
        self.init(
            isDone: false, message: visit.site.say(told.message, visit.language),
            remedy: visit.site.say(told.remedy, visit.language),
            places: told.places.map { visit.site.say(place: $0, visit) })
    }
}

extension Site {
    /// One faulty place in a line.
    func say(place: Refusal.Place, _ visit: Visit) -> String {
        var at: [String] = []
        let words = visit.words
        if let line = place.line { at.append(words.say("place.line", ["n": "\(line)"])) }
        if let column = place.column { at.append(words.say("place.column", ["n": "\(column)"])) }
        if let subject = place.subject { at.append(subject) }
        let message = say(place.message, visit.language)
        let remedy = say(place.remedy, visit.language)
        return [
            at.joined(separator: words.say("place.joint")), message, remedy,
        ].filter { !$0.isEmpty }.joined(separator: " · ")
    }
}
