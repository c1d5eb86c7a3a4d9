/// What an alert tells those on duty.
package enum AlertKind: String, CaseIterable, Hashable, Sendable, Codable {
    /// Half of a clock's limit is over and the work is not done.
    case halfWindow = "half-window"
    /// The forecast says that more likely than not the limit will be passed.
    case willBreach = "will-breach"
    /// The limit was passed.
    case breached
    /// The wall clock jumped: deadlines may be wrong until somebody has looked.
    case clockJumped = "clock-jumped"

    /// Which tells more about one box: while it is open, those below are not raised.
    package var rank: Int {
        switch self {
        case .halfWindow: 0
        case .willBreach: 1
        case .breached, .clockJumped: 2
        }
    }
}

/// How an alert stands.
package enum AlertState: String, CaseIterable, Hashable, Sendable, Codable {
    case open
    /// The forecast is good again; it may turn once more, and then nobody is told twice.
    case eased
    case closed
}

/// An alert as it is kept.
package struct Alert: Hashable, Sendable, Codable {
    package let id: AlertID
    package let kind: AlertKind
    /// Nil for the clock.
    package let box: BoxID?
    /// The clock's rule; nil where no single rule is meant.
    package let rule: String?
    package let unit: String
    /// Tubes that it was raised for.
    package let tubes: Int
    package let dueAt: Timestamp?
    /// The median of the forecast that raised it.
    package let predictedAt: Timestamp?
    package let raisedAt: Timestamp
    package var state: AlertState
    /// Who has been told so far: the step of duty; 0 when nobody was on duty.
    package var step: Int
    /// When that step was told.
    package var toldAt: Timestamp
    package var acknowledgedAt: Timestamp?
    package var acknowledgedBy: String?

    /// An alert.
    package init(
        id: AlertID, kind: AlertKind, box: BoxID?, rule: String?, unit: String, tubes: Int,
        dueAt: Timestamp?, predictedAt: Timestamp?, raisedAt: Timestamp,
        state: AlertState = .open, step: Int = 0, toldAt: Timestamp,
        acknowledgedAt: Timestamp? = nil, acknowledgedBy: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.box = box
        self.rule = rule
        self.unit = unit
        self.tubes = tubes
        self.dueAt = dueAt
        self.predictedAt = predictedAt
        self.raisedAt = raisedAt
        self.state = state
        self.step = step
        self.toldAt = toldAt
        self.acknowledgedAt = acknowledgedAt
        self.acknowledgedBy = acknowledgedBy
    }

    /// Whether somebody should do something about it.
    package var waits: Bool { state == .open && acknowledgedAt == nil }
}
