internal import LabDomain
internal import LabOperations
internal import LabStore

/// The plates that wait for their run, or all, and what waits for the next one.
struct PlatesPage: Hashable, Sendable {
    /// One plate.
    struct Row: Hashable, Sendable {
        let plate: String
        let path: String
        let kit: String
        let assay: String
        let wells: Int
        let samples: Int
        let state: String
        /// The class of the state's tag.
        let tone: String
        let laidOut: String
        let due: String
        /// `late` or `soon`, or nothing.
        let urgency: String
    }

    /// What waits for one kit.
    struct Kit: Hashable, Sendable {
        let kit: String
        let path: String
        let all: Int
        let routine: String
        let again: String
        let isNone: Bool
        let action: String
        /// Single tubes among them that might share wells; nil when there are none, or the one who
        /// looks forms no pools.
        let pooling: String?
    }

    let isAll: Bool
    let kits: [Kit]
    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager

    init(
        _ part: Part<PlateLine>, waiting: [PlatePreview.Waiting], singles: Int, isAll: Bool,
        after: String, for visit: Visit
    ) {
        let words = visit.words
        self.isAll = isAll
        kits = waiting.map { kit in
            Kit(
                kit: [words.word("kit", kit.kit), kit.assay].compactMap(\.self)
                    .joined(separator: " · "),
                path: "/plates/new?kit=\(kit.kit.rawValue)", all: kit.all,
                routine: words.count("plates.routine", kit.routine),
                again: words.count("plates.again", kit.again),
                isNone: kit.all == 0 || kit.assay == nil,
                action: words.say(
                    "plates.layOutFor", ["kit": words.word("kit", kit.kit)]),
                pooling: kit.kit == .first && singles > 1 && visit.may(.formPools)
                    ? words.say("plates.pooling", ["n": "\(singles)"]) : nil)
        }
        let left = TimeLeft(words)
        rows = part.rows.map { line in
            let span = line.dueAt.map { visit.now.span(to: $0) }
            return Row(
                plate: line.id.text, path: "/plates/" + encoded(line.id.text),
                kit: words.word("kit", line.kit), assay: line.assay,
                wells: line.format.rawValue, samples: line.samples,
                state: words.say("plateState.\(line.state)"), tone: PlatePage.tone(line.state),
                laidOut: words.say(
                    "plates.byAt",
                    ["who": line.laidOut.by, "time": visit.time(line.laidOut.at)]),
                due: span.map(left.words) ?? "–",
                urgency: span.map { TimeLeft.Urgency($0).row } ?? "")
        }
        isEmpty = part.rows.isEmpty
        pager = Pager(part, on: isAll ? "/plates?all=1" : "/plates", after: after)
    }
}
