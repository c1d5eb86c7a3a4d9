internal import LabDomain
internal import LabOperations
internal import LabStore

/// A well at which a person must look, with the buttons for whoever may decide.
struct LookRow: Hashable, Sendable {
    let well: String
    let code: String
    let cqs: [String]
    let says: String
    let reasons: [String]
    /// What came of it; empty while nobody has looked.
    let decision: String
    let path: String
    let csrf: String
    let acceptKey: String
    let repeatKey: String
    let back: String
    let mayLook: Bool
    let mayRepeat: Bool

    init(_ look: StoredLook, of run: StoredRun, in report: RunReport, for visit: Visit) {
        let words = visit.words
        well = look.well.description
        code = look.of?.text ?? words.say("run.control")
        let cqs = report.readings.filter { $0.well == look.well }.reduce(into: [String: Cq]()) {
            $0[$1.target] = $1.cq
        }
        self.cqs = report.channels.map { cqText(cqs[$0]) }
        says = look.result.map { words.word("verdict", $0.verdict) } ?? "–"
        reasons = look.reasons.map { words.word("lookReason", $0) }
        decision =
            look.decision.map { decision in
                words.say(
                    "run.look.\(decision.rawValue)",
                    [
                        "who": look.looked?.by ?? "",
                        "time": look.looked.map { visit.time($0.at) } ?? "",
                    ])
            } ?? ""
        back = "/runs/" + encoded(run.plate.text)
        path = back + "/looks/" + look.well.description
        csrf = visit.csrf
        acceptKey = visit.newKey()
        repeatKey = visit.newKey()
        let isOpen = run.state == .valid || run.state == .reviewed
        mayLook =
            look.looked == nil && isOpen && run.enteredBy != visit.handle
            && visit.may(.reviewRun)
        mayRepeat = mayLook && look.request != nil
    }
}
