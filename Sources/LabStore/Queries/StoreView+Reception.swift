internal import GRDB
package import LabDomain

/// A receipt or rejection that still stands.
package struct ReceptionStep: Hashable, Sendable {
    package let act: ReceptionAct
    package let at: Timestamp
    package let by: String
    /// The key of the command that did it: what else it did bears the same.
    package let command: String
}

extension StoreView {
    /// What was done to a tube at the reception and not taken back, the oldest first.
    package func receptionSteps(of tube: TubeID) throws -> [ReceptionStep] {
        var steps: [ReceptionStep] = []
        for row in try rows(
            """
            SELECT kind, at, actor, command FROM fact WHERE subject = ? AND kind IN
                ('tube-received', 'tube-rejected', 'receipt-undone', 'rejection-undone')
            ORDER BY number
            """, [tube.text])
        {
            func did(_ act: ReceptionAct) {
                steps.append(
                    ReceptionStep(
                        act: act, at: Timestamp(milliseconds: row["at"]), by: row["actor"],
                        command: row["command"]))
            }
            switch FactKind(rawValue: row["kind"]) {
            case .tubeReceived: did(.receipt)
            case .tubeRejected: did(.rejection)
            // Only the last thing is ever taken back.
            default: _ = steps.popLast()
            }
        }
        return steps
    }

    /// What one command said about one thing.
    package func facts(of command: String, about subject: String) throws -> [Fact] {
        try rows(
            "SELECT kind, payload FROM fact WHERE subject = ? AND command = ? ORDER BY number",
            [subject, command]
        ).compactMap { row in
            try FactKind(rawValue: row["kind"]).map { try FactCodec.decode($0, row["payload"]) }
        }
    }

    /// The searches for the people of a tube that count, with the word for where each stands.
    package func recollections(of tube: TubeID) throws -> [(id: RecollectionID, state: String)] {
        try rows(
            """
            SELECT id, state FROM recollection WHERE tube = ? AND state <> 'withdrawn'
            ORDER BY id
            """, [tube.text]
        ).map { (RecollectionID($0["id"]), $0["state"]) }
    }

    /// The task to take a specimen of the environment again, where there is one.
    package func resamplingTask(of tube: TubeID) throws -> StoredTask? {
        try row(
            """
            SELECT id FROM task WHERE about = ? AND kind = 'sample-again' AND state <> 'withdrawn'
            """, [tube.text]
        ).flatMap { try task(TaskID($0["id"])) }
    }

    /// A pool with this tube that has its outcome.
    package func concludedPool(with tube: TubeID) throws -> PoolID? {
        try row(
            """
            SELECT p.id FROM poolMember m JOIN pool p ON p.id = m.pool
            WHERE m.tube = ? AND p.state IN ('negative', 'confirmed', 'unconfirmed') ORDER BY p.id
            """, [tube.text]
        ).map { PoolID($0["id"]) }
    }

    /// Whether the sending unit is known to have heard of a tube.
    package func isDelivered(_ tube: TubeID) throws -> Bool {
        try row(
            "SELECT 1 FROM tube WHERE barcode = ? AND deliveredAt IS NOT NULL", [tube.text]) != nil
    }
}
