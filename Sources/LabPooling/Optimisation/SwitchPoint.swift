internal import LabStatistics

/// The prevalence at which two schemes cost the same number of tests a person.
package enum SwitchPoint {
    /// Where the larger pool of two two-stage ratios begins to cost more than the smaller.
    ///
    /// Tests a person of a pool of k: 1/k + Se − (Se + Sp − 1)(1 − p)^k; one person alone costs 1.
    /// The difference of two sizes changes its sign once at most below the prevalence at which
    /// both cost as much as single tests.
    /// - Returns: Nil where the larger pool is cheaper at every prevalence up to 0.5, or nowhere.
    package static func between(
        _ larger: Int, _ smaller: Int, model: TestModel
    ) throws(PoolingFault) -> Double? {
        guard larger > smaller, smaller >= 1 else {
            throw .range(field: "smaller pool", from: 1, to: Double(larger - 1))
        }
        func gain(_ prevalence: Double) -> Double {
            tests(larger, prevalence, model) - tests(smaller, prevalence, model)
        }
        guard gain(1e-9) < 0 else { return nil }
        // The first sign change on a fine grid, then halving.
        var below = 1e-9
        for step in 1...2_000 {
            let above = 0.5 * Double(step) / 2_000
            if gain(above) > 0 { return Search.zero(in: below...above, of: gain) }
            below = above
        }
        return nil
    }

    /// Expected tests a person of a two-stage pool, or of single tests for one person.
    package static func tests(_ size: Int, _ prevalence: Double, _ model: TestModel) -> Double {
        guard size > 1 else { return 1 }
        let accuracy = model.accuracies(first: size, stages: 2)[0]
        let clear = ClusterModel.independent.clear(size, prevalence: prevalence)
        return 1 / Double(size) + accuracy.positive(clear: clear)
    }
}
