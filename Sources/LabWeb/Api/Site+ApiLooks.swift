internal import LabDomain
internal import LabOperations
internal import LabStore

/// Who a key belongs to.
private struct ApiMe: Encodable, Sendable {
    let handle: String
    let role: Role
    let laboratory: String
    let now: Timestamp
}

extension Site {
    /// Everything that can be looked at.
    var apiLooks: [ApiRoute] { ownApi + workApi }

    private var ownApi: [ApiRoute] {
        [
            .look("/me", "whoAmI", .seeBoxes) { visit in
                ApiMe(
                    handle: visit.handle, role: visit.actor.role, laboratory: name,
                    now: visit.now)
            },
            .look("/results", "listResults", .seeBoxes) { visit in
                try foreseen(
                    try laboratory.results(
                        box: visit.query["box"], after: visit.query["after"] ?? "",
                        as: visit.handle), for: visit)
            },
            .look("/results/:tube", "showResult", .seeBoxes) { visit in
                guard let result = try foreseen(visit.parameter("tube"), for: visit)
                else { throw Missing() }
                return result
            },
            .look("/boxes", "listBoxes", .seeBoxes) { visit in
                ApiPart(
                    try laboratory.boxes(
                        try visit.choice("choice", of: BoxChoice.self) ?? .incomplete,
                        after: visit.query["after"] ?? "", as: visit.handle))
            },
            .look("/recollections", "listRecollections", .seePeople) { visit in
                ApiList(
                    try laboratory.recollections(
                        onlyOpen: try !visit.flag("all"), as: visit.handle))
            },
        ]
    }

    private var workApi: [ApiRoute] {
        [
            .look("/status", "showStatus", .seeWork) { visit in
                try laboratory.status(as: visit.handle)
            },
            .look("/clocks", "listClocks", .seeWork) { visit in
                try laboratory.clocks(
                    at: visit.now, openOnly: try !visit.flag("all"), as: visit.handle)
            },
            .look("/tests", "listTests", .seeWork) { visit in
                ApiList(
                    try laboratory.waitingTests(
                        onlyRetests: try visit.flag("retests"), as: visit.handle))
            },
            .look("/pools", "listPools", .seeWork) { visit in
                ApiList(
                    try laboratory.pools(onlyOpen: try !visit.flag("all"), as: visit.handle))
            },
            .look("/plates", "listPlates", .seeWork) { visit in
                ApiList(
                    try laboratory.plates(onlyUnread: try !visit.flag("all"), as: visit.handle))
            },
            .look("/plates/:plate/worklist", "showWorklist", .seeWork) { visit in
                try laboratory.worklist(
                    of: PlateID(visit.parameter("plate")), as: visit.handle)
            },
            .look("/reviews", "listReviews", .seeWork) { visit in
                ApiList(try laboratory.reviews(as: visit.handle))
            },
            .look("/releases", "listReleases", .seeWork) { visit in
                ApiList(try laboratory.releases(as: visit.handle))
            },
            .look("/tasks", "listTasks", .seeWork) { visit in
                ApiList(try laboratory.tasks(onlyOpen: try !visit.flag("all"), as: visit.handle))
            },
            .look("/assays", "listAssays", .seeWork) { visit in
                ApiList(try laboratory.assays(as: visit.handle))
            },
            .look("/staff", "listStaff", .seeWork) { visit in
                ApiList(try laboratory.staff(as: visit.handle))
            },
            .look("/stories/:code", "showStory", .trace) { visit in
                ApiList(try laboratory.story(of: visit.parameter("code"), as: visit.handle))
            },
        ]
    }
}
