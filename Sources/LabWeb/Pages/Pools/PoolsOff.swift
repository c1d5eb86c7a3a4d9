internal import LabDomain
internal import LabOperations

/// Why nothing of a class is pooled: too many of it are positive.
struct PoolsOff: Hashable, Sendable {
    let message: String
    /// What stands behind the share, and who can do what.
    let advice: [String]

    /// Nil for a class that may be pooled, or that the programme never pools.
    init?(_ own: PoolProposal.Class, for visit: Visit) {
        guard own.why.singly == .prevalence else { return nil }
        let words = visit.words
        let figures = [
            "class": words.word("risk", own.risk),
            "share": Figures.percent(own.why.prevalence),
            "limit": Figures.percent(own.why.highestPrevalence),
        ]
        message = words.say("poolPlan.off", figures)
        var said: [String] = []
        if let known = own.prevalence, own.plannedWith > known.prevalence {
            said.append(words.say("poolPlan.off.given"))
        } else if let known = own.prevalence, known.tests > 0 {
            said.append(
                words.say(
                    "poolPlan.off.measured",
                    ["tests": "\(known.tests)", "positive": "\(known.positive)"]))
        }
        let roles = Role.ofPeople.filter { $0.may(.adoptProgramme) }
        said.append(
            words.say(
                "poolPlan.off.who",
                [
                    "roles": roles.map { words.word("role", $0) }
                        .joined(separator: words.say("place.joint"))
                ]))
        advice = said
    }
}
