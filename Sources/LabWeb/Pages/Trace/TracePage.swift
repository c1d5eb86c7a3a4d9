internal import LabDomain
internal import LabOperations
internal import LabStore

/// The whole story of one thing.
struct TracePage: Hashable, Sendable {
    /// A code that leads to its own story.
    struct Link: Hashable, Sendable {
        let path: String
        let code: String
    }

    /// What belongs to a thing, by kind.
    struct Related: Hashable, Sendable {
        let title: String
        let count: Int
        let isLong: Bool
        let links: [Link]
    }

    /// What happened at one moment.
    struct Line: Hashable, Sendable {
        /// Its number in the chain of facts.
        let number: Int
        let time: String
        let who: String
        let role: String
        /// The thing about which it is, when that is another one.
        let about: Link?
        let what: String
    }

    let search: TraceSearch
    let kind: String
    let code: String
    /// Where the thing is worked on.
    let workPath: String?
    let standing: StandingModel?
    let related: [Related]
    let hasRelated: Bool
    /// What was told to receivers, the newest first.
    let messages: [MessageRow]
    let hasMessages: Bool
    /// When the tube's result is expected, as long as it has none.
    let expected: ExpectedFinish?
    let lines: [Line]

    /// Everything that is known under one code; `foreseen` is the forecast that there is.
    init(
        _ traced: Traced, told messages: [StoredMessage], _ foreseen: TurnaroundBoard?,
        for visit: Visit
    ) {
        let thing = traced.thing
        search = TraceSearch(nil)
        kind = visit.words.word("thing", thing.kind)
        code = thing.name
        workPath = visit.workPath(of: thing)
        standing = traced.standing.map { StandingModel($0, for: visit) }
        related = ThingKind.allCases.compactMap { kind in
            thing.related[kind].map { codes in
                Related(
                    title: visit.words.word("things", kind), count: codes.count,
                    isLong: codes.count > 40, links: codes.map(Self.link))
            }
        }
        hasRelated = !related.isEmpty
        self.messages = messages.map { MessageRow($0, for: visit) }
        hasMessages = !messages.isEmpty
        expected = Self.expected(traced, foreseen, for: visit)
        lines = traced.story.map { line in
            Line(
                number: line.number,
                time: visit.site.zone.minuteText(line.at), who: line.actor,
                role: visit.words.word("role", line.role),
                about: line.subject == thing.name ? nil : Self.link(line.subject),
                what: visit.site.say(line.what, visit.language))
        }
    }

    /// The latest finish of what lies with the tube: its box on its plates, or on none.
    private static func expected(
        _ traced: Traced, _ foreseen: TurnaroundBoard?, for visit: Visit
    ) -> ExpectedFinish? {
        guard let standing = traced.standing,
            standing.clocks.contains(where: {
                $0.clock.stoppedAt == nil && $0.clock.pausedAt == nil
            })
        else { return nil }
        let plates = Set(traced.thing.related[.plate] ?? [])
        let own = foreseen?.lines.filter { $0.box == standing.box } ?? []
        let onPlate = own.filter { line in line.plate.map { plates.contains($0.text) } ?? false }
        return ExpectedFinish(
            onPlate.isEmpty ? own.filter { $0.plate == nil } : onPlate, for: visit)
    }

    private static func link(_ code: String) -> Link {
        Link(path: "/trace/" + encoded(code), code: code)
    }
}

/// The field in which a code is typed or scanned.
struct TraceSearch: Hashable, Sendable {
    /// Why there is no story.
    let trouble: String?

    init(_ trouble: String?) {
        self.trouble = trouble
    }
}

/// A page with nothing but the field.
struct TraceSearchPage: Hashable, Sendable {
    let search: TraceSearch
}

/// Where a tube is now.
struct StandingModel: Hashable, Sendable {
    /// One of its clocks.
    struct ClockLine: Hashable, Sendable {
        let rule: String
        let tag: UrgencyTag?
        /// The word for a clock that has stopped.
        let closed: String?
        let bar: ClockBar
    }

    let state: String
    let kind: String
    let box: String
    let boxPath: String
    let unit: String
    let site: String?
    let rejected: String?
    let test: String?
    let answer: String?
    let clocks: [ClockLine]
    let hasClocks: Bool

    init(_ standing: TubeStanding, for visit: Visit) {
        let words = visit.words
        func say(_ word: Wording) -> String { visit.site.say(word, visit.language) }
        state = words.word("tubeState", standing.state)
        kind = say(standing.kind.word)
        box = standing.box.text
        boxPath = "/trace/" + encoded(standing.box.text)
        unit = standing.unit
        site = standing.site.isEmpty ? nil : standing.site
        rejected = standing.rejected.map { words.word("rejectReason", $0) }
        test = standing.test.map {
            words.say(
                "trace.testIs",
                [
                    "n": "\($0.ordinal)", "purpose": say($0.purpose.word),
                    "kit": say($0.kit.word), "state": words.say("trace.test.\($0.state)"),
                ])
        }
        answer = standing.answer.map {
            words.say(
                "trace.answerIs",
                [
                    "outcome": say($0.outcome.word),
                    "state": words.say("trace.answer.\($0.state.rawValue)"),
                ])
        }
        clocks = standing.clocks.map { rule, clock in
            let status = clock.status(at: visit.now)
            return ClockLine(
                rule: visit.clock(rule),
                tag: clock.urgency(at: visit.now).map { UrgencyTag($0, in: words) },
                closed: clock.stoppedAt == nil ? nil : words.word("trace.clock", status),
                bar: ClockBar(clock, for: visit))
        }
        hasClocks = !clocks.isEmpty
    }
}

extension Visit {
    /// Where a thing is worked on, when there is such a page and the one who looks may see it.
    func workPath(of thing: Thing) -> String? {
        let place: (folder: String, name: String)? =
            switch thing.kind {
            case .box: ("/reception/", ":box")
            case .plate: ("/plates/", ":plate")
            case .pool: ("/pools/", ":pool")
            case .tube, .manifest, .recollection, .person: nil
            }
        return place.flatMap {
            leads(to: $0.folder + $0.name) ? $0.folder + encoded(thing.name) : nil
        }
    }
}
