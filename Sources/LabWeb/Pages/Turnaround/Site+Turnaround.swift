internal import LabDomain
internal import LabOperations

extension Site {
    var turnaroundRoutes: [Route] {
        [
            .get("/turnaround", .seeWork) { visit in
                let asked = LookBackQuestion(visit.query, today: zone.day(of: visit.now))
                let found = try laboratory.lookBack(
                    asked.question(in: zone), on: asked.segment, at: visit.now, as: visit.handle)
                return .page(
                    Page(
                        visit.words.say("turnaround.title"), "turnaround",
                        LookBackPage(found, asked, for: visit)))
            }
        ]
    }
}
