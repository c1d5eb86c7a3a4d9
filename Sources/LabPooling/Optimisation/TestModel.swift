/// How the tests of a laboratory read, by stage and by the size of the first pool.
///
/// Dilution is felt in the first pool alone: a person whose load is found there is found in every
/// smaller pool too, because both are made of the same specimen. Multiplying the losses of all
/// stages would count that person's low load twice. Source: Y. Zhang, P. Frazier et al., on
/// correlation in pooled testing (arXiv 2008.06642).
package struct TestModel: Sendable {
    /// The pools of each stage in the order of testing, then individual tests.
    package let stages: [Accuracy]
    /// Share of the positives found by a single test that a pool of a size finds too.
    private let kept: @Sendable (Int) -> Double

    /// A model without dilution, or with the share that a pool of each size keeps.
    ///
    /// - Throws: `PoolingFault.empty` when no accuracy is given.
    package init(
        stages: [Accuracy], kept: @escaping @Sendable (Int) -> Double = { _ in 1 }
    ) throws(PoolingFault) {
        guard !stages.isEmpty else { throw .empty(field: "accuracies") }
        self.stages = stages
        self.kept = kept
    }

    /// The accuracy of an individual test.
    var individual: Accuracy { stages[stages.count - 1] }

    /// The accuracies of a scheme whose first pool has a size.
    ///
    /// Of a longer list the first ones are for pools and the last is for individual tests.
    package func accuracies(first size: Int, stages count: Int) -> [Accuracy] {
        guard count > 1 else { return [individual] }
        var chosen = (0..<count - 1).map { stages[min($0, max(0, stages.count - 2))] }
        chosen[0] = chosen[0].diluted(to: size > 1 ? kept(size) : 1)
        return chosen + [individual]
    }
}

extension Accuracy {
    /// The same test on a pool that keeps a share of what it would find.
    func diluted(to kept: Double) -> Accuracy {
        Accuracy(unchecked: sensitivity * min(1, max(0, kept)), specificity)
    }
}
