internal import LabDomain

extension Fact {
    /// What those on duty were told, as sentences of a story.
    func alertWords(in zone: Zone) -> Wording {
        switch self {
        case .alertingAdopted: "settings of alerts adopted"
        case .alertRaised(let fact):
            "alert \(fact.alert) raised: \(fact.about.word), \(fact.tubes) tubes"
        case .alertChanged(let fact):
            switch fact.change {
            case .told(let step): "alert \(fact.alert): step \(step) of duty told"
            case .eased: "alert \(fact.alert) eased"
            case .reopened: "alert \(fact.alert) is open again"
            case .closed: "alert \(fact.alert) closed"
            }
        case .alertAcknowledged(let fact): "alert \(fact.alert) acknowledged"
        case .alertMessageMade(let fact):
            "message \(fact.message) to \(fact.channel) about \(fact.alerts.count) alerts"
        case .alertMessageSent(let fact): "message \(fact.message) leaves"
        case .alertMessageEnded(let fact):
            fact.nextAt.map {
                "message \(fact.message): \(fact.answer), again at \(zone.minuteText($0))"
            } ?? "message \(fact.message): \(fact.answer)"
        default: ""
        }
    }
}
