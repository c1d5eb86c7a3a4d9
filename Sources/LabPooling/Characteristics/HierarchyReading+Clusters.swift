extension HierarchyReading {
    /// A pool that may be tested, with the pools above it.
    private struct Place {
        let stretch: Range<Int>
        /// The pools above, the largest first.
        let above: [Range<Int>]
    }

    /// The variance of the number of tests where people share their fate.
    ///
    /// Parts of one pool are then not independent, so the pairs of pools are counted that are both
    /// tested: Var(T) = Σ P(u and v tested) − E(T)².
    func pairedVariance(of trees: [PoolTree]) -> Double? {
        var places: [Place] = []
        var start = 0
        for tree in trees {
            Self.collect(tree, at: start, under: [], into: &places)
            start += tree.size
        }
        // Pairs of pools grow with the square; a pool that large is computed by nobody's clock.
        guard places.count <= 400 else { return nil }
        let tested = places.map { place in
            Self.allPositive(place.above.map { crowd.clear($0) }, accuracies)
        }
        let mean = tested.reduce(0, +)
        var second = mean
        for (index, place) in places.enumerated() {
            for other in places[(index + 1)...] { second += 2 * bothTested(place, other) }
        }
        return max(0, second - mean * mean)
    }

    private static func collect(
        _ tree: PoolTree, at start: Int, under above: [Range<Int>], into places: inout [Place]
    ) {
        let stretch = start..<start + tree.size
        places.append(Place(stretch: stretch, above: above))
        var place = start
        for part in tree.parts {
            collect(part, at: place, under: above + [stretch], into: &places)
            place += part.size
        }
    }

    /// P(all pools above either place read positive); `second` stands behind or below `first`.
    private func bothTested(_ first: Place, _ second: Place) -> Double {
        let shared = zip(first.above, second.above).prefix { $0 == $1 }.count
        let trunk = first.above.prefix(shared)
        let left = Array(first.above.dropFirst(shared))
        let right = Array(second.above.dropFirst(shared))
        if left.isEmpty || right.isEmpty {
            let chain = left.isEmpty ? second.above : first.above
            return Self.allPositive(chain.map { crowd.clear($0) }, accuracies)
        }
        // The trunk is positive down to a depth; only where all of it is do the branches differ.
        let clear = trunk.map { crowd.clear($0) }
        let falsely = { (stages: Range<Int>) in
            stages.reduce(1.0) { $0 * (1 - self.accuracies[$1].specificity) }
        }
        let truly = { (stages: Range<Int>) in
            stages.reduce(1.0) { $0 * self.accuracies[$1].sensitivity }
        }
        var total = 0.0
        var above = 0.0
        for depth in 0..<shared {
            total +=
                (clear[depth] - above) * truly(0..<depth) * falsely(depth..<shared)
                * falsely(shared..<shared + left.count) * falsely(shared..<shared + right.count)
            above = clear[depth]
        }
        // P(both branches are clear from these depths on), −1 standing for the whole trunk.
        func clearFrom(_ i: Int, _ j: Int) -> Double {
            if i < 0 || j < 0 { return shared > 0 ? above : 0 }
            let nobody = 0..<0
            return crowd.clear(
                i < left.count ? left[i] : nobody, j < right.count ? right[j] : nobody)
        }
        for i in 0...left.count {
            for j in 0...right.count {
                let exactly =
                    clearFrom(i, j) - clearFrom(i - 1, j) - clearFrom(i, j - 1)
                    + clearFrom(i - 1, j - 1)
                total +=
                    exactly * truly(0..<shared) * truly(shared..<shared + i)
                    * falsely(shared + i..<shared + left.count) * truly(shared..<shared + j)
                    * falsely(shared + j..<shared + right.count)
            }
        }
        return total
    }
}
