/// A way of testing people in pools until everybody has a result.
package enum Scheme: Hashable, Sendable {
    /// Pools that are cut into smaller ones (Dorfman, three and more stages, halving).
    ///
    /// Several trees are a block that is cut before anything is tested.
    case hierarchy([PoolTree])
    /// k² people in k rows and k columns, each row and column one pool.
    ///
    /// A person is tested individually when row and column read positive, or one of them does and
    /// no line of the other direction; with a master pool only when that reads positive.
    case array(side: Int, hasMaster: Bool)
    /// A pool; when it reads positive its people are tested one by one, the likeliest first, until
    /// one is found, and the rest is pooled again.
    case sterrett(size: Int, Search)

    /// How often a Sterrett search pools the rest again before it tests everybody.
    package enum Search: Hashable, Sendable {
        /// Once (1SIS).
        case once
        /// Twice (2SIS).
        case twice
        /// As often as somebody is found (FIS).
        case full
    }

    /// People in one pool, array or block.
    package var people: Int {
        switch self {
        case .hierarchy(let trees): trees.reduce(0) { $0 + $1.size }
        case .array(let side, _): side * side
        case .sterrett(let size, _): size
        }
    }

    /// How many accuracies a test of the scheme can have, in the order of testing.
    ///
    /// The pools and persons of a Sterrett search are tested in turns and share one.
    package var stages: Int {
        switch self {
        case .hierarchy(let trees): trees.map(\.stages).max() ?? 1
        case .array(_, let hasMaster): hasMaster ? 3 : 2
        case .sterrett: 1
        }
    }

    /// One accuracy for each stage, given one for each or one for all.
    func accuracies(_ given: [Accuracy]) throws(PoolingFault) -> [Accuracy] {
        if given.count == 1, let one = given.first { return Array(repeating: one, count: stages) }
        guard given.count == stages else { throw .stages(needed: stages, given: given.count) }
        return given
    }
}
