internal import LabDomain
internal import LabOperations
internal import LabStore

/// The call list on paper.
struct CallList: Hashable, Sendable {
    /// So many people are on one list at most; a caller does not work through more.
    static let most = 300

    let unit: String?
    let groups: [RecollectionsPage.Group]
    let isEmpty: Bool
    let printed: String
    let count: String
    let back: String
    let pager: Pager

    init(
        _ part: Part<WaitingRecollection>, unit: String?, after: String, for visit: Visit
    ) {
        self.unit = unit
        groups = RecollectionsPage.groups(part.rows, for: visit)
        isEmpty = part.rows.isEmpty
        printed = visit.words.say(
            "recollections.printed",
            ["at": visit.site.zone.minuteText(visit.now), "who": visit.handle])
        count = visit.words.count("recollections.count", part.rows.count)
        let filter = unit.map { "?unit=\(encoded($0))" } ?? ""
        back = "/recollections" + filter
        pager = Pager(part, on: "/recollections/print" + filter, after: after)
    }
}

extension Site {
    var recollectionRoutes: [Route] {
        [
            .get("/recollections", .seePeople) { visit in
                let isAll = visit.query["all"] != nil
                let after = visit.query["after"] ?? ""
                let unit = Self.unit(visit)
                let page = RecollectionsPage(
                    try visit.laboratory.recollections(
                        onlyOpen: !isAll, unit: unit, after: after, as: visit.handle),
                    units: try visit.laboratory.unitsToCall(as: visit.handle), unit: unit,
                    isAll: isAll, after: after, for: visit)
                return .page(Page(visit.words.say("recollections.title"), "recollections", page))
            },
            .get("/recollections/print", .seePeople) { visit in
                let after = visit.query["after"] ?? ""
                let unit = Self.unit(visit)
                let part = try visit.laboratory.recollections(
                    onlyOpen: true, unit: unit, after: after, size: CallList.most,
                    as: visit.handle)
                return .page(
                    Page(
                        visit.words.say("recollections.callList"), "call-list",
                        CallList(part, unit: unit, after: after, for: visit),
                        scripts: ["print.js"], frame: .paper))
            },
            .post("/recollections/:recollection/close", .closeRecollection) { visit in
                guard let outcome = visit.form["outcome"].flatMap(RecollectionOutcome.init) else {
                    return .redirect(
                        localPath(visit.form["back"]) ?? "/recollections",
                        Flash(
                            isDone: false, message: visit.words.say("recollections.noOutcome"),
                            remedy: visit.words.say("recollections.noOutcome.remedy"), places: []))
                }
                let answer = try await visit.perform(
                    CloseRecollection(
                        recollection: RecollectionID(visit.parameter("recollection")),
                        outcome: outcome))
                return .redirect(
                    localPath(visit.form["back"]) ?? "/recollections",
                    .done(
                        visit.words.say(
                            "recollections.closed",
                            [
                                "outcome": visit.words.word(
                                    "recollectionState", answer.outcome)
                            ])))
            },
        ]
    }

    private static func unit(_ visit: Visit) -> String? {
        visit.query["unit"].flatMap { $0.isEmpty ? nil : $0 }
    }
}
