package import LabDomain
internal import LabStore

/// Says that a released result is wrong; it counts when another person has signed it (SEND-12).
package struct ProposeAmendment: Command, Encodable {
    package static let verb = Verb.amendResult

    let scan: String
    let person: PersonID?
    let change: Amendment
    let reason: AmendmentReason

    /// The change that awaits its second signature.
    package struct Answer: Codable, Sendable {
        package let amendment: AmendmentID
        package let tube: TubeID
        package let person: PersonID
    }

    /// A change of one person's result; without a person, of the only one in the tube.
    package init(scan: String, person: PersonID?, change: Amendment, reason: AmendmentReason) {
        self.scan = scan
        self.person = person
        self.change = change
        self.reason = reason
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let tube = try work.tube(scanned: scan).tube.id
        let answers = try work.transaction.releasedAnswers(of: tube)
        guard let answer = try chosen(of: answers, in: tube) else {
            throw Refusal(AmendmentFault.notReleased)
        }
        do throws(AmendmentFault) {
            let isProposed =
                (try? work.transaction.isAmendmentProposed(tube, answer.person)) ?? false
            try answer.amendable(isProposed: isProposed)
                .amend(change, by: work.actor.handle, isSecond: false)
        } catch {
            throw Refusal(error)
        }
        let id = AmendmentID(work.identifier("AM"))
        try work.transaction.append([
            .amendmentProposed(
                AmendmentProposed(
                    amendment: id, tube: tube, person: answer.person, change: change,
                    reason: reason))
        ])
        return Answer(amendment: id, tube: tube, person: answer.person)
    }

    private func chosen(
        of answers: [ReleasedAnswer], in tube: TubeID
    ) throws -> ReleasedAnswer? {
        guard let person else {
            guard answers.count < 2 else {
                throw Refusal(
                    .rule, "\(answers.count) people are in the tube \(tube).",
                    remedy: "Name the person: see swabline trace \(tube).")
            }
            return answers.first
        }
        guard let answer = answers.first(where: { $0.person == person }) else {
            throw Refusal(
                .unknown, "This person has no released result in the tube \(tube).",
                remedy: "See swabline trace \(tube).")
        }
        return answer
    }
}

/// A second person signs a change of a released result, or refuses it; receivers that were told
/// are told again in the same transaction.
package struct DecideAmendment: Command, Encodable {
    package static let verb = Verb.amendResult

    let amendment: AmendmentID
    let isAccepted: Bool

    /// What was decided.
    package struct Answer: Codable, Sendable {
        package let amendment: AmendmentID
        package let tube: TubeID
        package let person: PersonID
        package let isAccepted: Bool
    }

    /// A decision on a proposed change.
    package init(amendment: AmendmentID, isAccepted: Bool) {
        self.amendment = amendment
        self.isAccepted = isAccepted
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        guard let proposed = try work.transaction.proposedAmendment(amendment) else {
            throw Refusal(
                .unknown, "No change of this number awaits a signature.",
                remedy: "See swabline result list.")
        }
        if isAccepted { try check(proposed, in: work) }
        try work.transaction.append([
            .amendmentDecided(
                AmendmentDecided(
                    amendment: amendment, tube: proposed.tube, isAccepted: isAccepted))
        ])
        if isAccepted {
            try OutboxWriter(work)?.result(of: proposed.tube, proposed.person)
        }
        return Answer(
            amendment: amendment, tube: proposed.tube, person: proposed.person,
            isAccepted: isAccepted)
    }

    private func check(_ proposed: StoredAmendment, in work: Work) throws {
        guard proposed.proposedBy != work.actor.handle else {
            throw Refusal(
                .rule, "You proposed this change; somebody else must sign it.",
                remedy: "Ask another supervisor.")
        }
        let answer = try work.transaction.releasedAnswers(of: proposed.tube)
            .first { $0.person == proposed.person }
        guard let answer else { throw Refusal(AmendmentFault.notReleased) }
        do throws(AmendmentFault) {
            try answer.amendable(isProposed: true)
                .amend(proposed.change, by: work.actor.handle, isSecond: true)
        } catch {
            throw Refusal(error)
        }
    }
}

extension ReleasedAnswer {
    /// The answer as the rule of changes looks at it.
    fileprivate func amendable(isProposed: Bool) -> AmendmentCandidate {
        AmendmentCandidate(
            outcome: outcome, isReleased: true, enteredBy: enteredBy,
            isAlone: pool == nil && kind == .single, isWithdrawn: isWithdrawn,
            isProposed: isProposed)
    }
}

extension Refusal {
    /// Why a released answer is not changed.
    fileprivate init(_ fault: AmendmentFault) {
        switch fault {
        case .notReleased:
            self.init(
                .rule, "The tube has no released result.",
                remedy: "A run that nobody has accepted can be refused: swabline review refuse.")
        case .ownEntry:
            self.init(
                .rule, "You entered the run of this result; somebody else must change it.",
                remedy: "Ask another supervisor.")
        case .alreadyWithdrawn:
            self.init(
                .rule, "The result was withdrawn before.", remedy: "Nothing is to be done.")
        case .alreadyProposed:
            self.init(
                .rule, "Another change of this result awaits a signature.",
                remedy: "See swabline result list.")
        case .sameOutcome:
            self.init(.rule, "The result says so already.", remedy: "Nothing is to be done.")
        case .shared:
            self.init(
                .rule, "The result comes from a test that several people share.",
                remedy: "Withdraw it, and have the person swabbed again.")
        }
    }
}
