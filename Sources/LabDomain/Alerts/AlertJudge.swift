/// Decides which alerts are raised, change and are told: a pure function of a picture.
package struct AlertJudge {
    private let picture: AlertPicture
    private let name: (AlertKind, BoxID?, String?) -> AlertID
    private var plan = AlertPlan()
    private var open: [Key: Alert] = [:]

    private struct Key: Hashable {
        let kind: AlertKind
        let box: BoxID?
        let rule: String?
    }

    private init(
        _ picture: AlertPicture, _ name: @escaping (AlertKind, BoxID?, String?) -> AlertID
    ) {
        self.picture = picture
        self.name = name
        for alert in picture.alerts {
            open[Key(kind: alert.kind, box: alert.box, rule: alert.rule)] = alert
        }
    }

    /// What follows from a picture.
    /// - Parameters:
    ///   - picture: All that is looked at.
    ///   - name: The identifier of a new alert of a kind, box and rule.
    /// - Returns: What is raised, changes and is told; nothing when all is as it was.
    package static func plan(
        _ picture: AlertPicture, name: @escaping (AlertKind, BoxID?, String?) -> AlertID
    ) -> AlertPlan {
        var judge = AlertJudge(picture, name)
        judge.judgeClock()
        judge.judgeBreaches()
        judge.judgeForecast()
        judge.judgeHalves()
        judge.escalate()
        return judge.plan
    }

    /// A clock that jumped is one alert, however many deadlines it moves (ALERT-7).
    private mutating func judgeClock() {
        let known = open[Key(kind: .clockJumped, box: nil, rule: nil)]
        if picture.jump != nil {
            if known == nil { raise(.clockJumped) }
        } else if let known {
            close(known)
        }
    }

    /// A breach stays open until its cause and an acknowledgement are there and nothing of it
    /// runs any more (ALERT-4).
    private mutating func judgeBreaches() {
        var running: Set<Key> = []
        for batch in picture.batches where batch.late > 0 {
            let key = Key(kind: .breached, box: batch.box, rule: batch.rule)
            if batch.lateRunning > 0 { running.insert(key) }
            guard open[key] == nil else { continue }
            raise(
                .breached, batch.box, batch.rule, unit: batch.unit, tubes: batch.late,
                dueAt: batch.dueAt)
        }
        for alert in picture.alerts where alert.kind == .breached {
            let key = Key(kind: .breached, box: alert.box, rule: alert.rule)
            guard alert.acknowledgedAt != nil, picture.explained.contains(alert.id),
                !running.contains(key)
            else { continue }
            close(alert)
        }
    }

    private mutating func judgeForecast() {
        guard let risks = picture.risks else {
            plan.watches = picture.watches
            return
        }
        for risk in risks {
            var watch = picture.watches[risk.box] ?? ForecastWatch()
            let verdict = watch.see(risk.chance, at: picture.now)
            plan.watches[risk.box] = watch
            let known = open[Key(kind: .willBreach, box: risk.box, rule: nil)]
            switch (verdict, known?.state) {
            case (.bad, nil) where !isOutranked(.willBreach, risk.box, nil):
                raise(
                    .willBreach, risk.box, unit: risk.unit, tubes: risk.tubes, dueAt: risk.dueAt,
                    predictedAt: risk.predictedAt)
            case (.bad, .eased): known.map { plan.changes[$0.id] = .reopened }
            case (.good, .open): known.map { plan.changes[$0.id] = .eased }
            default: break
            }
        }
        let boxes = Set(risks.map(\.box))
        for alert in picture.alerts where alert.kind == .willBreach {
            let isOver = alert.box.map { !boxes.contains($0) } ?? true
            if isOver || isOutranked(.willBreach, alert.box, nil) { close(alert) }
        }
    }

    private mutating func judgeHalves() {
        var running: Set<Key> = []
        for batch in picture.batches {
            let key = Key(kind: .halfWindow, box: batch.box, rule: batch.rule)
            if batch.running > 0 { running.insert(key) }
            guard batch.overHalf > 0, open[key] == nil,
                !isOutranked(.halfWindow, batch.box, batch.rule)
            else { continue }
            raise(
                .halfWindow, batch.box, batch.rule, unit: batch.unit, tubes: batch.overHalf,
                dueAt: batch.dueAt)
        }
        for alert in picture.alerts where alert.kind == .halfWindow {
            let key = Key(kind: .halfWindow, box: alert.box, rule: alert.rule)
            if !running.contains(key) || isOutranked(.halfWindow, alert.box, alert.rule) {
                close(alert)
            }
        }
    }

    /// Whether an alert that tells more of the box is open, or is raised now.
    private func isOutranked(_ kind: AlertKind, _ box: BoxID?, _ rule: String?) -> Bool {
        open.values.contains { other in
            other.box == box && other.state == .open && other.kind.rank > kind.rank
                && (rule == nil || other.rule == nil || other.rule == rule)
        }
    }

    private mutating func raise(
        _ kind: AlertKind, _ box: BoxID? = nil, _ rule: String? = nil, unit: String = "",
        tubes: Int = 0, dueAt: Timestamp? = nil, predictedAt: Timestamp? = nil
    ) {
        let step =
            picture.settings.step(after: 0, for: kind, at: picture.now, in: picture.zone) ?? 0
        let alert = Alert(
            id: name(kind, box, rule), kind: kind, box: box, rule: rule, unit: unit, tubes: tubes,
            dueAt: dueAt, predictedAt: predictedAt, raisedAt: picture.now, step: step,
            toldAt: picture.now)
        open[Key(kind: kind, box: box, rule: rule)] = alert
        plan.raised.append(alert)
        if step > 0 { plan.told.append(alert) }
    }

    private mutating func close(_ alert: Alert) {
        plan.changes[alert.id] = .closed
        open[Key(kind: alert.kind, box: alert.box, rule: alert.rule)] = nil
    }

    /// Nobody acknowledged in time, or nobody was on duty: whoever is next is told (ALERT-6).
    private mutating func escalate() {
        for alert in picture.alerts
        where alert.waits && plan.changes[alert.id] == nil {
            let waited = alert.toldAt.span(to: picture.now)
            guard alert.step == 0 || waited >= picture.settings.escalateAfter,
                let step = picture.settings.step(
                    after: alert.step, for: alert.kind, at: picture.now, in: picture.zone)
            else { continue }
            plan.changes[alert.id] = .told(step: step)
            var told = alert
            (told.step, told.toldAt) = (step, picture.now)
            plan.told.append(told)
        }
    }
}
