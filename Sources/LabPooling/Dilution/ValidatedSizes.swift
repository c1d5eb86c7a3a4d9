import Glibc

/// What the laboratory measured itself: how many of its positives pools of some sizes still find.
package struct ValidatedSizes: Hashable, Sendable {
    /// The pools that were validated: another kind is another validation.
    package let kind: PoolKind
    /// The share found by pool size, rising sizes from 1.
    private let points: [Point]

    private struct Point: Hashable {
        let size: Int
        let share: Double
    }

    /// A table of sizes.
    /// - Parameters:
    ///   - kind: The kind of pool that was validated.
    ///   - shares: By pool size, the share of pools found among those with one member that single
    ///     tests find. Size 1 may be left out: it is 1. Shares need not fall with the size.
    /// - Throws: `PoolingFault` without a size above 1, for a size below 1 or a share outside
    ///   0 ... 1.
    package init(kind: PoolKind, shares: [Int: Double]) throws(PoolingFault) {
        for (size, share) in shares {
            guard size >= 1 else { throw .range(field: "pool size", from: 1, to: .infinity) }
            try PoolingFault.check(share, named: "share found by pools of \(size)")
        }
        guard shares.keys.contains(where: { $0 > 1 }) else {
            throw .empty(field: "the validation of pools larger than 1")
        }
        guard shares[1] ?? 1 == 1 else {
            throw .beyond("the share of size 1 compares single tests with themselves: leave it out")
        }
        self.kind = kind
        points = shares.merging([1: 1]) { given, _ in given }
            .sorted { $0.key < $1.key }.map { Point(size: $0.key, share: $0.value) }
    }

    /// The largest size that was validated.
    package var largest: Int { points.last?.size ?? 1 }

    /// The share at a size, linear in log₂ size between two that were measured.
    func share(size: Int, in kind: PoolKind) throws(PoolingFault) -> Double {
        guard kind == self.kind else {
            throw .beyond("the validation was made with another kind of pool: validate this one")
        }
        guard let after = points.firstIndex(where: { $0.size >= size }) else {
            throw .beyond("pools of \(size) exceed the largest validated size, \(largest)")
        }
        let upper = points[after]
        guard upper.size > size else { return upper.share }
        let lower = points[after - 1]
        let width = log2(Double(upper.size) / Double(lower.size))
        let part = log2(Double(size) / Double(lower.size)) / width
        return lower.share + part * (upper.share - lower.share)
    }
}
