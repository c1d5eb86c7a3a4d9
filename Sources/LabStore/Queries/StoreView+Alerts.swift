internal import Foundation
internal import GRDB
package import LabDomain

/// A message to a channel as it is kept.
package struct StoredAlertMessage: Hashable, Sendable {
    package let id: AlertMessageID
    package let channel: String
    package let alerts: [AlertID]
    package let title: String
    package let text: String
    package let madeAt: Timestamp
    /// `made`, `sent`, `arrived`, `failed` or `dropped`.
    package let state: String
    package let tries: Int
    package let nextAt: Timestamp?
    package let answer: String?
}

extension StoreView {
    /// The text of the settings of alerts, and when there were any first; nil while there are none.
    package func alerting() throws -> (settings: String, adoptedAt: Timestamp)? {
        try row("SELECT settings, adoptedAt FROM alerting").map {
            ($0["settings"], Timestamp(milliseconds: $0["adoptedAt"]))
        }
    }

    /// Every alert that is not closed, the oldest first.
    package func openAlerts() throws -> [Alert] {
        try rows("SELECT * FROM alert WHERE state <> 'closed' ORDER BY raisedAt, id")
            .compactMap(Self.alert)
    }

    /// How many open alerts wait for an acknowledgement, by kind and step.
    package func waitingAlerts() throws -> [(kind: AlertKind, step: Int, count: Int)] {
        try rows(
            """
            SELECT kind, step, count(*) AS n FROM alert
            WHERE state = 'open' AND acknowledgedAt IS NULL GROUP BY kind, step
            """
        ).compactMap { row in
            AlertKind(rawValue: row["kind"]).map { ($0, row["step"], row["n"]) }
        }
    }

    /// The alerts that were raised last, the newest first.
    package func lastAlerts(limit: Int) throws -> [Alert] {
        try rows("SELECT * FROM alert ORDER BY raisedAt DESC, id DESC LIMIT ?", [limit])
            .compactMap(Self.alert)
    }

    /// One alert.
    package func alert(_ id: AlertID) throws -> Alert? {
        try row("SELECT * FROM alert WHERE id = ?", [id.text]).flatMap(Self.alert)
    }

    /// Open breaches whose cause was told after they happened.
    package func explainedAlerts() throws -> Set<AlertID> {
        Set(
            try rows(
                """
                SELECT a.id FROM alert a JOIN breachCause b ON b.box = a.box AND b.rule = a.rule
                WHERE a.state <> 'closed' AND a.kind = 'breached' AND b.at > a.dueAt
                """
            ).map { AlertID($0["id"]) })
    }

    /// The clocks by rule and box, as alerts see them at a moment: running ones, and those that
    /// stopped late and were due after `since`.
    package func alertBatches(at now: Timestamp, since: Timestamp) throws -> [AlertBatch] {
        let stopped = try stoppedLate(since: since)
        var left = stopped
        var batches = try values(
            """
            WITH batch(box, rule, half, breach) AS (
                SELECT b.box, b.rule,
                    coalesce((SELECT max(closedAt) FROM alert WHERE state = 'closed'
                        AND box = b.box AND rule = b.rule AND kind = 'half-window'), -1),
                    coalesce((SELECT max(closedAt) FROM alert WHERE state = 'closed'
                        AND box = b.box AND rule = b.rule AND kind = 'breached'), -1)
                FROM (SELECT DISTINCT box, rule FROM clock WHERE stoppedAt IS NULL) b)
            SELECT b.box, b.rule, min(c.dueAt) AS due, count(*) AS running,
                sum(c.startedAt + (c.dueAt - c.startedAt) / 2 <= ?1
                    AND c.startedAt + (c.dueAt - c.startedAt) / 2 > b.half) AS halves,
                sum(c.dueAt < ?1 AND c.dueAt > b.breach) AS late,
                coalesce((SELECT unit FROM tube t WHERE t.box = b.box LIMIT 1), '') AS unit
            FROM batch b JOIN clock c ON c.box = b.box AND c.rule = b.rule
                AND c.stoppedAt IS NULL AND c.pausedAt IS NULL
            GROUP BY b.box, b.rule ORDER BY due, b.box, b.rule
            """, [now.milliseconds]
        ) { row in
            let key = BatchKey(box: row["box"], rule: row["rule"])
            let late = left.removeValue(forKey: key)
            let due = Timestamp(milliseconds: row["due"])
            return AlertBatch(
                rule: key.rule, box: BoxID(key.box), unit: row["unit"],
                dueAt: min(due, late?.dueAt ?? due), running: row["running"],
                overHalf: row["halves"], late: row["late"] + (late?.late ?? 0),
                lateRunning: row["late"])
        }
        batches += left.values.sorted { ($0.dueAt, $0.box, $0.rule) < ($1.dueAt, $1.box, $1.rule) }
        return batches
    }

    private struct BatchKey: Hashable {
        let box: String
        let rule: String
    }

    private func stoppedLate(since: Timestamp) throws -> [BatchKey: AlertBatch] {
        let sql: String = """
            SELECT box, rule, min(dueAt) AS due, count(*) AS late,
                coalesce((SELECT unit FROM tube t WHERE t.box = clock.box LIMIT 1), '') AS unit
            FROM clock WHERE \(Alerts.stoppedLate) AND dueAt > ?1
                AND dueAt > coalesce((SELECT max(closedAt) FROM alert a WHERE a.state = 'closed'
                    AND a.box = clock.box AND a.rule = clock.rule AND a.kind = 'breached'), -1)
            GROUP BY box, rule
            """
        let found = try values(sql, [since.milliseconds]) { row in
            AlertBatch(
                rule: row["rule"], box: BoxID(row["box"]), unit: row["unit"],
                dueAt: Timestamp(milliseconds: row["due"]), running: 0, overHalf: 0,
                late: row["late"], lateRunning: 0)
        }
        return Dictionary(
            found.map { (BatchKey(box: $0.box.text, rule: $0.rule), $0) }
        ) { first, _ in first }
    }

    /// Messages that may leave now, the oldest first; a pause longer than the longest was stamped
    /// by a clock that has been set back since.
    package func alertMessagesToSend(
        at now: Timestamp, longestPause: Span
    ) throws -> [StoredAlertMessage] {
        try rows(
            """
            SELECT * FROM alertMessage WHERE state IN ('made', 'sent')
                AND (nextAt IS NULL OR nextAt <= ?1 OR nextAt > ?2) ORDER BY madeAt, id
            """, [now.milliseconds, now.advanced(by: longestPause).milliseconds]
        ).map(Self.alertMessage)
    }

    /// The messages that were made last, the newest first.
    package func alertMessages(limit: Int) throws -> [StoredAlertMessage] {
        try rows("SELECT * FROM alertMessage ORDER BY madeAt DESC, id DESC LIMIT ?", [limit])
            .map(Self.alertMessage)
    }

    private static func alertMessage(_ row: Row) -> StoredAlertMessage {
        let alerts = Data((row["alerts"] as String).utf8)
        return StoredAlertMessage(
            id: AlertMessageID(row["id"]), channel: row["channel"],
            alerts: (try? JSONDecoder().decode([AlertID].self, from: alerts)) ?? [],
            title: row["title"], text: row["text"], madeAt: Timestamp(milliseconds: row["madeAt"]),
            state: row["state"], tries: row["tries"],
            nextAt: (row["nextAt"] as Int64?).map { Timestamp(milliseconds: $0) },
            answer: row["answer"])
    }

    private static func alert(_ row: Row) -> Alert? {
        guard let kind = AlertKind(rawValue: row["kind"]),
            let state = AlertState(rawValue: row["state"])
        else { return nil }
        func instant(_ column: String) -> Timestamp? {
            (row[column] as Int64?).map { Timestamp(milliseconds: $0) }
        }
        func text(_ column: String) -> String? {
            let text: String = row[column]
            return text.isEmpty ? nil : text
        }
        return Alert(
            id: AlertID(row["id"]), kind: kind, box: text("box").map { BoxID($0) },
            rule: text("rule"), unit: row["unit"], tubes: row["tubes"], dueAt: instant("dueAt"),
            predictedAt: instant("predictedAt"),
            raisedAt: Timestamp(milliseconds: row["raisedAt"]), state: state, step: row["step"],
            toldAt: Timestamp(milliseconds: row["toldAt"]),
            acknowledgedAt: instant("acknowledgedAt"), acknowledgedBy: row["acknowledgedBy"])
    }
}
