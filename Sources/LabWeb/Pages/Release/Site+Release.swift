internal import LabDomain
internal import LabOperations
internal import LabStore

extension Site {
    var releaseRoutes: [Route] {
        [
            .get("/release", .release) { .page(try releasePage($0)) },
            .post("/release", .release, release),
            .post("/boxes/:box/feedback", .confirmFeedback) { visit in
                let answer = try await visit.perform(ConfirmFeedback(box: visit.parameter("box")))
                return .redirect(
                    localPath(visit.form["back"]) ?? "/",
                    .done(
                        visit.words.count(
                            "release.delivered", answer.delivered, ["box": answer.box.text])))
            },
        ]
    }

    private func releasePage(_ visit: Visit) throws -> Page {
        let after = visit.query["after"] ?? ""
        let title = visit.words.say("release.title")
        switch visit.query["tab"].flatMap(ReleaseTabs.Tab.init) ?? .ready {
        case .ready:
            let last = after.split(separator: " ", maxSplits: 1).map(String.init)
            let model = ReleasePage(
                try laboratory.positivesToRelease(after: "", as: visit.handle),
                try laboratory.releaseGroups(
                    after: last.count == 2 ? (PlateID(last[0]), BoxID(last[1])) : nil,
                    as: visit.handle), awaiting: try laboratory.furtherTests(as: visit.handle),
                after: after, for: visit)
            return Page(title, "release", model, scripts: ["release.js"])
        case .held:
            let held = try laboratory.heldAnswers(most: HeldPage.most, as: visit.handle)
            let further = try laboratory.furtherTests(as: visit.handle)
            return Page(title, "release-held", HeldPage(held, awaiting: further, for: visit))
        case .delivery:
            let boxes = try laboratory.undeliveredBoxes(after: after, as: visit.handle)
            return Page(title, "release-delivery", DeliveryPage(boxes, after: after, for: visit))
        }
    }

    /// One positive by its tube, or the negatives of the groups that were ticked.
    @Sendable private func release(_ visit: Visit) async throws -> Answer {
        let words = visit.words
        if let tube = visit.form["tube"] {
            let answer = try await visit.perform(Release(.tubes([tube])))
            return .redirect(
                "/release", .done(words.count("release.done.tube", answer.people, ["tube": tube])))
        }
        let groups = visit.form.all("group").compactMap(Self.group)
        guard !groups.isEmpty else {
            return .redirect(
                "/release",
                Flash(
                    isDone: false, message: words.say("release.nothing"),
                    remedy: words.say("release.nothing.remedy"), places: []))
        }
        let answer = try await visit.perform(Release(.groups(groups)))
        return .redirect(
            "/release",
            .done(
                words.count(
                    "release.done", answer.tubes.count, ["people": "\(answer.people)"])))
    }

    private static func group(_ text: String) -> Release.SeenGroup? {
        let parts = text.split(separator: " ", maxSplits: 2).map(String.init)
        guard parts.count == 3, let tubes = Int(parts[1]) else { return nil }
        return Release.SeenGroup(plate: PlateID(parts[0]), box: BoxID(parts[2]), tubes: tubes)
    }
}
