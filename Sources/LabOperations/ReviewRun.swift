package import LabDomain
internal import LabStore

/// A second person looks at a run and accepts its results.
package struct ReviewRun: Command, Encodable {
    package static let verb = Verb.reviewRun

    let plate: PlateID

    /// What may be released now.
    package struct Answer: Codable, Sendable {
        package let plate: PlateID
        package let run: RunID
        /// Tubes whose answers are reviewed.
        package let reviewed: Int
        package let detected: [TubeID]
    }

    /// The review of a plate's run.
    package init(plate: PlateID) {
        self.plate = plate
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let run = try work.runToJudge(of: plate)
        try refuseUnseenControls(of: run, in: work)
        let answers = try work.transaction.openAnswers(of: run.id)
        try work.transaction.append([.runReviewed(RunReviewed(run: run.id, plate: plate))])
        try OutboxWriter(work)?.foundInPools(by: run.id)
        return Answer(
            plate: plate, run: run.id, reviewed: answers.count,
            detected: answers.filter { $0.outcome == .detected }.map(\.tube))
    }

    /// Every answer rests on the controls; a sample's look holds up that sample alone.
    private func refuseUnseenControls(of run: StoredRun, in work: Work) throws {
        let unseen = try work.transaction.looks(of: run.id).filter {
            $0.request == nil && $0.looked == nil
        }
        guard !unseen.isEmpty else { return }
        throw Refusal(
            .rule, "Nobody has looked at \(unseen.count) controls whose curves are doubtful.",
            remedy: "Look first: swabline run looks \(plate).",
            places: unseen.map { look in
                Refusal.Place(
                    subject: look.well.description, code: "needs-look",
                    message: look.reasons[0].words, remedy: "See swabline run look --help.")
            })
    }
}

extension Work {
    /// A plate's valid run, when somebody else than this actor entered it (REV-1).
    func runToJudge(of plate: PlateID) throws -> StoredRun {
        guard let run = try transaction.run(of: plate) else {
            throw Refusal(
                .unknown, "No plate of this name has a run.", remedy: "See swabline review list.")
        }
        switch run.state {
        case .valid: break
        case .invalid:
            throw Refusal(
                .rule, "The controls of this run failed; it reports nobody.",
                remedy: "Its tests wait again: swabline plate lay-out.")
        case .reviewed, .refused:
            throw Refusal(
                .rule,
                run.state == .reviewed
                    ? "The run is reviewed already, by \(run.reviewedBy ?? "")."
                    : "The run is refused already, by \(run.reviewedBy ?? "").",
                remedy: "See swabline trace \(plate).")
        }
        guard run.enteredBy != actor.handle else {
            throw Refusal(
                .rule, "You entered this run; somebody else must judge it.",
                remedy: "Ask another supervisor.")
        }
        return run
    }
}
