internal import LabDomain
internal import LabOperations
internal import LabStore

/// The sending units, or the sampling sites, with who works for them.
struct PlacesPage: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        let name: String
        let tubes: Int
        let staff: [String]
        let hasStaff: Bool
        /// Where somebody is added who works for it.
        let addPath: String
    }

    let tabs: [BoxesPage.Tab]
    let heading: String
    let none: String
    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager

    init(_ part: Part<PlaceEntry>, _ limit: Role.Limit, after: String, for visit: Visit) {
        tabs = [Role.Limit.unit, .site].map {
            BoxesPage.Tab(
                path: Self.path($0), text: visit.words.say("places.\($0.rawValue)s"),
                isHere: $0 == limit)
        }
        heading = visit.words.word("staff.limit", limit)
        none = visit.words.say("places.none.\(limit.rawValue)")
        rows = part.rows.map {
            Row(
                name: $0.name, tubes: $0.tubes, staff: $0.staff, hasStaff: !$0.staff.isEmpty,
                addPath: "/staff?role=\((limit == .unit ? Role.sendingUnit : .collector).rawValue)"
                    + "&place=" + encoded($0.name))
        }
        isEmpty = part.rows.isEmpty
        pager = Pager(part, on: Self.path(limit), after: after)
    }

    private static func path(_ limit: Role.Limit) -> String {
        limit == .site ? "/places?kind=site" : "/places"
    }
}

extension Site {
    var placeRoutes: [Route] {
        [
            .get("/places", .assignScope) { visit in
                let limit: Role.Limit = visit.query["kind"] == "site" ? .site : .unit
                let after = visit.query["after"] ?? ""
                let part = try visit.laboratory.places(limit, after: after, as: visit.handle)
                return .page(
                    Page(
                        visit.words.say("places.title"), "places",
                        PlacesPage(part, limit, after: after, for: visit)))
            }
        ]
    }
}
