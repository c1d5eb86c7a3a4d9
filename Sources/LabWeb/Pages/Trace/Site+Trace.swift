internal import LabDomain
internal import LabOperations
internal import LabStore

extension Site {
    var traceRoutes: [Route] {
        [
            .get("/trace", .trace) { visit in
                guard let typed = visit.query["code"], !typed.isEmpty else {
                    return .page(search(visit, trouble: nil))
                }
                let code = normalised(typed)
                // A box may be called anything; whatever else was typed stays out of addresses.
                let message = MessageID(code)
                if visit.may(.seeWork),
                    try visit.laboratory.messageStory(message, as: visit.handle) != nil
                {
                    return .redirect("/outbox/" + encoded(code))
                }
                let isKnown = try visit.laboratory.traced(code, as: visit.handle) != nil
                guard isKnown || isCode(code) else {
                    return .page(search(visit, trouble: visit.words.say("trace.noCode")))
                }
                return .redirect("/trace/" + encoded(code))
            },
            .get("/trace/:code", .trace) { visit in
                let code = normalised(visit.parameter("code"))
                guard let traced = try visit.laboratory.traced(code, as: visit.handle) else {
                    // What was typed is shown again only when it can be nothing but a code.
                    return .page(
                        search(
                            visit,
                            trouble: isCode(code)
                                ? visit.words.say("trace.unknown", ["code": code])
                                : visit.words.say("trace.noCode")))
                }
                let isTube = traced.thing.kind == .tube && visit.may(.seeWork)
                let told =
                    isTube
                    ? try visit.laboratory.messages(
                        OutboxFilter(tube: TubeID(code)), after: "", as: visit.handle
                    ).rows : []
                let model = TracePage(traced, told: told, forecast.last, for: visit)
                return .page(Page(visit.words.say("trace.title"), "trace", model))
            },
        ]
    }

    private func search(_ visit: Visit, trouble: String?) -> Page {
        Page(
            visit.words.say("trace.title"), "trace-search",
            TraceSearchPage(search: TraceSearch(trouble)),
            status: trouble == nil ? .ok : .notFound)
    }

    /// Whether a text can be nothing but an identifier: 1 to 40 letters of the alphabet, digits,
    /// hyphens and dots, and not a number as long as those of people or their telephones.
    private func isCode(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let isPlain = bytes.allSatisfy {
            (65...90).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46
        }
        let digits = bytes.count { (48...57).contains($0) }
        return (1...40).contains(bytes.count) && isPlain
            && !(digits >= 11 && bytes.count - digits <= 1)
    }
}
