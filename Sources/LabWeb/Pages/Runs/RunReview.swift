internal import LabDomain
internal import LabOperations
internal import LabStore

/// Who may judge a run, with the buttons or the reason why there is none.
struct RunReview: Hashable, Sendable {
    let csrf: String
    let back: String
    let key: String
    let handle: String
    let acceptPath: String
    let refusePath: String
    let mayAccept: Bool
    let mayRefuse: Bool
    /// Why the one who looks cannot judge it, or why it cannot be refused any more.
    let why: String

    init(_ run: StoredRun, canBeRefused: Bool, for visit: Visit) {
        csrf = visit.csrf
        back = "/runs/" + encoded(run.plate.text)
        acceptPath = back + "/review"
        refusePath = back + "/refuse"
        key = visit.newKey()
        handle = visit.handle
        let fault = run.fault(judgedBy: visit.handle, visit.role)
        mayAccept = fault == nil
        mayRefuse = fault == nil && canBeRefused
        why =
            switch fault {
            case .ownEntry? where !visit.may(.reviewRun):
                visit.words.say("run.notYou.imported")
            case .some(let fault):
                visit.words.say(
                    "run.notYou.\(fault.rawValue)",
                    ["who": run.enteredBy, "judge": run.reviewedBy ?? ""])
            case nil where !canBeRefused: visit.words.say("run.movedOn")
            case nil: ""
            }
    }
}
