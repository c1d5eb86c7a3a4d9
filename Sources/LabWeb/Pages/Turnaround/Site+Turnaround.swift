internal import LabDomain
internal import LabOperations

extension Site {
    var turnaroundRoutes: [Route] {
        [
            .get("/turnaround", .seeWork) { visit in
                let asked = LookBackQuestion(visit.query, today: zone.day(of: visit.now))
                let found = try laboratory.lookBack(
                    asked.question(in: zone), on: asked.segment, at: visit.now, as: visit.handle)
                if found.asOf != nil { readAnew(asked, at: visit.now) }
                return .page(
                    Page(
                        visit.words.say("turnaround.title"), "turnaround",
                        LookBackPage(found, asked, for: visit)))
            }
        ]
    }

    /// Reads the default period before anybody asks for it: a city's day takes a second.
    package func warm() {
        let now = clock()
        readAnew(LookBackQuestion(Fields(), today: zone.day(of: now)), at: now)
    }

    private func readAnew(_ asked: LookBackQuestion, at now: Timestamp) {
        let question = asked.question(in: zone)
        lookingBack.ask { [laboratory] in
            try laboratory.readAnew(from: question.from, to: question.to, at: now)
        }
    }
}
