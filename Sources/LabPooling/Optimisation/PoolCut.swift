/// The best way to cut one first pool of alike people into smaller ones.
///
/// Given the sizes of the pools above, what a part costs and finds depends on its own size alone.
/// So the best cut of m people is `best(m) = min over g of cost(g) + best(m − g)`: every partition
/// is considered, in O(n²) steps for three stages and O(n⁴) for four.
struct PoolCut {
    /// How many tests a person is worth who is classified rightly.
    struct Worth {
        let positive: Double
        let negative: Double
    }

    let size: Int
    let prevalence: Double
    /// The first pool, the stages below, individual tests.
    let accuracies: [Accuracy]
    /// The least chance of being found that anybody must have.
    let floor: Double

    private let clear: [Double]

    init(size: Int, prevalence: Double, accuracies: [Accuracy], floor: Double) {
        self.size = size
        self.prevalence = prevalence
        self.accuracies = accuracies
        self.floor = floor
        var product = 1.0
        var clear = [1.0]
        for _ in 0..<size {
            product *= 1 - prevalence
            clear.append(product)
        }
        self.clear = clear
    }

    /// The tree of the cheapest cut whose every path keeps to the floor; nil when none does.
    func best(worth: Worth) throws(PoolingFault) -> PoolTree? {
        guard accuracies.count > 2 else {
            return isEnough(2) ? try PoolTree(size: size) : nil
        }
        return try cut(size, under: [size], worth)?.tree
    }

    /// Expected tests of the cheapest cut, the first pool's own included.
    ///
    /// Nil when none keeps to the floor.
    func fewestTests() throws(PoolingFault) -> Double? {
        guard accuracies.count > 2 else {
            guard isEnough(2) else { return nil }
            return 1 + Double(size) * HierarchyReading.allPositive([clear[size]], accuracies)
        }
        return try cut(size, under: [size], Worth(positive: 0, negative: 0)).map { 1 + $0.cost }
    }

    private func isEnough(_ stages: Int) -> Bool {
        accuracies.prefix(stages).reduce(1) { $0 * $1.sensitivity } >= floor - 1e-12
    }

    /// Expected cost and tree of a pool that is cut in the next stage, its own test left out.
    private func cut(
        _ people: Int, under above: [Int], _ worth: Worth
    ) throws(PoolingFault) -> (cost: Double, tree: PoolTree)? {
        let stage = above.count
        let tested = HierarchyReading.allPositive(above.map { clear[$0] }, accuracies)
        var costs = [Double](repeating: .infinity, count: people)
        var trees: [Int: PoolTree] = [:]
        if isEnough(stage + 1) {
            costs[1] = tested - gain(above + [1], worth)
        }
        if stage + 1 < accuracies.count {
            for part in 2..<max(2, people) {
                if stage + 2 == accuracies.count {
                    guard isEnough(stage + 2) else { continue }
                    let read = HierarchyReading.allPositive(
                        (above + [part]).map { clear[$0] }, accuracies)
                    costs[part] = tested + Double(part) * (read - gain(above + [part, 1], worth))
                } else if let below = try cut(part, under: above + [part], worth) {
                    costs[part] = tested + below.cost
                    trees[part] = below.tree
                }
            }
        }
        return try partition(people, costs: costs, trees: trees)
    }

    /// What a person on a path is worth, weighted by being classified rightly.
    private func gain(_ path: [Int], _ worth: Worth) -> Double {
        guard worth.positive > 0 || worth.negative > 0 else { return 0 }
        let found = accuracies.prefix(path.count).reduce(1) { $0 * $1.sensitivity }
        let falsely = HierarchyReading.allPositive(path.map { clear[$0 - 1] }, accuracies)
        return prevalence * found * worth.positive
            + (1 - prevalence) * (1 - falsely) * worth.negative
    }

    private func partition(
        _ people: Int, costs: [Double], trees: [Int: PoolTree]
    ) throws(PoolingFault) -> (cost: Double, tree: PoolTree)? {
        var best = [0.0]
        var last = [0]
        for filled in 1...people {
            var least = Double.infinity
            var choice = 0
            for part in 1...filled where part < people {
                let cost = costs[part] + best[filled - part]
                if cost < least { (least, choice) = (cost, part) }
            }
            best.append(least)
            last.append(choice)
        }
        guard best[people] < .infinity else { return nil }
        var parts: [PoolTree] = []
        var left = people
        while left > 0 {
            if let tree = trees[last[left]] {
                parts.append(tree)
            } else {
                parts.append(try PoolTree(size: last[left]))
            }
            left -= last[left]
        }
        return (best[people], try PoolTree(parts: parts.sorted { $0.size > $1.size }))
    }
}
