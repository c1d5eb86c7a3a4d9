internal import LabDomain
internal import LabOperations
internal import LabStore

/// What waits for a plate, the most urgent first.
struct RetestsPage: Hashable, Sendable {
    struct KitFigure: Hashable, Sendable {
        let kit: String
        let tests: Int
        let beyondRoutine: String
        let path: String
    }

    struct Row: Hashable, Sendable {
        let code: String
        let kind: String
        let purpose: String
        let isRoutine: Bool
        let kit: String
        let ordinal: Int
        let pool: String
        let since: String
        let due: Due?
        let row: String
    }

    let isAll: Bool
    let kits: [KitFigure]
    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager

    init(
        _ part: Part<WaitingTest>, _ counts: [WaitingCount], isAll: Bool, after: String,
        for visit: Visit
    ) {
        let words = visit.words
        self.isAll = isAll
        kits = counts.map {
            KitFigure(
                kit: words.word("kit", $0.kit), tests: $0.tests,
                beyondRoutine: words.count("retests.beyond", $0.beyondRoutine),
                path: "/plates/new?kit=\($0.kit.rawValue)")
        }
        rows = part.rows.map { test in
            let due = test.due.map { Due($0, for: visit) }
            return Row(
                code: test.subject, kind: words.word("testedKind", test.kind),
                purpose: words.word("purpose", test.purpose),
                isRoutine: test.purpose == .routine, kit: words.word("kit", test.kit),
                ordinal: test.ordinal, pool: test.pool?.text ?? "–",
                since: visit.time(test.since), due: due, row: due?.row ?? "")
        }
        isEmpty = part.rows.isEmpty
        pager = Pager(part, on: isAll ? "/retests?all=1" : "/retests", after: after)
    }
}

extension Site {
    var retestRoutes: [Route] {
        [
            .get("/retests", .layOutPlate) { visit in
                let isAll = visit.query["all"] != nil
                let after = visit.query["after"] ?? ""
                let page = RetestsPage(
                    try visit.laboratory.waitingTests(
                        onlyRetests: !isAll, after: after, as: visit.handle),
                    try visit.laboratory.waitingCounts(as: visit.handle), isAll: isAll,
                    after: after, for: visit)
                return .page(Page(visit.words.say("retests.title"), "retests", page))
            }
        ]
    }
}
