internal import GRDB
internal import LabDomain

/// Brings the tables up to date with one fact after another; used when facts are appended and
/// again when the tables are built anew from them.
struct Projection {
    let database: Database

    func apply(_ fact: Fact, at: Timestamp, by actor: String) throws {
        let now = at.milliseconds
        switch fact {
        case .laboratoryMade(let fact): try apply(fact, now)
        case .settingsAdopted(let fact): try apply(fact)
        case .programmeAdopted(let fact): try apply(fact, now)
        case .staffAdded(let fact): try apply(fact, now)
        case .staffScoped(let fact): try apply(fact)
        case .staffRetired(let fact): try apply(fact, now)
        // The password itself is no fact: whoever reads the facts shall not guess at it.
        case .passwordSet, .keyIssued: break
        case .manifestRegistered(let fact): try apply(fact, now, actor)
        case .tubeRegistered(let fact): try apply(fact)
        case .deskTubeOpened(let fact): try apply(fact, now)
        case .deskPersonBound(let fact): try apply(fact)
        case .deskPersonUndone(let fact): try apply(fact)
        case .deskEntryPassed(let fact): try apply(fact)
        case .deskTubeClosed(let fact): try apply(fact, now)
        case .deskTubeReopened(let fact): try apply(fact)
        case .deskTubeSettled(let fact): try apply(fact, now)
        case .tubeReceived(let fact): try apply(fact, now, actor)
        case .tubeMeasured(let fact): try apply(fact, now)
        case .tubeRejected(let fact): try apply(fact)
        case .receiptUndone(let fact): try apply(fact)
        case .rejectionUndone(let fact): try apply(fact, now)
        case .boxClosed(let fact): try apply(fact, now, actor)
        case .requestOpened(let fact): try apply(fact, now)
        case .requestWithdrawn(let fact): try apply(fact)
        case .poolFormed(let fact): try apply(fact, now)
        case .poolConcluded(let fact): try apply(fact, now)
        case .plateLaidOut(let fact): try apply(fact, now)
        case .plateAbandoned(let fact): try apply(fact)
        case .platesCombined(let fact): try apply(fact, now)
        case .wellFailed(let fact): try apply(fact, now, actor)
        case .runRead(let fact): try apply(fact, now, actor)
        case .testRead(let fact): try apply(fact)
        case .wellLooked(let fact): try apply(fact, now, actor)
        case .answerReached(let fact): try apply(fact, now)
        case .recollectionOpened(let fact): try apply(fact, now)
        case .recollectionClosed(let fact): try apply(fact, now)
        case .taskOpened(let fact): try apply(fact, now)
        case .taskClosed(let fact): try apply(fact, now)
        case .runReviewed(let fact): try apply(fact, now, actor)
        case .runRefused(let fact): try apply(fact, now, actor)
        case .answersReleased(let fact): try apply(fact, now, actor)
        case .reportWritten(let fact): try apply(fact, now)
        case .certificateIssued(let fact): try apply(fact, now, actor)
        case .receiverAdopted(let fact): try apply(fact, now)
        case .receiverRetired(let fact): try apply(fact, now)
        case .messageMade(let fact): try apply(fact, now)
        case .messageHeld(let fact): try apply(fact, now)
        case .messagesDropped(let fact): try apply(fact)
        case .messagesSent(let fact): try apply(fact, now)
        case .messagesAnswered(let fact): try apply(fact, now)
        case .messageReturned(let fact): try apply(fact)
        case .amendmentProposed(let fact): try apply(fact, now, actor)
        case .amendmentDecided(let fact): try apply(fact, now, actor)
        case .feedbackDelivered(let fact): try apply(fact, now)
        case .clocksStarted(let fact): try apply(fact)
        case .clocksStopped(let fact): try apply(fact)
        case .clocksWithdrawn(let fact): try apply(fact)
        case .breachExplained(let fact): try apply(fact, now, actor)
        case .alertingAdopted(let fact): try apply(fact, now)
        case .alertRaised(let fact): try apply(fact)
        case .alertChanged(let fact): try apply(fact)
        case .alertAcknowledged(let fact): try apply(fact, now, actor)
        case .alertMessageMade(let fact): try apply(fact, now)
        case .alertMessageSent(let fact): try apply(fact)
        case .alertMessageEnded(let fact): try apply(fact, now)
        }
    }

    /// Runs one statement that is prepared once and kept.
    func run(_ sql: String, _ arguments: StatementArguments) throws {
        let statement = try database.cachedStatement(sql: sql)
        statement.setUncheckedArguments(arguments)
        try statement.execute()
    }
}

extension Projection {
    private func apply(_ fact: LaboratoryMade, _ now: Int64) throws {
        try run(
            "INSERT INTO laboratory (id, name, settings, madeAt) VALUES (1, ?, ?, ?)",
            [fact.name, fact.settings, now])
    }

    private func apply(_ fact: SettingsAdopted) throws {
        try run("UPDATE laboratory SET name = ?, settings = ?", [fact.name, fact.settings])
    }

    private func apply(_ fact: ProgrammeAdopted, _ now: Int64) throws {
        try run(
            """
            INSERT INTO programme (version, text, adoptedAt) VALUES (?, ?, ?)
            ON CONFLICT (version) DO UPDATE SET adoptedAt = excluded.adoptedAt
            """,
            [fact.version, fact.text, now])
    }

    private func apply(_ fact: StaffAdded, _ now: Int64) throws {
        try run(
            "INSERT INTO staff (handle, role, name, addedAt, unit, site) VALUES (?, ?, ?, ?, ?, ?)",
            [
                fact.actor.handle, fact.actor.role.rawValue, fact.name.map { Data($0.array) }, now,
                fact.scope?.unit, fact.scope?.site,
            ])
    }

    private func apply(_ fact: StaffScoped) throws {
        try run(
            "UPDATE staff SET unit = ?, site = ? WHERE handle = ?",
            [fact.scope.unit, fact.scope.site, fact.handle])
    }

    private func apply(_ fact: StaffRetired, _ now: Int64) throws {
        try run("UPDATE staff SET retiredAt = ? WHERE handle = ?", [now, fact.handle])
    }
}
