internal import HTTPTypes
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
