/// How the kept tubes of a pool that read positive are tested next: in smaller pools, or singly.
package struct PoolSplit: Hashable, Sendable {
    /// Members of each smaller pool, in pipetting order; none when every tube is tested singly.
    package let pools: [[SingleTube]]
    /// Tubes that are tested by themselves.
    package let singly: [SingleTube]
    /// The sizes that follow when one of the smaller pools reads positive too.
    package let below: [Int]

    /// Cuts the pool into the fewest parts that the next stage allows, as equal as they can be.
    ///
    /// A stage that would test the same tubes in one well again is left out (POOL-8). The order of
    /// pipetting is kept, so that neighbours, as a household's tubes are, stay together: 7 tubes
    /// in fives are cut into the first 4 and the last 3 (POOL-7). A part of one tube is tested
    /// singly.
    package init(of pool: LaboratoryPool) {
        let stages = pool.below.drop { $0 >= pool.members.count }
        guard let size = stages.first else {
            pools = []
            singly = pool.members
            below = []
            return
        }
        let parts = Self.cut(pool.members, intoAtMost: size)
        pools = parts.filter { $0.count > 1 }
        singly = parts.filter { $0.count == 1 }.flatMap { $0 }
        below = Array(stages.dropFirst())
    }

    /// Neighbouring parts whose sizes differ by one at most, the larger first.
    private static func cut(_ tubes: [SingleTube], intoAtMost size: Int) -> [[SingleTube]] {
        var rest = tubes[...]
        return PoolScheme.evenParts(of: tubes.count, most: size).map { part in
            let members = rest.prefix(part)
            rest = rest.dropFirst(part)
            return Array(members)
        }
    }
}
