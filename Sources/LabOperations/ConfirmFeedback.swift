package import LabDomain
internal import LabStore

/// Records that the sending unit has the results of a box: the feedback clock stops for good.
///
/// A sending unit confirms its own tubes; a box without any is unknown to it (ACT-4).
package struct ConfirmFeedback: Command, Encodable {
    package static let verb = Verb.confirmFeedback

    let box: String

    /// What was delivered and what is still to come.
    package struct Answer: Codable, Sendable {
        package let box: BoxID
        package let delivered: Int
        /// Tubes of the box without a result yet.
        package let waiting: Int
    }

    /// A known delivery of everything that a box has ready.
    package init(box: String) {
        self.box = box
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let id = BoxID(normalised(box))
        let scope = try work.scope
        guard try work.transaction.box(id, of: scope) != nil else {
            throw Refusal(
                .unknown, "There is no such box.", remedy: "See swabline box list.")
        }
        let (ready, waiting) = try work.transaction.undelivered(in: id, of: scope)
        guard !ready.isEmpty else {
            throw Refusal(
                .nothingToDo,
                "The box \(id) has no result that is released and not delivered yet.",
                remedy: waiting > 0
                    ? "\(waiting) tubes wait for theirs; see swabline clocks."
                    : "Nothing is to be done.")
        }
        try work.transaction.append([
            .feedbackDelivered(FeedbackDelivered(box: id, tubes: ready))
        ])
        try work.reached(.delivered, ready.map { (.tube($0), id) })
        return Answer(box: id, delivered: ready.count, waiting: waiting)
    }
}
