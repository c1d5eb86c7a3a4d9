internal import LabDomain

extension Fact {
    /// What was sent to receivers, and changes of what was released, as sentences of a story.
    var outboxWords: Wording {
        switch self {
        case .receiverAdopted(let fact): "receiver \(fact.name) adopted"
        case .receiverRetired(let fact): "receiver \(fact.name) gets nothing more"
        case .messageMade(let fact):
            "message \(fact.message) to \(fact.receiver) made for \(fact.person): \(fact.says.word)"
        case .messageHeld(let fact):
            """
            message to \(fact.receiver) about \(fact.person) held: \
            \(fact.reasons.joined(separator: "; "))
            """
        case .messagesDropped(let fact):
            "message to \(fact.receiver) about \(fact.person) is not sent any more"
        case .messagesSent(let fact): "\(fact.messages.count) messages leave for \(fact.receiver)"
        case .messagesAnswered(let fact):
            """
            \(fact.receiver) answered: \(fact.outcomes.count { $0.result == .accepted }) accepted, \
            \(fact.outcomes.count { $0.result == .rejected }) rejected
            """
        case .messageReturned(let fact): "message \(fact.message) is sent again as it is"
        case .amendmentProposed(let fact):
            switch fact.change {
            case .correction(let outcome):
                """
                \(fact.amendment): the result of \(fact.person) should be \(outcome.word) \
                (\(fact.reason.meaning)), awaits a second signature
                """
            case .withdrawal:
                """
                \(fact.amendment): the result of \(fact.person) should be withdrawn \
                (\(fact.reason.meaning)), awaits a second signature
                """
            }
        case .amendmentDecided(let fact):
            fact.isAccepted
                ? "change \(fact.amendment) signed by a second person"
                : "change \(fact.amendment) refused"
        default: ""
        }
    }
}
