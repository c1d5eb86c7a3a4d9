/// A sampling desk began to fill a tube.
package struct DeskTubeOpened: FactPayload {
    package static let kind = FactKind.deskTubeOpened
    package let deskTube: DeskTubeID
    package let desk: String
    package let tube: TubeID
    package let ratio: TubeRatio
    package let risk: RiskClass
    package let unit: String
    package let site: String
    package let box: BoxID?
    /// What stands against the tube already.
    package let cause: DeskCause?
    package var subject: String { tube.text }

    /// The beginning of a filling.
    package init(_ deskTube: DeskTube) {
        self.deskTube = deskTube.id
        desk = deskTube.desk
        tube = deskTube.tube
        ratio = deskTube.ratio
        risk = deskTube.risk
        unit = deskTube.unit
        site = deskTube.site
        box = deskTube.box
        cause = deskTube.cause
    }
}

/// Where an entry of a desk stands in its order.
package struct DeskPlace: Hashable, Sendable, Codable {
    package let desk: String
    /// The desk's running number, from 1.
    package let sequence: Int
    package let at: Timestamp
    /// What the device's clock said, where that was put right.
    package let device: Timestamp?
    /// Who worked at the desk, as the device says; the fact's actor is who sent it.
    package let by: String

    /// An entry's place and time.
    package init(desk: String, sequence: Int, time: DeskTime, by: String) {
        self.desk = desk
        self.sequence = sequence
        at = time.at
        device = time.device
        self.by = by
    }
}

/// Somebody was swabbed into a tube at a desk.
package struct DeskPersonBound: FactPayload {
    package static let kind = FactKind.deskPersonBound
    package let deskTube: DeskTubeID
    package let tube: TubeID
    package let place: DeskPlace
    /// Nil when the person could not be read.
    package let person: RegisteredPerson?
    /// Another tube into which they were swabbed shortly before.
    package let again: TubeID?
    /// What stands against the tube from now on.
    package let cause: DeskCause?
    package var subject: String { tube.text }

    /// A person in a tube.
    package init(
        deskTube: DeskTubeID, tube: TubeID, place: DeskPlace, person: RegisteredPerson?,
        again: TubeID?, cause: DeskCause?
    ) {
        self.deskTube = deskTube
        self.tube = tube
        self.place = place
        self.person = person
        self.again = again
        self.cause = cause
    }
}

/// A desk took back that somebody is in a tube.
package struct DeskPersonUndone: FactPayload {
    package static let kind = FactKind.deskPersonUndone
    package let deskTube: DeskTubeID
    package let tube: TubeID
    package let place: DeskPlace
    /// The number of the entry that is taken back.
    package let undone: Int
    package var subject: String { tube.text }

    /// The taking back of one person.
    package init(deskTube: DeskTubeID, tube: TubeID, place: DeskPlace, undone: Int) {
        self.deskTube = deskTube
        self.tube = tube
        self.place = place
        self.undone = undone
    }
}

/// A desk asked for something that there was no longer to do.
package struct DeskEntryPassed: FactPayload {
    package static let kind = FactKind.deskEntryPassed
    /// Why nothing was done.
    package enum Reason: String, CaseIterable, Hashable, Sendable, Codable {
        /// The person is in this tube already.
        case twice
        /// The person to take back is in no open tube of the desk.
        case notThere = "not-there"
        /// The tube to close is not open at the desk.
        case notOpen = "not-open"
        /// The tube to open again is not closed at the desk.
        case notClosed = "not-closed"
        /// The tube to open again is in a box that is counted, at the laboratory, or settled.
        case onItsWay = "on-its-way"
    }
    package let tube: TubeID
    package let place: DeskPlace
    package let reason: Reason
    package var subject: String { tube.text }

    /// An entry without consequence.
    package init(tube: TubeID, place: DeskPlace, reason: Reason) {
        self.tube = tube
        self.place = place
        self.reason = reason
    }
}

/// A desk closed a tube: it is registered, or it waits for a decision.
package struct DeskTubeClosed: FactPayload {
    package static let kind = FactKind.deskTubeClosed
    package let deskTube: DeskTubeID
    package let tube: TubeID
    package let place: DeskPlace
    package let people: Int
    /// Why it was closed before it was full.
    package let reason: DeskCloseReason?
    package let state: DeskTubeState
    package let cause: DeskCause?
    /// Under which manifest its tube was registered.
    package let manifest: ManifestID?
    package var subject: String { tube.text }

    /// The end of a filling.
    package init(
        deskTube: DeskTubeID, tube: TubeID, place: DeskPlace, people: Int,
        reason: DeskCloseReason?, state: DeskTubeState, cause: DeskCause?, manifest: ManifestID?
    ) {
        self.deskTube = deskTube
        self.tube = tube
        self.place = place
        self.people = people
        self.reason = reason
        self.state = state
        self.cause = cause
        self.manifest = manifest
    }
}

/// A desk opened a tube again that it had closed: what was registered of it is taken back.
package struct DeskTubeReopened: FactPayload {
    package static let kind = FactKind.deskTubeReopened
    package let deskTube: DeskTubeID
    package let tube: TubeID
    package let place: DeskPlace
    /// Whether the tube was registered, and not waiting for a decision.
    package let wasRegistered: Bool
    package let people: Int
    /// What stands against the tube still.
    package let cause: DeskCause?
    package var subject: String { tube.text }

    /// The going on of a filling.
    package init(
        deskTube: DeskTubeID, tube: TubeID, place: DeskPlace, wasRegistered: Bool, people: Int,
        cause: DeskCause?
    ) {
        self.deskTube = deskTube
        self.tube = tube
        self.place = place
        self.wasRegistered = wasRegistered
        self.people = people
        self.cause = cause
    }
}

/// Somebody decided what becomes of a tube that a desk filled.
package struct DeskTubeSettled: FactPayload {
    package static let kind = FactKind.deskTubeSettled
    package let deskTube: DeskTubeID
    /// The barcode under which it goes on.
    package let tube: TubeID
    package let state: DeskTubeState
    package let people: Int
    /// The filling to which its people were put.
    package let into: DeskTubeID?
    package let note: String
    package let manifest: ManifestID?
    package var subject: String { tube.text }

    /// A decision about a filling.
    package init(
        deskTube: DeskTubeID, tube: TubeID, state: DeskTubeState, people: Int, into: DeskTubeID?,
        note: String, manifest: ManifestID?
    ) {
        self.deskTube = deskTube
        self.tube = tube
        self.state = state
        self.people = people
        self.into = into
        self.note = note
        self.manifest = manifest
    }
}
