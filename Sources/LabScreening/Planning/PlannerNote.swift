/// What the planner is at.
package enum PlannerNote: Hashable, Sendable {
    /// Parts of the program of flows that are solved.
    case part(Int, of: Int)
    /// Laboratories that are late in some replication.
    case late(Int, of: Int)
    /// Laboratories that get less to do, because they are late at their limits.
    case eased([String])
    /// Fresh replications that kept every goal.
    case proof(kept: Int, of: Int)
    /// The goal cannot be met; the least that makes it possible is looked for.
    case relaxing

    /// The note in words.
    package var words: String {
        switch self {
        case .part(let done, let all): "program: part \(done) of \(all)"
        case .late(let count, let all):
            "\(count) of \(all) laboratories are late in some replication"
        case .eased(let names):
            "less for \(names.joined(separator: ", ")): at its limits it is late"
        case .proof(let kept, let all): "proof: kept in \(kept) of \(all) fresh replications"
        case .relaxing: "the goal cannot be met; looking for the least that makes it possible"
        }
    }
}
