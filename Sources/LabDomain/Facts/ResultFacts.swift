/// A tube's people, or its place, have a result; not yet reviewed.
package struct AnswerReached: FactPayload {
    package static let kind = FactKind.answerReached
    package let tube: TubeID
    package let outcome: Outcome
    /// The test that gave the answer: the tube's own or its pool's.
    package let request: RequestID
    package let run: RunID
    package var subject: String { tube.text }

    /// An answer for everybody in the tube.
    package init(tube: TubeID, outcome: Outcome, request: RequestID, run: RunID) {
        self.tube = tube
        self.outcome = outcome
        self.request = request
        self.run = run
    }
}

/// A person is to be swabbed again, in a tube of their own.
package struct RecollectionOpened: FactPayload {
    package static let kind = FactKind.recollectionOpened
    package let recollection: RecollectionID
    package let tube: TubeID
    package let person: PersonID
    package let reason: RecollectionReason
    package let cause: RequestID?
    package var subject: String { tube.text }

    /// A new recollection.
    package init(
        recollection: RecollectionID, tube: TubeID, person: PersonID, reason: RecollectionReason,
        cause: RequestID?
    ) {
        self.recollection = recollection
        self.tube = tube
        self.person = person
        self.reason = reason
        self.cause = cause
    }
}

/// A recollection ended.
package struct RecollectionClosed: FactPayload {
    package static let kind = FactKind.recollectionClosed
    package let recollection: RecollectionID
    package let tube: TubeID
    package let outcome: RecollectionOutcome
    /// The tube of the new swab, when there is one.
    package let newTube: TubeID?
    package var subject: String { tube.text }

    /// The end of a recollection.
    package init(
        recollection: RecollectionID, tube: TubeID, outcome: RecollectionOutcome, newTube: TubeID?
    ) {
        self.recollection = recollection
        self.tube = tube
        self.outcome = outcome
        self.newTube = newTube
    }
}

/// Named work was given out.
package struct TaskOpened: FactPayload {
    package static let kind = FactKind.taskOpened
    package let task: TaskID
    package let work: TaskKind
    /// A barcode or a pool's identifier.
    package let about: String
    package let cause: RequestID?
    package var subject: String { about }

    /// A new task.
    package init(task: TaskID, work: TaskKind, about: String, cause: RequestID?) {
        self.task = task
        self.work = work
        self.about = about
        self.cause = cause
    }
}

/// Named work was done.
package struct TaskClosed: FactPayload {
    package static let kind = FactKind.taskClosed
    package let task: TaskID
    package let about: String
    package let done: String
    package var subject: String { about }

    /// The end of a task, with what was done.
    package init(task: TaskID, about: String, done: String) {
        self.task = task
        self.about = about
        self.done = done
    }
}

/// A second person looked at a run's results and accepts them.
package struct RunReviewed: FactPayload {
    package static let kind = FactKind.runReviewed
    package let run: RunID
    package let plate: PlateID
    package var subject: String { plate.text }

    /// A reviewed run.
    package init(run: RunID, plate: PlateID) {
        self.run = run
        self.plate = plate
    }
}

/// A second person refuses a run: its tests are done again.
package struct RunRefused: FactPayload {
    package static let kind = FactKind.runRefused
    package let run: RunID
    package let plate: PlateID
    package var subject: String { plate.text }

    /// A refused run.
    package init(run: RunID, plate: PlateID) {
        self.run = run
        self.plate = plate
    }
}

/// A tube's answers were given out.
package struct AnswersReleased: FactPayload {
    package static let kind = FactKind.answersReleased
    package let tube: TubeID
    package var subject: String { tube.text }

    /// The release of everybody in the tube.
    package init(tube: TubeID) {
        self.tube = tube
    }
}

/// A message to the health authority was written and found valid.
package struct ReportWritten: FactPayload {
    package static let kind = FactKind.reportWritten
    package let report: ReportID
    package let tube: TubeID
    package let person: PersonID
    package let messageHash: Bytes
    package var subject: String { tube.text }

    /// A written message.
    package init(report: ReportID, tube: TubeID, person: PersonID, messageHash: Bytes) {
        self.report = report
        self.tube = tube
        self.person = person
        self.messageHash = messageHash
    }
}

/// A certificate of a person's result was given out for the first time.
package struct CertificateIssued: FactPayload {
    package static let kind = FactKind.certificateIssued
    package let code: CertificateCode
    package let tube: TubeID
    package let person: PersonID
    package var subject: String { tube.text }

    /// A new certificate.
    package init(code: CertificateCode, tube: TubeID, person: PersonID) {
        self.code = code
        self.tube = tube
        self.person = person
    }
}

/// The sending unit is known to have the results of these tubes.
package struct FeedbackDelivered: FactPayload {
    package static let kind = FactKind.feedbackDelivered
    package let box: BoxID
    package let tubes: [TubeID]
    package var subject: String { box.text }

    /// A known delivery.
    package init(box: BoxID, tubes: [TubeID]) {
        self.box = box
        self.tubes = tubes
    }
}
