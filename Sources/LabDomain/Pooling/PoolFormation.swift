/// A received single tube that waits to be pooled or plated.
package struct WaitingTube: Hashable, Sendable {
    package let tube: SingleTube
    package let risk: RiskClass
    package let receivedAt: Timestamp

    /// A waiting tube.
    package init(tube: SingleTube, risk: RiskClass, receivedAt: Timestamp) {
        self.tube = tube
        self.risk = risk
        self.receivedAt = receivedAt
    }
}

/// Which waiting tubes go into which pool, and which go singly.
package struct PoolFormation: Hashable, Sendable {
    /// Members of each pool, first come first.
    package let pools: [[SingleTube]]
    /// Tubes that are tested by themselves.
    package let singly: [SingleTube]

    /// Groups tubes of one risk class, in the order of their receipt, into pools of `size`.
    ///
    /// Classes outside `risks` are never pooled (POOL-2) and classes never share a pool (POOL-3).
    /// What is left over of a class forms one smaller pool; a last tube alone is tested singly
    /// (POOL-4).
    package init(of waiting: [WaitingTube], size: Int, risks: Set<RiskClass>) {
        precondition(size >= 2, "A pool needs room for two tubes.")
        var pools: [[SingleTube]] = []
        var singly: [SingleTube] = []
        for risk in RiskClass.allCases {
            let tubes = waiting.filter { $0.risk == risk }
                .sorted { ($0.receivedAt, $0.tube.id) < ($1.receivedAt, $1.tube.id) }.map(\.tube)
            guard risks.contains(risk) else {
                singly += tubes
                continue
            }
            for start in stride(from: 0, to: tubes.count, by: size) {
                let group = Array(tubes[start..<min(start + size, tubes.count)])
                if group.count == 1 { singly += group } else { pools.append(group) }
            }
        }
        self.pools = pools
        self.singly = singly
    }
}
