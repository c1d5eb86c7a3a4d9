internal import GRDB
package import LabDomain

/// A receipt or rejection that still stands.
package struct ReceptionStep: Hashable, Sendable {
    /// What was done to the tube.
    package enum Kind: String, CaseIterable, Hashable, Sendable, Codable {
        case receipt
        case rejection
    }

    package let kind: Kind
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
                ('tube-received', 'tube-rejected')
            ORDER BY number
            """, [tube.text])
        {
            let kind: ReceptionStep.Kind =
                switch FactKind(rawValue: row["kind"]) {
                case .tubeReceived: .receipt
                default: .rejection
                }
            steps.append(
                ReceptionStep(
                    kind: kind, at: Timestamp(milliseconds: row["at"]), by: row["actor"],
                    command: row["command"]))
        }
        return steps
    }
}
