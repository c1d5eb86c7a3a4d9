internal import LabDomain
internal import LabOperations

/// The words of reasons and lengths that the pages of pools say in both languages.
extension Catalogue {
    /// A scheme as it is written everywhere, or the word for single tests.
    func scheme(_ scheme: PoolScheme?) -> String {
        scheme?.description ?? say("pools.singly")
    }

    /// A length of time in hours and minutes.
    func length(_ span: Span) -> String {
        let minutes = span.milliseconds.magnitude / 60_000
        return say(
            minutes < 60 ? "pools.minutes" : "pools.hours",
            ["h": "\(minutes / 60)", "m": "\(minutes % 60)"])
    }
}

extension Refusal {
    /// Whether it says that a tube waits for no first test any more.
    var tellsOfChange: Bool { places.contains { $0.code == "not-waiting" } }
}

extension Visit {
    /// A refusal to form pools in the words of the page; `numbers` are the pools' numbers on it, in
    /// the order in which they were named.
    func words(for refusal: Refusal, numbers: [Int]) -> Flash {
        let change = refusal.tellsOfChange ? "poolPlan.changed" : "poolPlan.refused"
        let isNothing = refusal.code == .nothingToDo
        let known = isNothing ? "poolPlan.nothing" : change
        guard isNothing || !refusal.places.isEmpty else {
            return Flash(Explanation(refusal), in: words, visit: self)
        }
        return Flash(
            isDone: false, message: words.say(known), remedy: words.say(known + ".remedy"),
            places: refusal.places.map { place($0, numbers) })
    }

    private func place(_ place: Refusal.Place, _ numbers: [Int]) -> String {
        let key = "poolFault.\(place.code)"
        guard words.text(key) != nil else { return site.say(place: place, self) }
        var subject = place.subject ?? ""
        if subject.hasPrefix("pool "), let index = Int(subject.dropFirst(5)),
            numbers.indices.contains(index - 1)
        {
            subject = words.say("pools.number", ["n": "\(numbers[index - 1])"])
        }
        return words.say("poolFault", ["subject": subject, "fault": words.say(key)])
    }
}
