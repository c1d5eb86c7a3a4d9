extension RiskSearch {
    /// The partition into pools of up to three stages with the fewest expected tests.
    ///
    /// Each first pool is an individual test, a two-stage pool, or a pool that is cut into
    /// stretches of its sorted row, whichever costs least. O(n·k³) for first pools of at most k.
    ///
    /// - Returns: Nil when not even individual testing keeps to the floor.
    package func threeStages() throws(PoolingFault) -> RiskPartition? {
        let table = ClearTable(sorted, longest: mostPeople)
        return try cheapest { start, clear in
            let size = clear.count
            if size == 1 { return isEnough(1, 1) ? Block(cost: 1, tree: { .person }) : nil }
            let two =
                isEnough(size, 2)
                ? 1 + Double(size)
                    * model.accuracies(first: size, stages: 2)[0].positive(clear: clear[size - 1])
                : .infinity
            let cut = cutOnce(start, size, table)
            guard min(two, cut?.cost ?? .infinity) < .infinity else { return nil }
            if let cut, cut.cost < two {
                return Block(
                    cost: cut.cost,
                    tree: { () throws(PoolingFault) in try Self.tree(cut.parts) })
            }
            return Block(cost: two, tree: { () throws(PoolingFault) in try PoolTree(size: size) })
        }
    }

    /// Everybody in one first pool that is cut into the best smaller pools.
    ///
    /// - Returns: Nil for less than two people, and when the floor is not kept.
    package func oneThreeStagePool() throws(PoolingFault) -> RiskPartition? {
        guard sorted.count > 1 else { return nil }
        let table = ClearTable(sorted, longest: sorted.count)
        guard let cut = cutOnce(0, sorted.count, table) else { return nil }
        return RiskPartition(pools: [try Self.tree(cut.parts)], order: order, tests: cut.cost)
    }

    private static func tree(_ parts: [Int]) throws(PoolingFault) -> PoolTree {
        var trees: [PoolTree] = []
        for part in parts { trees.append(try PoolTree(size: part)) }
        return try PoolTree(parts: trees)
    }

    /// The cheapest cut of a first pool into stretches, its own test included.
    private func cutOnce(
        _ start: Int, _ size: Int, _ table: ClearTable
    ) -> (cost: Double, parts: [Int])? {
        let accuracies = model.accuracies(first: size, stages: 3)
        let isSingleEnough = isEnough(size, 2)
        let isPoolEnough = isEnough(size, 3)
        guard isSingleEnough || isPoolEnough else { return nil }
        let whole = table[start, size]
        let tested = accuracies[0].positive(clear: whole)
        // P(both read positive) of a part that is clear with probability c, linear in c.
        let (first, second) = (accuracies[0], accuracies[1])
        let both = first.sensitivity * second.sensitivity
        let slope = first.sensitivity * (second.sensitivity + second.specificity - 1)
        let falsely =
            (1 - second.specificity) * (first.sensitivity + first.specificity - 1) * whole
        var best = [Double](repeating: .infinity, count: size + 1)
        var last = [Int](repeating: 0, count: size + 1)
        best[0] = 0
        for end in 1...size {
            for begin in max(0, end - size + 1)..<end {
                let part = end - begin
                let cost: Double
                if part == 1 {
                    guard isSingleEnough else { continue }
                    cost = tested
                } else {
                    guard isPoolEnough else { continue }
                    let clear = table[start + begin, part]
                    cost = tested + Double(part) * (both - slope * clear - falsely)
                }
                if best[begin] + cost < best[end] {
                    best[end] = best[begin] + cost
                    last[end] = part
                }
            }
        }
        guard best[size] < .infinity else { return nil }
        var parts: [Int] = []
        var end = size
        while end > 0 {
            parts.append(last[end])
            end -= last[end]
        }
        return (1 + best[size], parts.reversed())
    }
}

/// P(clear) of every stretch of a row up to a length, each computed once.
struct ClearTable {
    private let longest: Int
    private let products: [Double]

    init(_ risks: [Double], longest: Int) {
        self.longest = longest
        var products = [Double](repeating: 1, count: risks.count * longest)
        for start in risks.indices {
            var product = 1.0
            for length in 1...longest where start + length <= risks.count {
                product *= 1 - risks[start + length - 1]
                products[start * longest + length - 1] = product
            }
        }
        self.products = products
    }

    subscript(start: Int, length: Int) -> Double { products[start * longest + length - 1] }
}
