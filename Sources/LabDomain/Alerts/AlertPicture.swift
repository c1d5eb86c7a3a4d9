/// The clocks of one rule and box, as alerts see them.
package struct AlertBatch: Hashable, Sendable {
    package let rule: String
    package let box: BoxID
    package let unit: String
    /// The limit that comes or came first.
    package let dueAt: Timestamp
    /// Clocks that run.
    package let running: Int
    /// Those of them whose half is over, since an alert of it was closed last.
    package let overHalf: Int
    /// Clocks that are late or stopped late, since an alert of it was closed last.
    package let late: Int
    /// Those of them that still run.
    package let lateRunning: Int

    /// What is known of a rule in a box.
    package init(
        rule: String, box: BoxID, unit: String, dueAt: Timestamp, running: Int, overHalf: Int,
        late: Int, lateRunning: Int
    ) {
        self.rule = rule
        self.box = box
        self.unit = unit
        self.dueAt = dueAt
        self.running = running
        self.overHalf = overHalf
        self.late = late
        self.lateRunning = lateRunning
    }
}

/// What a forecast says of the tubes of a box that are still in time.
package struct BoxRisk: Hashable, Sendable {
    package let box: BoxID
    package let unit: String
    /// The share of the futures in which its most endangered tubes are late.
    package let chance: Double
    /// How many share that danger.
    package let tubes: Int
    package let dueAt: Timestamp
    package let predictedAt: Timestamp

    /// The danger in which a box is.
    package init(
        box: BoxID, unit: String, chance: Double, tubes: Int, dueAt: Timestamp,
        predictedAt: Timestamp
    ) {
        self.box = box
        self.unit = unit
        self.chance = chance
        self.tubes = tubes
        self.dueAt = dueAt
        self.predictedAt = predictedAt
    }
}

/// All that is looked at when it is decided who must be told.
package struct AlertPicture: Sendable {
    package var settings: Alerting
    package var zone: Zone
    /// The time by which deadlines are judged.
    package var now: Timestamp
    /// Every alert that is not closed.
    package var alerts: [Alert] = []
    package var batches: [AlertBatch] = []
    /// What the last forecast says; nil when there is none to be trusted.
    package var risks: [BoxRisk]?
    package var watches: [BoxID: ForecastWatch] = [:]
    /// Alerts of breaches whose cause has been told.
    package var explained: Set<AlertID> = []
    /// How far the wall clock has jumped; nil when it has not.
    package var jump: Span?

    /// A picture of nothing yet.
    package init(settings: Alerting, zone: Zone, now: Timestamp) {
        self.settings = settings
        self.zone = zone
        self.now = now
    }
}

/// How an alert changes, in one word.
package enum AlertChange: Hashable, Sendable, Codable {
    /// The next step of duty is told.
    case told(step: Int)
    case eased
    /// The forecast turned bad again; nobody is told twice.
    case reopened
    case closed
}

/// What follows from a picture.
package struct AlertPlan: Hashable, Sendable {
    package var raised: [Alert] = []
    package var changes: [AlertID: AlertChange] = [:]
    /// Alerts of which somebody is told now, as they are then.
    package var told: [Alert] = []
    package var watches: [BoxID: ForecastWatch] = [:]

    /// Whether nothing is to be done.
    package var isEmpty: Bool { raised.isEmpty && changes.isEmpty }
}
