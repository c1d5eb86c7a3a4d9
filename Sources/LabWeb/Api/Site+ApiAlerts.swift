internal import LabDomain
internal import LabOperations

/// What an acknowledgement may bear.
private struct ApiAcknowledgement: Decodable {
    let cause: BreachCause?
    let note: String?
}

extension Site {
    /// What is or will be late, who was told of it, and that somebody sees to it.
    var alertApi: [ApiRoute] {
        [
            .look("/alerts", "listAlerts", .seeWork) { visit in
                ApiList(
                    try laboratory.alerts(
                        onlyOpen: try !visit.flag("all"),
                        limit: try visit.number("limit", in: 1...1_000, or: 100), at: visit.now,
                        as: visit.handle))
            },
            .ask("/alerts/:alert/acknowledgement", "acknowledgeAlert") {
                (asked: ApiAcknowledgement, visit) in
                AcknowledgeAlert(
                    alert: visit.parameter("alert"), cause: asked.cause, note: asked.note ?? "")
            },
            // Whom to tell, and over what, is taken at the server alone: channels name programs
            // of its environment.
            .look("/alerts/messages", "listAlertMessages", .seeWork) { visit in
                ApiList(
                    try laboratory.alertMessages(
                        limit: try visit.number("limit", in: 1...1_000, or: 100),
                        as: visit.handle))
            },
        ]
    }
}
