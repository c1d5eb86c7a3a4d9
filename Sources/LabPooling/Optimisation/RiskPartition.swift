/// People cut into pools by their risks.
package struct RiskPartition: Hashable, Sendable {
    /// The pools in ascending risk; a pool of one is an individual test.
    package let pools: [PoolTree]
    /// Who stands in the row, by index into the risks that were given: the least risk first.
    package let order: [Int]
    /// Expected tests.
    package let tests: Double

    /// The partition as a scheme over the people in `order`.
    package var scheme: Scheme { .hierarchy(pools) }
}

/// The best partition of people of different risks.
///
/// The risks are sorted and pools are stretches of the sorted row. For two stages without floor
/// that is optimal among all partitions (F. K. Hwang, Journal of the American Statistical
/// Association 70 (1975) 923); for three stages it is the best of all contiguous ones.
package struct RiskSearch: Sendable {
    package let risks: [Double]
    /// The most people in a first pool.
    package let mostPeople: Int
    package let model: TestModel
    /// The least chance of being found that any positive person must have.
    package let floor: Double

    let order: [Int]
    let sorted: [Double]

    /// A search.
    ///
    /// - Throws: `PoolingFault` for risks that are no probabilities, an empty list, or a largest
    ///   pool outside 1 to 500.
    package init(
        risks: [Double], mostPeople: Int, model: TestModel, floor: Double
    ) throws(PoolingFault) {
        try Crowd.risks(risks).check()
        try PoolingFault.check(floor, named: "floor")
        guard (1...500).contains(mostPeople) else {
            throw .range(field: "largest pool", from: 1, to: 500)
        }
        self.risks = risks
        self.mostPeople = mostPeople
        self.model = model
        self.floor = floor
        order = risks.indices.sorted { (risks[$0], $0) < (risks[$1], $1) }
        sorted = order.map { risks[$0] }
    }

    /// The partition into two-stage pools with the fewest expected tests, exact in O(n·k).
    ///
    /// - Returns: Nil when not even individual testing keeps to the floor.
    package func twoStages() throws(PoolingFault) -> RiskPartition? {
        try cheapest { start, clear in
            let size = clear.count
            if size == 1 { return isEnough(1, 1) ? Block(cost: 1, tree: { .person }) : nil }
            guard isEnough(size, 2) else { return nil }
            let accuracy = model.accuracies(first: size, stages: 2)[0]
            return Block(
                cost: 1 + Double(size) * accuracy.positive(clear: clear[size - 1]),
                tree: { () throws(PoolingFault) in try PoolTree(size: size) })
        }
    }

    /// A first pool as it may be: what it costs, and its tree, built only when it is chosen.
    struct Block {
        let cost: Double
        let tree: () throws(PoolingFault) -> PoolTree
    }

    /// Whether people in a first pool of a size are found often enough in so many stages.
    func isEnough(_ size: Int, _ stages: Int) -> Bool {
        model.accuracies(first: size, stages: stages)
            .reduce(1) { $0 * $1.sensitivity } >= floor - 1e-12
    }

    /// The cheapest row of blocks.
    ///
    /// `block` is asked with the start of a stretch and P(clear) of its first person, its first
    /// two, and so on.
    func cheapest(
        _ block: (_ start: Int, _ clear: [Double]) throws(PoolingFault) -> Block?
    ) throws(PoolingFault) -> RiskPartition? {
        let count = sorted.count
        var best = [Double](repeating: .infinity, count: count + 1)
        var chosen = [Block?](repeating: nil, count: count + 1)
        var from = [Int](repeating: 0, count: count + 1)
        best[0] = 0
        for start in 0..<count where best[start] < .infinity {
            var clear: [Double] = []
            for end in start + 1...min(count, start + mostPeople) {
                clear.append((clear.last ?? 1) * (1 - sorted[end - 1]))
                guard let block = try block(start, clear) else { continue }
                let cost = best[start] + block.cost
                if cost < best[end] { (best[end], chosen[end], from[end]) = (cost, block, start) }
            }
        }
        guard best[count] < .infinity else { return nil }
        var pools: [PoolTree] = []
        var end = count
        while end > 0, let block = chosen[end] {
            pools.append(try block.tree())
            end = from[end]
        }
        return RiskPartition(pools: pools.reversed(), order: order, tests: best[count])
    }
}
