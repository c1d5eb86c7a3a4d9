package import LabDomain
package import LabStore

/// A test that waits for a plate, as lists show it.
package struct WaitingTest: Codable, Sendable {
    package let request: RequestID
    /// The tube's barcode or the pool's identifier.
    package let subject: String
    package let kind: TestedKind
    package let purpose: Purpose
    package let kit: KitRole
    package let ordinal: Int
    /// The pool whose positive result asked for it.
    package let pool: PoolID?
    package let since: Timestamp
    package let due: Timestamp?
}

/// A person to be swabbed again, as callers need it.
package struct WaitingRecollection: Codable, Sendable {
    package let recollection: RecollectionID
    package let tube: TubeID
    package let person: PersonID
    package let name: String
    package let telephone: String
    package let address: String
    package let unit: String
    package let site: String
    package let reason: RecollectionReason
    package let state: String
    package let since: Timestamp
    package let due: Timestamp?
}

/// Named work that waits.
package struct WaitingTask: Codable, Sendable {
    package let task: TaskID
    package let kind: TaskKind
    package let about: String
    package let work: Wording
    package let since: Timestamp
    package let state: String
}

/// A run that waits for its review.
package struct WaitingReview: Codable, Sendable {
    package let plate: PlateID
    package let run: RunID
    package let enteredBy: String
    package let readAt: Timestamp
    package let answers: Int
    package let detected: Int
}

/// A reviewed answer that waits to be released.
package struct WaitingRelease: Codable, Sendable {
    package let tube: TubeID
    package let box: BoxID
    package let kind: TubeKind
    package let outcome: Outcome
    package let people: Int
    package let plate: PlateID
    package let enteredBy: String
}

/// Somebody who can act.
package struct StaffEntry: Codable, Sendable {
    package let handle: String
    package let role: Role
    package let isRetired: Bool
    /// The unit for which a sending unit works; nil for others, and while nobody has said.
    package let unit: String?
    /// The site for which a collector works; nil for others, and while nobody has said.
    package let site: String?
}

/// A plate in a list.
package struct PlateEntry: Codable, Sendable {
    package let plate: PlateID
    package let kit: KitRole
    package let assay: String
    package let wells: Int
    package let samples: Int
    /// `laid-out`, `read` or `abandoned`.
    package let state: String
}

extension Laboratory {
    /// Everything that waits for a plate; retests, repeats and confirmations alone where asked.
    package func waitingTests(onlyRetests: Bool, as handle: String) throws -> [WaitingTest] {
        try look(.seeWork, as: handle) { view in
            try view.requestsToPlate(with: nil).filter { !onlyRetests || $0.purpose != .routine }
                .map {
                    WaitingTest(
                        request: $0.id, subject: $0.of.text, kind: $0.kind, purpose: $0.purpose,
                        kit: $0.kit, ordinal: $0.ordinal, pool: $0.pool, since: $0.openedAt,
                        due: $0.dueAt)
                }
        }
    }

    /// The people to call back, with what a caller needs to find them; a collector sees those of
    /// their site (ACT-4).
    package func recollections(onlyOpen: Bool, as handle: String) throws -> [WaitingRecollection] {
        try look(.seePeople, as: handle) { view, member in
            let scope = try member.place()
            return try view.recollections(onlyOpen: onlyOpen, of: scope).map { stored in
                let details = try vault.open(stored.details, of: stored.person)
                return WaitingRecollection(
                    recollection: stored.id, tube: stored.tube, person: stored.person,
                    name: details.name, telephone: details.telephone, address: details.address,
                    unit: stored.unit, site: stored.site, reason: stored.reason,
                    state: stored.state, since: stored.openedAt, due: stored.dueAt)
            }
        }
    }

    /// Named tasks.
    package func tasks(onlyOpen: Bool, as handle: String) throws -> [WaitingTask] {
        try look(.seeWork, as: handle) { view in
            try view.tasks(onlyOpen: onlyOpen).map {
                WaitingTask(
                    task: $0.id, kind: $0.kind, about: $0.about, work: $0.kind.work,
                    since: $0.openedAt, state: $0.state)
            }
        }
    }

    /// Runs that wait for a second person.
    package func reviews(as handle: String) throws -> [WaitingReview] {
        try look(.seeWork, as: handle) { view in
            try view.runsToReview().map { run in
                let own = try view.openAnswers(of: run.id)
                return WaitingReview(
                    plate: run.plate, run: run.id, enteredBy: run.enteredBy, readAt: run.readAt,
                    answers: own.count, detected: own.count { $0.outcome == .detected })
            }
        }
    }

    /// Reviewed answers that are not released.
    package func releases(as handle: String) throws -> [WaitingRelease] {
        try look(.seeWork, as: handle) { view in
            // An answer with an unreviewed run behind it waits for that review first.
            try view.openAnswers().filter { $0.candidate.state == .reviewed }.map {
                WaitingRelease(
                    tube: $0.tube, box: $0.box, kind: $0.kind, outcome: $0.outcome,
                    people: $0.people, plate: $0.plate, enteredBy: $0.enteredBy)
            }
        }
    }

    /// Everybody who can or could act.
    package func staff(as handle: String) throws -> [StaffEntry] {
        try look(.seeWork, as: handle) { view in
            try view.staff().map {
                StaffEntry(
                    handle: $0.actor.handle, role: $0.actor.role, isRetired: $0.isRetired,
                    unit: $0.scope?.unit, site: $0.scope?.site)
            }
        }
    }

    /// Boxes with their counts; a sending unit or a collector sees those of its unit or site, with
    /// the counts of its own tubes (ACT-4).
    package func boxes(onlyIncomplete: Bool, as handle: String) throws -> [BoxSummary] {
        try look(.seeBoxes, as: handle) { view, member in
            try view.boxes(onlyIncomplete: onlyIncomplete, of: try member.place())
        }
    }

    /// Laboratory pools, those that are not concluded or all.
    package func pools(onlyOpen: Bool, as handle: String) throws -> [StoredPool] {
        try look(.seeWork, as: handle) { try $0.pools(onlyOpen: onlyOpen) }
    }

    /// Plates that wait for their run, or all.
    package func plates(onlyUnread: Bool, as handle: String) throws -> [PlateEntry] {
        try look(.seeWork, as: handle) { view in
            try view.plates(onlyUnread: onlyUnread).map { plate in
                PlateEntry(
                    plate: plate.id, kit: plate.kit, assay: plate.assay,
                    wells: plate.layout.format.rawValue,
                    samples: plate.layout.wells.count { $0.content.isSample }, state: plate.state)
            }
        }
    }

    /// The laboratory in numbers.
    package func status(as handle: String) throws -> LaboratoryStatus {
        try look(.seeWork, as: handle) { try $0.status() }
    }

    /// Proves the database; see `Store.audit`.
    package func audit(as handle: String, progress: (Int) -> Void) throws -> AuditReport {
        try look(.audit, as: handle) { _ in }
        return try store.audit(progress: progress)
    }
}

extension WellContent {
    /// Whether the well holds a sample, not a control.
    package var isSample: Bool { if case .sample = self { true } else { false } }
}
