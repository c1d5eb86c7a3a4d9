internal import LabDomain
internal import LabOperations

extension Site {
    var alertRoutes: [Route] {
        [
            .get("/alerts", .seeWork) { visit in
                let isAll = visit.query["all"] != nil
                let alerts = try visit.laboratory.alerts(
                    onlyOpen: !isAll, at: visit.now, as: visit.handle)
                let isUnset = try !visit.laboratory.hasAlerting(as: visit.handle)
                return .page(
                    Page(
                        visit.words.say("alerts.title"), "alerts",
                        AlertsPage(alerts, isAll: isAll, isUnset: isUnset, for: visit)))
            },
            .post("/alerts/:alert/acknowledge", .acknowledgeAlert) { visit in
                let cause = visit.form["cause"].flatMap(BreachCause.init(rawValue:))
                let answer = try await visit.perform(
                    AcknowledgeAlert(
                        alert: visit.parameter("alert"), cause: cause,
                        note: visit.form["note"] ?? ""))
                let word = answer.isClosed ? "closed" : answer.needsCause ? "causeLacks" : "seen"
                return .redirect(
                    localPath(visit.form["back"]) ?? "/alerts",
                    .done(visit.words.say("alerts.\(word)")))
            },
        ]
    }
}
