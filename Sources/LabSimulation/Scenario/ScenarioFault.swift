package import LabDomain

/// Why a scenario cannot be played: what is wrong, where, and what to do.
package struct ScenarioFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The part of a scenario that is wrong.
    package enum Subject: Hashable, Sendable {
        case scenario
        case sampling
        case transport
        case testing
        case goal
        case district(Int)
        case laboratory(Int)
    }

    package let subject: Subject
    /// The key of the file that says it, such as `people`; empty for the whole part.
    package let key: String
    /// What is wrong; what to do.
    package let message: Wording

    /// Says what is wrong.
    package init(_ subject: Subject, _ key: String, _ message: Wording) {
        (self.subject, self.key, self.message) = (subject, key, message)
    }

    package var description: String {
        let part =
            switch subject {
            case .scenario: "scenario"
            case .sampling: "sampling"
            case .transport: "couriers"
            case .testing: "testing"
            case .goal: "goal"
            case .district(let place): "district \(place + 1)"
            case .laboratory(let place): "laboratory \(place + 1)"
            }
        return "\(part)\(key.isEmpty ? "" : ", \(key)"): \(message)"
    }
}

/// Everything that is wrong with a scenario.
package struct ScenarioFaults: Error, Hashable, Sendable, CustomStringConvertible {
    package let faults: [ScenarioFault]

    package var description: String { faults.map(\.description).joined(separator: "\n") }
}
