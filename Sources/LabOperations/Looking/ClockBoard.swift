package import LabDomain
internal import LabStore

/// The clocks of one rule and one batch, as a board shows them.
package struct ClockLine: Codable, Sendable {
    package let rule: String
    package let box: BoxID
    package let unit: String
    package let started: Timestamp
    package let due: Timestamp
    /// Minutes left until the next limit; negative when it has passed.
    package let minutesLeft: Int
    package let running: Int
    package let late: Int
    /// Released; whether the unit has the result is not known yet.
    package let awaitingDelivery: Int
    package let closedInTime: Int
    package let closedLate: Int
    /// Why some are or stopped late, as it was told last; nil asks for it where any is.
    package let cause: BreachCause?
}

/// The clocks with the rules behind them.
package struct ClockBoard: Codable, Sendable {
    /// A rule in words.
    package struct Rule: Codable, Sendable {
        package let name: String
        package let starts: Moment
        package let stops: Moment
        package let limitMinutes: Int?
        package let source: String
    }

    package let at: Timestamp
    package let rules: [Rule]
    package let batches: [ClockLine]
}

extension Laboratory {
    /// What is due, late and closed, by batch, the most pressing first.
    package func clocks(at now: Timestamp, openOnly: Bool, as handle: String) throws -> ClockBoard {
        try look(.seeWork, as: handle) { view in
            let rules = try rules(in: view).programme.clocks.map {
                ClockBoard.Rule(
                    name: $0.name, starts: $0.starts, stops: $0.stops,
                    limitMinutes: $0.limit.map { Int($0.milliseconds / 60_000) }, source: $0.source)
            }
            let causes = try view.breachCauses()
            let batches = try view.clockBatches(at: now).map { batch in
                func count(_ status: ClockStatus) -> Int { batch.counts[status] ?? 0 }
                return ClockLine(
                    rule: batch.rule, box: batch.box, unit: batch.unit, started: batch.firstStart,
                    due: batch.next.dueAt,
                    minutesLeft: Int(batch.next.slack(at: now).milliseconds / 60_000),
                    running: count(.due), late: count(.late),
                    awaitingDelivery: count(.awaitingDelivery),
                    closedInTime: count(.closedInTime), closedLate: count(.closedLate),
                    cause: count(.late) + count(.closedLate) > 0
                        ? causes[batch.box]?[batch.rule] : nil)
            }
            return ClockBoard(
                at: now, rules: rules,
                batches: batches.filter {
                    !openOnly || $0.running + $0.late + $0.awaitingDelivery > 0
                })
        }
    }
}
