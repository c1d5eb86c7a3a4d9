package import LabDomain
internal import LabStore

/// Gives out reviewed answers: the negatives in bulk, or tubes named one by one.
package struct Release: Command, Encodable {
    package static let verb = Verb.release

    /// What is released.
    package enum Choice: Sendable, Encodable {
        /// Every reviewed answer that is not detected and that somebody else entered.
        case negatives
        /// These tubes, whatever their answer.
        case tubes([String])
        /// The negatives of these plates and boxes, as many as somebody has seen.
        case groups([SeenGroup])
    }

    /// The negatives of a plate and box with their number when somebody looked.
    package struct SeenGroup: Hashable, Sendable, Encodable {
        let plate: PlateID
        let box: BoxID
        let tubes: Int

        /// A group as it was shown.
        package init(plate: PlateID, box: BoxID, tubes: Int) {
            self.plate = plate
            self.box = box
            self.tubes = tubes
        }
    }

    let choice: Choice

    /// What was released, and what is left.
    package struct Answer: Codable, Sendable {
        package let tubes: [TubeID]
        package let people: Int
        package let detected: Int
        /// Reviewed answers that still wait for a release one by one.
        package let left: Int
    }

    /// A release of some answers.
    package init(_ choice: Choice) {
        self.choice = choice
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let answers = try chosen(in: work)
        guard !answers.isEmpty else {
            throw Refusal(
                .nothingToDo, "No reviewed negative answer waits that you may release.",
                remedy: "See swabline review list and swabline release list.")
        }
        try work.transaction.append(
            answers.map { .answersReleased(AnswersReleased(tube: $0.tube)) })
        try work.reached(.released, answers.map { (.tube($0.tube), $0.box) })
        try OutboxWriter(work)?.results(of: answers.map(\.tube))
        return Answer(
            tubes: answers.map(\.tube), people: answers.reduce(0) { $0 + $1.people },
            detected: answers.count { $0.outcome == .detected },
            left: try work.transaction.answersToRelease())
    }

    private func chosen(in work: Work) throws -> [StoredAnswer] {
        switch choice {
        case .negatives:
            return try work.transaction.openAnswers().filter { answer in
                (try? answer.candidate.release(by: work.actor.handle, inBulk: true)) != nil
            }
        case .tubes(let scans):
            let (tubes, unread) = work.tubes(scanned: scans)
            var places = unread
            var answers: [StoredAnswer] = []
            for (tube, number) in tubes where !answers.contains(where: { $0.tube == tube }) {
                let answer = try work.transaction.answer(of: tube)
                do throws(ReleaseFault) {
                    guard let answer else { throw .notReviewed }
                    try answer.candidate.release(by: work.actor.handle, inBulk: false)
                    answers.append(answer)
                } catch {
                    if answer == nil, let look = try work.transaction.openLook(of: tube) {
                        places.append(look.place(of: tube, at: number))
                        continue
                    }
                    places.append(
                        Refusal.Place(
                            line: number, subject: tube.text, code: error.code,
                            message: answer == nil
                                ? "There is no answer for this tube." : error.message,
                            remedy: answer == nil ? "See swabline trace." : error.remedy))
                }
            }
            guard places.isEmpty else {
                throw Refusal(
                    .rule, "\(places.count) of the tubes cannot be released; none was.",
                    remedy: "See the reasons below.", places: places)
            }
            return answers
        case .groups(let groups):
            return try self.answers(of: groups, in: work)
        }
    }

    /// What was seen is what is released: a group that has changed since is looked at again
    /// (WEB-45).
    private func answers(of groups: [SeenGroup], in work: Work) throws -> [StoredAnswer] {
        var places: [Refusal.Place] = []
        var tubes: [TubeID] = []
        for group in Set(groups).sorted(by: { ($0.plate, $0.box) < ($1.plate, $1.box) }) {
            let found = try work.transaction.negatives(
                of: group.plate, in: group.box, for: work.actor.handle)
            tubes += found
            guard found.count != group.tubes else { continue }
            places.append(
                Refusal.Place(
                    subject: [group.plate.text, group.box.text].joined(separator: " · "),
                    code: "group-changed",
                    message: "\(found.count) negative answers wait, \(group.tubes) were shown.",
                    remedy: "Look at the list again."))
        }
        guard places.isEmpty else {
            throw Refusal(
                .rule, "What waits has changed since you looked; nothing was released.",
                remedy: "Load the list again.", places: places)
        }
        // The rule of release has the last word on each.
        return try tubes.compactMap { try work.transaction.answer(of: $0) }.filter { answer in
            (try? answer.candidate.release(by: work.actor.handle, inBulk: true)) != nil
        }
    }
}

extension StoredLook {
    /// That nobody has looked at a tube's well yet.
    fileprivate func place(of tube: TubeID, at line: Int) -> Refusal.Place {
        Refusal.Place(
            line: line, subject: tube.text, code: "needs-look",
            message: "Somebody must look at its curve first: plate \(plate), well \(well).",
            remedy: "See swabline run looks \(plate).")
    }
}

extension StoredAnswer {
    /// The answer as the rule of release looks at it.
    var candidate: ReleaseCandidate {
        ReleaseCandidate(
            outcome: outcome, state: waitsForEarlierReview ? .proposed : state,
            enteredBy: enteredBy)
    }
}

extension ReleaseFault {
    var code: String {
        switch self {
        case .notReviewed: "not-reviewed"
        case .alreadyReleased: "already-released"
        case .ownEntry: "own-entry"
        case .positiveInBulk: "positive-in-bulk"
        }
    }

    var message: Wording {
        switch self {
        case .notReviewed: "A second person has not reviewed every run behind it."
        case .alreadyReleased: "It is released already."
        case .ownEntry: "You entered its run; somebody else releases it."
        case .positiveInBulk: "Positives are released one by one."
        }
    }

    var remedy: Wording {
        switch self {
        case .notReviewed: "Review its run: swabline review accept PLATE."
        case .alreadyReleased: "Nothing is to be done."
        case .ownEntry: "Ask another supervisor."
        case .positiveInBulk: "Name the tube."
        }
    }
}
