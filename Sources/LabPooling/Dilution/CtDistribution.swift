/// The Cts of single positives of a laboratory, and the Ct up to which it calls positive.
package struct CtDistribution: Hashable, Sendable {
    /// The last Ct that is called positive.
    package let cutoff: Double
    /// Cts of single tests up to the cutoff, rising.
    private let detected: [Double]

    /// Cts in any order; those beyond the cutoff are left out, since single tests miss them too.
    /// - Throws: `PoolingFault` when a Ct or the cutoff lies outside 0 ... 100, or when none of
    ///   the Cts is up to the cutoff.
    package init(cts: [Double], cutoff: Double) throws(PoolingFault) {
        guard 0...100 ~= cutoff else { throw .range(field: "Ct cutoff", from: 0, to: 100) }
        guard cts.allSatisfy({ 0...100 ~= $0 }) else { throw .range(field: "Ct", from: 0, to: 100) }
        self.cutoff = cutoff
        detected = cts.filter { $0 <= cutoff }.sorted()
        guard !detected.isEmpty else { throw .empty(field: "the Cts up to the cutoff") }
    }

    /// How many Cts of single tests stand behind every share.
    package var count: Int { detected.count }

    /// The share of positives found by single tests that are still found `shift` cycles later.
    func share(shiftedBy shift: Double) -> Double {
        var (low, high) = (0, detected.count)
        while low < high {
            let middle = (low + high) / 2
            if detected[middle] + shift <= cutoff { low = middle + 1 } else { high = middle }
        }
        return Double(low) / Double(detected.count)
    }
}
