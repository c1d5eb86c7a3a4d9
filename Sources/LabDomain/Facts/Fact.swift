/// Something that happened, in the words of the laboratory.
///
/// Facts are appended, never changed; the tables are what they add up to.
package enum Fact: Hashable, Sendable {
    case laboratoryMade(LaboratoryMade)
    case settingsAdopted(SettingsAdopted)
    case programmeAdopted(ProgrammeAdopted)
    case staffAdded(StaffAdded)
    case staffScoped(StaffScoped)
    case staffRetired(StaffRetired)
    case passwordSet(PasswordSet)
    case keyIssued(KeyIssued)
    case manifestRegistered(ManifestRegistered)
    case tubeRegistered(TubeRegistered)
    case deskTubeOpened(DeskTubeOpened)
    case deskPersonBound(DeskPersonBound)
    case deskPersonUndone(DeskPersonUndone)
    case deskEntryPassed(DeskEntryPassed)
    case deskTubeClosed(DeskTubeClosed)
    case deskTubeReopened(DeskTubeReopened)
    case deskTubeSettled(DeskTubeSettled)
    case tubeReceived(TubeReceived)
    case tubeMeasured(TubeMeasured)
    case tubeRejected(TubeRejected)
    case receiptUndone(ReceiptUndone)
    case rejectionUndone(RejectionUndone)
    case boxClosed(BoxClosed)
    case requestOpened(RequestOpened)
    case requestWithdrawn(RequestWithdrawn)
    case poolFormed(PoolFormed)
    case poolConcluded(PoolConcluded)
    case plateLaidOut(PlateLaidOut)
    case plateAbandoned(PlateAbandoned)
    case platesCombined(PlatesCombined)
    case wellFailed(WellFailed)
    case runRead(RunRead)
    case testRead(TestRead)
    case wellLooked(WellLooked)
    case answerReached(AnswerReached)
    case recollectionOpened(RecollectionOpened)
    case recollectionClosed(RecollectionClosed)
    case taskOpened(TaskOpened)
    case taskClosed(TaskClosed)
    case runReviewed(RunReviewed)
    case runRefused(RunRefused)
    case answersReleased(AnswersReleased)
    case reportWritten(ReportWritten)
    case certificateIssued(CertificateIssued)
    case receiverAdopted(ReceiverAdopted)
    case receiverRetired(ReceiverRetired)
    case messageMade(MessageMade)
    case messageHeld(MessageHeld)
    case messagesDropped(MessagesDropped)
    case messagesSent(MessagesSent)
    case messagesAnswered(MessagesAnswered)
    case messageReturned(MessageReturned)
    case amendmentProposed(AmendmentProposed)
    case amendmentDecided(AmendmentDecided)
    case feedbackDelivered(FeedbackDelivered)
    case clocksStarted(ClocksStarted)
    case clocksStopped(ClocksStopped)
    case clocksWithdrawn(ClocksWithdrawn)
    case breachExplained(BreachExplained)
    case alertingAdopted(AlertingAdopted)
    case alertRaised(AlertRaised)
    case alertChanged(AlertChanged)
    case alertAcknowledged(AlertAcknowledged)
    case alertMessageMade(AlertMessageMade)
    case alertMessageSent(AlertMessageSent)
    case alertMessageEnded(AlertMessageEnded)
}

/// A fact's kind, as the store writes it.
package enum FactKind: String, CaseIterable, Hashable, Sendable, Codable {
    case laboratoryMade = "laboratory-made"
    case settingsAdopted = "settings-adopted"
    case programmeAdopted = "programme-adopted"
    case staffAdded = "staff-added"
    case staffScoped = "staff-scoped"
    case staffRetired = "staff-retired"
    case passwordSet = "password-set"
    case keyIssued = "key-issued"
    case manifestRegistered = "manifest-registered"
    case tubeRegistered = "tube-registered"
    case deskTubeOpened = "desk-tube-opened"
    case deskPersonBound = "desk-person-bound"
    case deskPersonUndone = "desk-person-undone"
    case deskEntryPassed = "desk-entry-passed"
    case deskTubeClosed = "desk-tube-closed"
    case deskTubeReopened = "desk-tube-reopened"
    case deskTubeSettled = "desk-tube-settled"
    case tubeReceived = "tube-received"
    case tubeMeasured = "tube-measured"
    case tubeRejected = "tube-rejected"
    case receiptUndone = "receipt-undone"
    case rejectionUndone = "rejection-undone"
    case boxClosed = "box-closed"
    case requestOpened = "request-opened"
    case requestWithdrawn = "request-withdrawn"
    case poolFormed = "pool-formed"
    case poolConcluded = "pool-concluded"
    case plateLaidOut = "plate-laid-out"
    case plateAbandoned = "plate-abandoned"
    case platesCombined = "plates-combined"
    case wellFailed = "well-failed"
    case runRead = "run-read"
    case testRead = "test-read"
    case wellLooked = "well-looked"
    case answerReached = "answer-reached"
    case recollectionOpened = "recollection-opened"
    case recollectionClosed = "recollection-closed"
    case taskOpened = "task-opened"
    case taskClosed = "task-closed"
    case runReviewed = "run-reviewed"
    case runRefused = "run-refused"
    case answersReleased = "answers-released"
    case reportWritten = "report-written"
    case certificateIssued = "certificate-issued"
    case receiverAdopted = "receiver-adopted"
    case receiverRetired = "receiver-retired"
    case messageMade = "message-made"
    case messageHeld = "message-held"
    case messagesDropped = "messages-dropped"
    case messagesSent = "messages-sent"
    case messagesAnswered = "messages-answered"
    case messageReturned = "message-returned"
    case amendmentProposed = "amendment-proposed"
    case amendmentDecided = "amendment-decided"
    case feedbackDelivered = "feedback-delivered"
    case clocksStarted = "clocks-started"
    case clocksStopped = "clocks-stopped"
    case clocksWithdrawn = "clocks-withdrawn"
    case breachExplained = "breach-explained"
    case alertingAdopted = "alerting-adopted"
    case alertRaised = "alert-raised"
    case alertChanged = "alert-changed"
    case alertAcknowledged = "alert-acknowledged"
    case alertMessageMade = "alert-message-made"
    case alertMessageSent = "alert-message-sent"
    case alertMessageEnded = "alert-message-ended"
}

/// What a fact of one kind says, and the thing it is about.
package protocol FactPayload: Hashable, Sendable, Codable {
    /// The kind under which it is stored.
    static var kind: FactKind { get }
    /// The barcode or identifier under which `trace` finds it.
    var subject: String { get }
}

extension Fact {
    /// The fact without its wrapping.
    package var payload: any FactPayload {
        switch self {
        case .laboratoryMade(let payload): payload
        case .settingsAdopted(let payload): payload
        case .programmeAdopted(let payload): payload
        case .staffAdded(let payload): payload
        case .staffScoped(let payload): payload
        case .staffRetired(let payload): payload
        case .passwordSet(let payload): payload
        case .keyIssued(let payload): payload
        case .manifestRegistered(let payload): payload
        case .tubeRegistered(let payload): payload
        case .deskTubeOpened(let payload): payload
        case .deskPersonBound(let payload): payload
        case .deskPersonUndone(let payload): payload
        case .deskEntryPassed(let payload): payload
        case .deskTubeClosed(let payload): payload
        case .deskTubeReopened(let payload): payload
        case .deskTubeSettled(let payload): payload
        case .tubeReceived(let payload): payload
        case .tubeMeasured(let payload): payload
        case .tubeRejected(let payload): payload
        case .receiptUndone(let payload): payload
        case .rejectionUndone(let payload): payload
        case .boxClosed(let payload): payload
        case .requestOpened(let payload): payload
        case .requestWithdrawn(let payload): payload
        case .poolFormed(let payload): payload
        case .poolConcluded(let payload): payload
        case .plateLaidOut(let payload): payload
        case .plateAbandoned(let payload): payload
        case .platesCombined(let payload): payload
        case .wellFailed(let payload): payload
        case .runRead(let payload): payload
        case .testRead(let payload): payload
        case .wellLooked(let payload): payload
        case .answerReached(let payload): payload
        case .recollectionOpened(let payload): payload
        case .recollectionClosed(let payload): payload
        case .taskOpened(let payload): payload
        case .taskClosed(let payload): payload
        case .runReviewed(let payload): payload
        case .runRefused(let payload): payload
        case .answersReleased(let payload): payload
        case .reportWritten(let payload): payload
        case .certificateIssued(let payload): payload
        case .receiverAdopted(let payload): payload
        case .receiverRetired(let payload): payload
        case .messageMade(let payload): payload
        case .messageHeld(let payload): payload
        case .messagesDropped(let payload): payload
        case .messagesSent(let payload): payload
        case .messagesAnswered(let payload): payload
        case .messageReturned(let payload): payload
        case .amendmentProposed(let payload): payload
        case .amendmentDecided(let payload): payload
        case .feedbackDelivered(let payload): payload
        case .clocksStarted(let payload): payload
        case .clocksStopped(let payload): payload
        case .clocksWithdrawn(let payload): payload
        case .breachExplained(let payload): payload
        case .alertingAdopted(let payload): payload
        case .alertRaised(let payload): payload
        case .alertChanged(let payload): payload
        case .alertAcknowledged(let payload): payload
        case .alertMessageMade(let payload): payload
        case .alertMessageSent(let payload): payload
        case .alertMessageEnded(let payload): payload
        }
    }

    package var kind: FactKind { type(of: payload).kind }
}
