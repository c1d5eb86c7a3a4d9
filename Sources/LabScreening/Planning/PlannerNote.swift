/// What the planner is at.
package enum PlannerNote: Hashable, Sendable {
    /// Parts of the program of flows that are solved.
    case part(Int, of: Int)
    /// Laboratories that are not mended yet: they are late in some replication.
    case late(Int, of: Int)
    /// What nobody misses is taken away, kind by kind.
    case trimming(Int, of: Int)
    /// Laboratories that were late in the proof and are mended again.
    case failed(Int)
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
            "mending: \(count) of \(all) laboratories are left"
        case .trimming(let step, let all): "taking away what nobody misses: \(step) of \(all)"
        case .failed(let count): "proof failed; mending \(count) laboratories again"
        case .eased(let names):
            "less for \(names.joined(separator: ", ")): at its limits it is late"
        case .proof(let kept, let all): "proof: kept in \(kept) of \(all) fresh replications"
        case .relaxing: "the goal cannot be met; looking for the least that makes it possible"
        }
    }
}
