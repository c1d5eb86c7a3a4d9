/// What somebody is in the laboratory's work; it decides what they may do.
package enum Role: String, CaseIterable, Hashable, Sendable, Codable {
    case collector
    case technician
    case supervisor
    case planner
    case sendingUnit = "sending-unit"
    case administrator
    /// A machine that acts by itself: an instrument, a scanner station.
    case device
    /// The laboratory system itself.
    case system
}

/// One thing that somebody can ask of the laboratory.
package enum Verb: String, CaseIterable, Hashable, Sendable, Codable {
    case makeLaboratory = "make-laboratory"
    case addPerson = "add-person"
    case assignScope = "assign-scope"
    case retirePerson = "retire-person"
    case issuePassword = "issue-password"
    case signIn = "sign-in"
    case adoptProgramme = "adopt-programme"
    case registerManifest = "register-manifest"
    case bindPerson = "bind-person"
    case settleTube = "settle-tube"
    case receiveBox = "receive-box"
    case rejectTube = "reject-tube"
    case undoScan = "undo-scan"
    case closeBox = "close-box"
    case measureTube = "measure-tube"
    case formPools = "form-pools"
    case layOutPlate = "lay-out-plate"
    case abandonPlate = "abandon-plate"
    case importRun = "import-run"
    case closeRecollection = "close-recollection"
    case closeTask = "close-task"
    case reviewRun = "review-run"
    case refuseRun = "refuse-run"
    case release
    case exportReports = "export-reports"
    case issueCertificate = "issue-certificate"
    case feedbackFile = "feedback-file"
    case adoptReceiver = "adopt-receiver"
    case sendReports = "send-reports"
    case amendResult = "amend-result"
    case confirmFeedback = "confirm-feedback"
    case explainBreach = "explain-breach"
    case adoptAlerting = "adopt-alerting"
    case acknowledgeAlert = "acknowledge-alert"
    case checkAlerts = "check-alerts"
    case seeBoxes = "see-boxes"
    case seeWork = "see-work"
    case seePeople = "see-people"
    case trace
    case audit
    /// Keeps scenarios of citywide screenings and asks for their simulation.
    case planScreening = "plan-screening"
    case handOverPlan = "hand-over-plan"
}

extension Role {
    /// The roles of people who sign in with a password; devices and the system do not.
    package static let ofPeople = allCases.filter { $0 != .device && $0 != .system }

    /// Whether somebody with this role may do `verb`: the one table of permissions (ACT-1).
    package func may(_ verb: Verb) -> Bool {
        if verb == .signIn { return Self.ofPeople.contains(self) }
        return Self.table[self]?.contains(verb) ?? false
    }

    private static let table: [Role: Set<Verb>] = [
        .collector: [.registerManifest, .bindPerson, .closeRecollection, .seeBoxes, .seePeople],
        .technician: [
            .registerManifest, .bindPerson, .settleTube, .receiveBox, .rejectTube, .undoScan,
            .closeBox, .measureTube,
            .formPools, .layOutPlate, .abandonPlate, .importRun,
            .closeRecollection, .closeTask, .acknowledgeAlert, .seeBoxes, .seeWork, .seePeople,
            .trace,
        ],
        .supervisor: [
            .registerManifest, .bindPerson, .settleTube, .receiveBox, .rejectTube, .undoScan,
            .closeBox, .measureTube,
            .formPools, .layOutPlate, .abandonPlate, .importRun,
            .closeRecollection, .closeTask, .reviewRun, .refuseRun, .release, .exportReports,
            .issueCertificate, .feedbackFile, .sendReports, .amendResult, .confirmFeedback,
            .explainBreach, .acknowledgeAlert, .checkAlerts, .seeBoxes, .seeWork, .seePeople,
            .trace, .audit, .planScreening, .handOverPlan,
        ],
        .planner: [.seeBoxes, .seeWork, .planScreening, .handOverPlan],
        .sendingUnit: [
            .registerManifest, .bindPerson, .issueCertificate, .feedbackFile, .confirmFeedback,
            .seeBoxes,
        ],
        .administrator: [
            .makeLaboratory, .addPerson, .assignScope, .retirePerson, .issuePassword,
            .adoptProgramme, .adoptReceiver, .adoptAlerting, .acknowledgeAlert, .checkAlerts,
            .seeBoxes, .seeWork, .audit,
        ],
        .device: [.receiveBox, .importRun, .sendReports, .confirmFeedback, .checkAlerts],
        .system: [
            .makeLaboratory, .exportReports, .sendReports, .confirmFeedback, .checkAlerts, .seeWork,
        ],
    ]
}
