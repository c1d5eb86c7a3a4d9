internal import LabDomain
internal import LabOperations

/// The field for the share of positives that somebody knows of in one class.
struct PoolShareField: Hashable, Sendable {
    let risk: String
    let name: String
    /// What was typed.
    let value: String
    /// Why it is not taken: it is no share.
    let fault: String?
    /// What the share did to the plan.
    let note: String?

    /// The fields of every class that may be pooled; without a proposal they tell no effect.
    static func fields(
        of wishes: PoolWishes, in proposal: PoolProposal?, for visit: Visit
    ) -> [PoolShareField] {
        let words = visit.words
        let unreadable = PoolWishes.unreadable(visit.query)
        return RiskClass.allCases.filter { $0 != .key }.map { risk in
            let given = wishes.prevalence[risk]
            return PoolShareField(
                risk: risk.rawValue, name: words.word("risk", risk),
                value: unreadable[risk] ?? given.map { PoolWishes.percent($0) } ?? "",
                fault: unreadable[risk] == nil ? nil : words.say("poolPlan.share.bad"),
                note: proposal.flatMap { proposal in
                    given.map { note($0, proposal.classes.first { $0.risk == risk }, words) }
                })
        }
    }

    private static func note(
        _ given: Double, _ own: PoolProposal.Class?, _ words: Catalogue
    ) -> String {
        guard let own else { return words.say("poolPlan.share.none") }
        let known = own.prevalence.map { Figures.percent($0.prevalence) }
        let key =
            own.plannedWith > given
            ? "poolPlan.share.below"
            : known == nil ? "poolPlan.share.alone" : "poolPlan.share.taken"
        return words.say(
            key, ["given": Figures.percent(own.plannedWith), "known": known ?? ""])
    }
}

extension PoolProposal.Class {
    /// Whether none of it can be pooled, whatever the scheme.
    var isOff: Bool { why.singly == .prevalence || why.singly == .neverPooled }
}
