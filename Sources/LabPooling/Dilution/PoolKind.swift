import Glibc

/// How the people of a pool came together; it decides how far one positive is diluted.
package enum PoolKind: Hashable, Sendable {
    /// Equal aliquots of single tubes, put together in the laboratory: k aliquots dilute k-fold.
    case laboratoryPool
    /// Several swabs in one tube at collection: they share its liquid, which dilutes by volume.
    case mixedTube(TubeVolumes = .vendor)

    /// How many times weaker one positive is than in its own single tube, at least 1.
    ///
    /// Laboratory pool: k. Mixed tube: its volume over that of a single tube, taking each swab to
    /// release as much as it would alone. Fewer than one person and more swabs than the largest
    /// tube takes are a `PoolingFault`.
    package func factor(size: Int) throws(PoolingFault) -> Double {
        guard size >= 1 else { throw .range(field: "pool size", from: 1, to: .infinity) }
        return switch self {
        case .laboratoryPool: Double(size)
        case .mixedTube(let volumes): try volumes.factor(swabs: size)
        }
    }

    /// By how many cycles the pool comes later than a single tube of one of its positives.
    ///
    /// log₂(factor / j) for j positives of equal load: a laboratory pool of k shifts by log₂(k/j).
    /// - Parameters:
    ///   - size: People in the pool.
    ///   - positives: How many of them are positive, 1 ... `size`.
    /// - Returns: Cycles; below zero where several swabs outweigh the larger volume.
    /// - Throws: `PoolingFault` for positives or swabs out of range.
    package func ctShift(size: Int, positives: Int = 1) throws(PoolingFault) -> Double {
        let factor = try factor(size: size)
        try PoolingFault.check(positives: positives, of: size)
        return log2(factor / Double(positives))
    }
}

extension PoolingFault {
    static func check(positives: Int, of size: Int) throws(PoolingFault) {
        guard size >= 1 else { throw .range(field: "pool size", from: 1, to: .infinity) }
        guard 1...size ~= positives else {
            throw .range(field: "positives in the pool", from: 1, to: Double(size))
        }
    }
}
