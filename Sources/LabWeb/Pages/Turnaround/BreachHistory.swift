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
    /// Whether older ones are left out.
    let isCut: Bool

    init(_ found: LookBack, back: String, for visit: Visit) {
        rows = found.breaches.map { breach in
            let batch = breach.batch
            return Row(
                box: batch.box.text, path: visit.path(of: batch.box), unit: breach.detail.unit,
                rule: visit.clock(batch.rule), due: visit.time(batch.dueAt), late: batch.late,
                worst: visit.words.spared(Span(milliseconds: -batch.worst.milliseconds)),
                isOpen: batch.isOpen,
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
        isCut = found.breached.count > found.breaches.count
    }
}
