internal import LabDomain
internal import LabOperations

extension Site {
    var receiverRoutes: [Route] {
        [
            .get("/receivers", .adoptReceiver) { visit in
                .page(
                    Page(
                        visit.words.say("receivers.title"), "receivers",
                        ReceiversPage(
                            try visit.laboratory.receivers(as: visit.handle), for: visit)))
            },
            .get("/new-receiver", .adoptReceiver) { try receiverPage($0, nil) },
            .get("/receivers/:receiver", .adoptReceiver) {
                try receiverPage($0, $0.parameter("receiver"))
            },
            .post("/receivers", .adoptReceiver) { try await settleReceiver($0, nil) },
            .post("/receivers/:receiver", .adoptReceiver) {
                try await settleReceiver($0, $0.parameter("receiver"))
            },
            .post("/receivers/:receiver/retirement", .adoptReceiver) { visit in
                let answer = try await visit.perform(
                    RetireReceiver(name: visit.parameter("receiver")))
                return .redirect(
                    "/receivers",
                    .done(
                        visit.words.say(
                            "receivers.retired",
                            ["name": answer.name, "n": "\(answer.waiting)"])))
            },
        ]
    }

    private func receiverPage(
        _ visit: Visit, _ name: String?, sent: SentRules? = nil
    ) throws -> Answer {
        let entry = try name.map { try receiver($0, visit) }
        let text = try receiverText(entry?.name, visit)
        let counts = try visit.laboratory.outbox(as: visit.handle).first {
            $0.receiver == entry?.name
        }
        let form = RulesForm(
            "receiver", action: entry.map { "/receivers/" + encoded($0.name) } ?? "/receivers",
            text: text, sent: sent, for: visit)
        let page = ReceiverPage(
            entry,
            WaitingMessages(waiting: counts?.waiting ?? 0, rejected: counts?.rejected ?? 0),
            form, for: visit)
        return .page(
            Page(
                page.title, "receiver", page,
                status: sent?.verdict?.isSound == false ? .unprocessableContent : .ok))
    }

    private func receiver(_ name: String, _ visit: Visit) throws -> ReceiverEntry {
        let known = try visit.laboratory.receivers(as: visit.handle).first { $0.name == name }
        guard let known else { throw Missing() }
        return known
    }

    private func receiverText(_ name: String?, _ visit: Visit) throws -> String {
        guard let name else { return try Laboratory.shippedReceiver() }
        return try visit.laboratory.receiverText(name, as: visit.handle)
    }

    private func settleReceiver(_ visit: Visit, _ name: String?) async throws -> Answer {
        let old = try await aside {
            if let name { _ = try receiver(name, visit) }
            return try receiverText(name, visit)
        }
        let sent = try await visit.settle(
            SentRules(visit), over: old,
            with: AdoptReceiver(
                text: SentRules(visit).text, isFromAfar: true,
                choice: name.map { .named($0) } ?? .new)
        ) { answer in
            visit.words.say(
                "receivers.sound", ["name": answer.name, "transport": answer.transport])
        }
        guard let sent else {
            return .redirect("/receivers", .done(visit.words.say("receivers.adopted")))
        }
        return try await aside { try receiverPage(visit, name, sent: sent) }
    }
}
