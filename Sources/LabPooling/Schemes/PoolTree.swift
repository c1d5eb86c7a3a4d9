/// A pool and the smaller pools into which it is cut when it reads positive.
///
/// A tree of pools over people who stand in a row: the first part holds the first people. A pool
/// of one person is an individual test and is not repeated.
package struct PoolTree: Hashable, Sendable {
    /// People in the pool.
    package let size: Int
    /// The pools of the next stage; empty for one person.
    package let parts: [PoolTree]

    /// One person, tested individually.
    package static let person = PoolTree(size: 1, parts: [])

    /// A pool whose parts fill it; each is smaller than the whole.
    package init(parts: [PoolTree]) throws(PoolingFault) {
        guard parts.count >= 2 else {
            throw .nesting("a pool of \(parts.first?.size ?? 0) is cut into less than two parts")
        }
        self.init(size: parts.reduce(0) { $0 + $1.size }, parts: parts)
    }

    /// A pool whose people are tested individually when it reads positive.
    package init(size: Int) throws(PoolingFault) {
        guard (1...Self.most).contains(size) else {
            throw .range(field: "pool size", from: 1, to: Double(Self.most))
        }
        self = Self.flat(size)
    }

    /// A pool that is cut into halves, floor(n/2) first, until it was pooled in `stages` − 1
    /// stages; then its people are tested individually.
    ///
    /// - Throws: `PoolingFault.range` for less than two stages.
    package static func halving(size: Int, stages: Int) throws(PoolingFault) -> PoolTree {
        guard (2...30).contains(stages) else { throw .range(field: "stages", from: 2, to: 30) }
        guard (1...most).contains(size) else {
            throw .range(field: "pool size", from: 1, to: Double(most))
        }
        return halved(size, stages)
    }

    /// The largest pool that can be described; far beyond what any test finds.
    static let most = 10_000

    /// How many stages the longest way to a person has.
    package var stages: Int { 1 + (parts.map(\.stages).max() ?? 0) }

    private init(size: Int, parts: [PoolTree]) {
        self.size = size
        self.parts = parts
    }

    private static func flat(_ size: Int) -> PoolTree {
        size == 1 ? .person : PoolTree(size: size, parts: Array(repeating: .person, count: size))
    }

    private static func halved(_ size: Int, _ stages: Int) -> PoolTree {
        guard size > 1 else { return .person }
        guard stages > 2, size > 2 else { return flat(size) }
        return PoolTree(
            size: size,
            parts: [halved(size / 2, stages - 1), halved(size - size / 2, stages - 1)])
    }
}
