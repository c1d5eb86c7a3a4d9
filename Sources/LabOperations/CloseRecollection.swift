package import LabDomain
internal import LabStore

/// Ends the search for a person who cannot or will not be swabbed again.
///
/// A collector ends searches of their own site; the others are unknown to them (ACT-4).
/// A person who is swabbed again is not closed here: registering the new single tube does that.
package struct CloseRecollection: Command, Encodable {
    package static let verb = Verb.closeRecollection

    let recollection: RecollectionID
    let outcome: RecollectionOutcome

    /// The recollection with its end.
    package struct Answer: Codable, Sendable {
        package let recollection: RecollectionID
        package let outcome: RecollectionOutcome
    }

    /// The end of a recollection.
    package init(recollection: RecollectionID, outcome: RecollectionOutcome) {
        self.recollection = recollection
        self.outcome = outcome
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        guard outcome != .collected else {
            throw Refusal(
                .rule, "A new swab is linked by registering its tube.",
                remedy: "Register the manifest with the person's new single tube.")
        }
        let site = try work.scope.site
        guard let open = try work.transaction.openRecollection(recollection),
            site == nil || open.site == site
        else {
            throw Refusal(
                .unknown, "No such recollection is open.",
                remedy: "See swabline recollection list.")
        }
        try work.transaction.append([
            .recollectionClosed(
                RecollectionClosed(
                    recollection: recollection, tube: open.tube, outcome: outcome, newTube: nil))
        ])
        try work.reached(.recollectionClosed, [(.recollection(recollection), open.box)])
        return Answer(recollection: recollection, outcome: outcome)
    }
}
