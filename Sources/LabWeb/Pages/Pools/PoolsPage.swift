internal import LabDomain
internal import LabOperations
internal import LabStore

/// The laboratory pools in a list.
struct PoolsPage: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        let pool: String
        let path: String
        let parent: String?
        let parentPath: String
        let risk: String
        let scheme: String
        let size: Int
        let state: String
        let tone: String
        let formed: String
        let waits: String
        /// The plate on which it stands; nil when it stands on none.
        let plate: String?
        let platePath: String
    }

    let isAll: Bool
    let rows: [Row]
    let isEmpty: Bool
    /// What waits to be pooled; nil for whoever may not form pools.
    let waiting: String?
    let hasWaiting: Bool
    let pager: Pager

    init(
        _ part: Part<ListedPool>, isAll: Bool, after: String, waiting: Int, for visit: Visit
    ) {
        self.isAll = isAll
        rows = part.rows.map { Row($0, for: visit) }
        isEmpty = part.rows.isEmpty
        hasWaiting = waiting > 0 && visit.may(.formPools)
        self.waiting =
            visit.may(.formPools) ? visit.words.count("pools.waiting", waiting) : nil
        pager = Pager(part, on: isAll ? "/pools?all=1" : "/pools", after: after)
    }
}

extension PoolsPage.Row {
    fileprivate init(_ own: ListedPool, for visit: Visit) {
        let words = visit.words
        let pool = own.pool
        self.init(
            pool: pool.id.text, path: "/pools/" + encoded(pool.id.text),
            parent: pool.parent?.text,
            parentPath: pool.parent.map { "/pools/" + encoded($0.text) } ?? "",
            risk: words.say("risk.\(pool.risk)"),
            scheme: own.scheme?.description ?? "1", size: pool.size,
            state: words.word("poolState", pool.state), tone: pool.state.tone,
            formed: visit.time(pool.formedAt), waits: own.waits(in: words),
            plate: own.plate?.text,
            platePath: own.plate.map { "/plates/" + encoded($0.text) } ?? "")
    }
}

extension ListedPool {
    /// What must happen before the pool goes on.
    fileprivate func waits(in words: Catalogue) -> String {
        if plate != nil { return words.say("pools.waits.run") }
        if waitsForPlate { return words.say("pools.waits.plate") }
        if pool.state == .split, openParts > 0 {
            return words.count("pools.waits.parts", openParts)
        }
        if openTubes > 0 { return words.count("pools.waits.tubes", openTubes) }
        return ""
    }
}

extension PoolState {
    /// The colour of a pool's state; its word says the same.
    var tone: String {
        switch self {
        case .open: "accent"
        case .negative: "good"
        case .opened, .split, .unconfirmed: "warn"
        case .confirmed: "bad"
        case .withdrawn: ""
        }
    }
}

extension Site {
    var poolRoutes: [Route] {
        [
            .get("/pools", .seeWork) { visit in
                let isAll = visit.query["all"] != nil
                let after = visit.query["after"] ?? ""
                let part = try visit.laboratory.poolList(
                    onlyOpen: !isAll, after: after, as: visit.handle)
                let waiting = try visit.laboratory.singleTubesWaiting(as: visit.handle)
                return .page(
                    Page(
                        visit.words.say("pools.title"), "pools",
                        PoolsPage(
                            part, isAll: isAll, after: after, waiting: waiting, for: visit)))
            }
        ] + poolPlanRoutes + [
            .get("/pools/:pool", .seeWork) { visit in
                let asked = PoolID(visit.parameter("pool").uppercased())
                do {
                    let picture = try visit.laboratory.picture(of: asked, as: visit.handle)
                    return .page(
                        Page(
                            visit.words.say("pools.pool", ["pool": picture.pool.text]), "pool",
                            PoolPage(picture, for: visit), scripts: ["pool-print.js"]))
                } catch let refusal as Refusal where refusal.code == .unknown {
                    throw Missing()
                }
            }
        ]
    }
}
