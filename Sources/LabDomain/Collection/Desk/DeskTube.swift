/// Why a tube that a sampling desk filled waits for somebody's decision (DESK-4).
package enum DeskCause: String, CaseIterable, Hashable, Sendable, Codable {
    /// A tube with this barcode is registered already.
    case registered
    /// Another desk fills a tube with the same barcode.
    case otherDesk = "other-desk"
    /// More people were named for the tube than it may hold.
    case overfull
    /// A person cannot be read, and their swab is in the tube.
    case unreadable
    /// The barcode is none of a known supplier.
    case barcode
    /// A person is known under another name.
    case otherName = "other-name"
    /// The desk counted other people than are here.
    case count
}

/// Why a desk closed a tube before it was full (DESK-3).
package enum DeskCloseReason: String, CaseIterable, Hashable, Sendable, Codable {
    /// Nobody else waits.
    case nobodyWaits = "nobody-waits"
    /// The class, house or other group ends here.
    case groupEnds = "group-ends"
    case endOfShift = "end-of-shift"
    /// The tube broke or leaked: its people are swabbed again into another one.
    case spoiled
}

/// How a filling of a tube at a sampling desk stands.
package enum DeskTubeState: String, CaseIterable, Hashable, Sendable, Codable {
    case open
    /// Closed, and waiting for a decision.
    case held
    case registered
    /// Its people must be swabbed again, or it held nobody.
    case discarded
    /// Its people were put to another filling of the same tube.
    case merged
}

/// One filling of a tube at a sampling desk, with what its closing depends on.
package struct DeskTube: Hashable, Sendable {
    package let id: DeskTubeID
    package let desk: String
    package let tube: TubeID
    package let ratio: TubeRatio
    package let risk: RiskClass
    package let unit: String
    package let site: String
    /// Nil goes with the desk's tubes of the day.
    package let box: BoxID?
    package let state: DeskTubeState
    package let cause: DeskCause?

    /// A filling as it is kept.
    package init(
        id: DeskTubeID, desk: String, tube: TubeID, ratio: TubeRatio, risk: RiskClass,
        unit: String, site: String, box: BoxID?, state: DeskTubeState, cause: DeskCause?
    ) {
        self.id = id
        self.desk = desk
        self.tube = tube
        self.ratio = ratio
        self.risk = risk
        self.unit = unit
        self.site = site
        self.box = box
        self.state = state
        self.cause = cause
    }

    /// What stands against binding one more person, who is stored all the same: a swab that is in
    /// a tube is never left out of it.
    package func causeOfBinding(people: Int, isReadable: Bool) -> DeskCause? {
        if !isReadable { return .unreadable }
        return people >= ratio.rawValue ? .overfull : nil
    }

    /// What stands against the tube when it is opened again: what its closing found is found anew.
    package var causeOfOpening: DeskCause? {
        cause == .count || cause == .otherName ? nil : cause
    }

    /// What stands against registering the tube now, in the order of the checks; nil registers it.
    package func causeOfClosing(
        people: Int, counted: Int, isRegistered: Bool, isAtOtherDesk: Bool, hasOtherName: Bool
    ) -> DeskCause? {
        if let cause { return cause }
        if isRegistered { return .registered }
        if isAtOtherDesk { return .otherDesk }
        if people > ratio.rawValue { return .overfull }
        if people != counted { return .count }
        return hasOtherName ? .otherName : nil
    }
}
