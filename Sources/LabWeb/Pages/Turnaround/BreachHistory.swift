internal import LabDomain
internal import LabOperations
internal import LabStore

/// Which limits of a period were not kept, and why.
struct BreachHistory: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        let box: String
        let path: String?
        let unit: String
        let rule: String
        let due: String
        let late: Int
        let worst: String
        let isOpen: Bool
        let isAcknowledged: Bool
        /// Where it is acknowledged; nil when the one who looks may not.
        let alertsPath: String?
        let breach: BreachForm
    }

    /// How many were late for one cause.
    struct Cause: Hashable, Sendable {
        let text: String
        let late: Int
        let batches: Int
    }

    let rows: [Row]
    let causes: [Cause]
    let isEmpty: Bool
    /// What keeps the report open, or that nothing does.
    let open: String?
    let closed: String?
    /// Whether older ones are left out.
    let isCut: Bool

    init(_ found: LookBack, back: String, for visit: Visit) {
        rows = found.breaches.map { breach in
            let batch = breach.batch
            return Row(
                box: batch.box.text, path: visit.path(of: batch.box), unit: breach.detail.unit,
                rule: visit.clock(batch.rule), due: visit.time(batch.dueAt), late: batch.late,
                worst: visit.words.spared(Span(milliseconds: -batch.worst.milliseconds)),
                isOpen: batch.isOpen, isAcknowledged: batch.isAcknowledged,
                alertsPath: visit.leads(to: "/alerts") ? "/alerts" : nil,
                breach: BreachForm(
                    box: batch.box, rule: batch.rule, breach.detail, back: back, for: visit))
        }
        let byCause = Dictionary(grouping: found.breached, by: \.cause)
        causes = byCause.map { cause, breaches in
            Cause(
                text: cause.map { visit.site.say($0.meaning, visit.language) }
                    ?? visit.words.say("board.causeMissing"),
                late: breaches.reduce(0) { $0 + $1.late }, batches: breaches.count)
        }.sorted { ($1.late, $0.text) < ($0.late, $1.text) }
        isEmpty = rows.isEmpty
        let sum = found.sum
        let missing = [
            ("turnaround.breachesOpen", sum.open), ("turnaround.withoutCause", sum.withoutCause),
            ("turnaround.notAcknowledged", sum.unacknowledged),
        ].filter { $0.1 > 0 }.map { visit.words.count($0.0, $0.1) }
        open =
            missing.isEmpty
            ? nil
            : visit.words.say(
                "turnaround.reportOpen",
                ["what": missing.joined(separator: visit.words.say("turnaround.and"))])
        closed = isEmpty || !missing.isEmpty ? nil : visit.words.say("turnaround.reportClosed")
        isCut = found.breached.count > found.breaches.count
    }
}
