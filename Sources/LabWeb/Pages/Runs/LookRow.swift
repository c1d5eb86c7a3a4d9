internal import LabDomain
internal import LabOperations
internal import LabStore

/// A well at which a person must look, with the buttons for whoever may decide.
struct LookRow: Hashable, Sendable {
    let well: String
    let code: String
    let cells: [CurveCell]
    let curve: CurvePicture?
    let says: String
    /// What our own Cq of its curves says; nil where there is none.
    let ownSays: String?
    let reasons: [String]
    /// What came of it; empty while nobody has looked.
    let decision: String
    let why: String?
    let path: String
    let csrf: String
    let key: String
    let back: String
    let field: String
    let mayLook: Bool
    let mayOwn: Bool
    let mayRepeat: Bool

    init(
        _ look: StoredLook, of run: StoredRun, in report: RunReport, _ pictures: CurvePictures,
        for visit: Visit
    ) {
        let words = visit.words
        well = look.well.description
        code = look.of?.text ?? words.say("run.control")
        let readings = pictures.readings(in: look.well).reduce(into: [String: Reading]()) {
            $0[$1.target] = $1
        }
        cells = report.channels.map { CurveCell($0, readings[$0], words) }
        curve = pictures[look.well]
        says = look.result.map { words.word("verdict", $0.verdict) } ?? "–"
        let own = report.ownResult(of: look)
        ownSays = own.map { words.word("verdict", $0.verdict) }
        reasons = look.reasons.map { words.word("lookReason", $0) }
        decision = Self.decision(look, for: visit)
        why = look.why
        back = "/runs/" + encoded(run.plate.text)
        path = back + "/looks/" + look.well.description
        csrf = visit.csrf
        key = visit.newKey()
        field = "why-" + look.well.description
        let isOpen = run.state == .valid || run.state == .reviewed
        mayLook =
            look.looked == nil && isOpen && run.enteredBy != visit.handle
            && visit.may(.reviewRun)
        mayOwn = mayLook && own != nil
        mayRepeat = mayLook && look.request != nil
    }

    private static func decision(_ look: StoredLook, for visit: Visit) -> String {
        guard let decision = look.decision else { return "" }
        let key = look.byCurve ? "own" : decision.rawValue
        return visit.words.say(
            "run.look.\(key)",
            [
                "who": look.looked?.by ?? "",
                "time": look.looked.map { visit.time($0.at) } ?? "",
            ])
    }
}
