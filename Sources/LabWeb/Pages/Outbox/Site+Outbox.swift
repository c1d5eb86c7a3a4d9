internal import LabDomain
internal import LabOperations
internal import LabStore

extension Site {
    var outboxRoutes: [Route] {
        [
            .get("/outbox", .seeWork) { visit in
                .page(Page(visit.words.say("outbox.title"), "outbox", try outboxPage(visit)))
            },
            .get("/outbox/held", .seeWork) { visit in
                let (receiver, after) = chosen(visit)
                let part = try laboratory.heldMessages(
                    for: receiver, after: after, as: visit.handle)
                let model = HeldMessagesPage(
                    part, try receiverNames(visit), receiver: receiver, after: after, for: visit)
                return .page(Page(visit.words.say("outbox.title"), "outbox-held", model))
            },
            .get("/outbox/rejects", .exportReports) { visit in
                let (receiver, after) = chosen(visit)
                let part = try laboratory.rejects(of: receiver, after: after, as: visit.handle)
                let model = RejectsPage(
                    part, try receiverNames(visit), receiver: receiver, after: after, for: visit)
                return .page(Page(visit.words.say("outbox.title"), "outbox-rejects", model))
            },
            .get("/outbox/:message", .seeWork) { .page(try messagePage($0)) },
            .post("/outbox/held", .exportReports, writeHeld),
            .post("/outbox/:message/resend", .exportReports, resend),
        ]
    }

    private func chosen(_ visit: Visit) -> (receiver: String?, after: String) {
        (nonempty(visit.query["receiver"]), visit.query["after"] ?? "")
    }

    private func nonempty(_ text: String?) -> String? { text?.isEmpty == false ? text : nil }

    private func receiverNames(_ visit: Visit) throws -> [String] {
        try laboratory.outbox(as: visit.handle).map(\.receiver)
    }

    private func outboxPage(_ visit: Visit) throws -> OutboxPage {
        let (receiver, after) = chosen(visit)
        let filter = OutboxFilter(
            receiver: receiver, state: MessageState(rawValue: visit.query["state"] ?? ""),
            tube: nonempty(visit.query["tube"]).map { TubeID($0.uppercased()) })
        return OutboxPage(
            try laboratory.outbox(as: visit.handle),
            try laboratory.messages(filter, after: after, as: visit.handle), filter,
            after: after, for: visit)
    }

    private func messagePage(_ visit: Visit) throws -> Page {
        let id = MessageID(visit.parameter("message").uppercased())
        guard let story = try laboratory.messageStory(id, as: visit.handle) else {
            throw Missing()
        }
        var content: String?
        if visit.query["content"] != nil, MessagePage.mayRead(visit) {
            let bytes = try laboratory.messageBytes(id, as: visit.handle)
            // ER7 ends its segments with a carriage return alone.
            content = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
                .replacing("\r", with: "\n")
        }
        return Page(
            visit.words.say("outbox.message"), "outbox-message",
            MessagePage(story, content: content, for: visit))
    }

    @Sendable private func writeHeld(_ visit: Visit) async throws -> Answer {
        let answer = try await visit.perform(WriteHeld(receiver: nonempty(visit.form["receiver"])))
        return .redirect(
            localPath(visit.form["back"]) ?? "/outbox/held",
            .done(
                visit.words.say(
                    "outbox.written", ["n": "\(answer.written)", "held": "\(answer.held)"])))
    }

    /// Written anew from what is known now, or as it is when the receiver has mended its side.
    @Sendable private func resend(_ visit: Visit) async throws -> Answer {
        let id = MessageID(visit.parameter("message").uppercased())
        let answer = try await visit.perform(
            ResendMessage(message: id, isUnchanged: visit.form["as-it-is"] != nil))
        let back = localPath(visit.form["back"]) ?? "/outbox/rejects"
        guard let new = answer.message else {
            return .redirect(
                back,
                Flash(
                    isDone: false, message: visit.words.say("outbox.resentHeld"),
                    remedy: visit.words.say("outbox.resentHeld.remedy"), places: []))
        }
        return .redirect(
            back,
            .done(
                visit.words.say(
                    new == answer.refused ? "outbox.resentAsItIs" : "outbox.resent",
                    ["old": answer.refused.text, "new": new.text])))
    }
}
