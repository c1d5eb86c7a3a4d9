internal import Foundation
internal import LabDomain

/// Facts as JSON and back.
enum FactCodec {
    /// A fact's payload as JSON with sorted keys.
    static func encode(_ fact: Fact) throws -> [UInt8] {
        if case .tubeRegistered(let payload) = fact { return payload.json }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(fact.payload))
    }

    /// The fact that was stored as `payload` of a kind.
    static func decode(_ kind: FactKind, _ payload: String) throws -> Fact {
        let decoder = JSONDecoder()
        let data = Data(payload.utf8)
        func read<Payload: FactPayload>(_ type: Payload.Type) throws -> Payload {
            try decoder.decode(type, from: data)
        }
        return switch kind {
        case .laboratoryMade: .laboratoryMade(try read(LaboratoryMade.self))
        case .settingsAdopted: .settingsAdopted(try read(SettingsAdopted.self))
        case .programmeAdopted: .programmeAdopted(try read(ProgrammeAdopted.self))
        case .staffAdded: .staffAdded(try read(StaffAdded.self))
        case .staffScoped: .staffScoped(try read(StaffScoped.self))
        case .staffRetired: .staffRetired(try read(StaffRetired.self))
        case .passwordSet: .passwordSet(try read(PasswordSet.self))
        case .keyIssued: .keyIssued(try read(KeyIssued.self))
        case .manifestRegistered: .manifestRegistered(try read(ManifestRegistered.self))
        case .tubeRegistered: .tubeRegistered(try read(TubeRegistered.self))
        case .deskTubeOpened: .deskTubeOpened(try read(DeskTubeOpened.self))
        case .deskPersonBound: .deskPersonBound(try read(DeskPersonBound.self))
        case .deskPersonUndone: .deskPersonUndone(try read(DeskPersonUndone.self))
        case .deskEntryPassed: .deskEntryPassed(try read(DeskEntryPassed.self))
        case .deskTubeClosed: .deskTubeClosed(try read(DeskTubeClosed.self))
        case .deskTubeReopened: .deskTubeReopened(try read(DeskTubeReopened.self))
        case .deskTubeSettled: .deskTubeSettled(try read(DeskTubeSettled.self))
        case .tubeReceived: .tubeReceived(try read(TubeReceived.self))
        case .tubeMeasured: .tubeMeasured(try read(TubeMeasured.self))
        case .tubeRejected: .tubeRejected(try read(TubeRejected.self))
        case .receiptUndone: .receiptUndone(try read(ReceiptUndone.self))
        case .rejectionUndone: .rejectionUndone(try read(RejectionUndone.self))
        case .boxClosed: .boxClosed(try read(BoxClosed.self))
        case .requestOpened: .requestOpened(try read(RequestOpened.self))
        case .requestWithdrawn: .requestWithdrawn(try read(RequestWithdrawn.self))
        case .poolFormed: .poolFormed(try read(PoolFormed.self))
        case .poolConcluded: .poolConcluded(try read(PoolConcluded.self))
        case .plateLaidOut: .plateLaidOut(try read(PlateLaidOut.self))
        case .plateAbandoned: .plateAbandoned(try read(PlateAbandoned.self))
        case .platesCombined: .platesCombined(try read(PlatesCombined.self))
        case .wellFailed: .wellFailed(try read(WellFailed.self))
        case .runRead: .runRead(try read(RunRead.self))
        case .testRead: .testRead(try read(TestRead.self))
        case .wellLooked: .wellLooked(try read(WellLooked.self))
        case .answerReached: .answerReached(try read(AnswerReached.self))
        case .recollectionOpened: .recollectionOpened(try read(RecollectionOpened.self))
        case .recollectionClosed: .recollectionClosed(try read(RecollectionClosed.self))
        case .taskOpened: .taskOpened(try read(TaskOpened.self))
        case .taskClosed: .taskClosed(try read(TaskClosed.self))
        case .runReviewed: .runReviewed(try read(RunReviewed.self))
        case .runRefused: .runRefused(try read(RunRefused.self))
        case .answersReleased: .answersReleased(try read(AnswersReleased.self))
        case .reportWritten: .reportWritten(try read(ReportWritten.self))
        case .certificateIssued: .certificateIssued(try read(CertificateIssued.self))
        case .receiverAdopted: .receiverAdopted(try read(ReceiverAdopted.self))
        case .receiverRetired: .receiverRetired(try read(ReceiverRetired.self))
        case .messageMade: .messageMade(try read(MessageMade.self))
        case .messageHeld: .messageHeld(try read(MessageHeld.self))
        case .messagesDropped: .messagesDropped(try read(MessagesDropped.self))
        case .messagesSent: .messagesSent(try read(MessagesSent.self))
        case .messagesAnswered: .messagesAnswered(try read(MessagesAnswered.self))
        case .messageReturned: .messageReturned(try read(MessageReturned.self))
        case .amendmentProposed: .amendmentProposed(try read(AmendmentProposed.self))
        case .amendmentDecided: .amendmentDecided(try read(AmendmentDecided.self))
        case .feedbackDelivered: .feedbackDelivered(try read(FeedbackDelivered.self))
        case .clocksStarted: .clocksStarted(try read(ClocksStarted.self))
        case .clocksStopped: .clocksStopped(try read(ClocksStopped.self))
        case .clocksWithdrawn: .clocksWithdrawn(try read(ClocksWithdrawn.self))
        case .breachExplained: .breachExplained(try read(BreachExplained.self))
        case .alertingAdopted: .alertingAdopted(try read(AlertingAdopted.self))
        case .alertRaised: .alertRaised(try read(AlertRaised.self))
        case .alertChanged: .alertChanged(try read(AlertChanged.self))
        case .alertAcknowledged: .alertAcknowledged(try read(AlertAcknowledged.self))
        case .alertMessageMade: .alertMessageMade(try read(AlertMessageMade.self))
        case .alertMessageSent: .alertMessageSent(try read(AlertMessageSent.self))
        case .alertMessageEnded: .alertMessageEnded(try read(AlertMessageEnded.self))
        }
    }
}
