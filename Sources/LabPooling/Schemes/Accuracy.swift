/// How well one test tells a pool with a positive member from a pool without.
package struct Accuracy: Hashable, Sendable {
    /// P(read positive | at least one member is positive), Se.
    package let sensitivity: Double
    /// P(read negative | no member is positive), Sp.
    package let specificity: Double

    /// A test that is never wrong.
    package static let perfect = Accuracy(unchecked: 1, 1)

    /// An accuracy; both are probabilities.
    package init(sensitivity: Double, specificity: Double) throws(PoolingFault) {
        try PoolingFault.check(sensitivity, named: "sensitivity")
        try PoolingFault.check(specificity, named: "specificity")
        self.init(unchecked: sensitivity, specificity)
    }

    init(unchecked sensitivity: Double, _ specificity: Double) {
        self.sensitivity = sensitivity
        self.specificity = specificity
    }

    /// P(read positive) of a pool whose members are all negative with probability `clear`.
    func positive(clear: Double) -> Double {
        sensitivity - (sensitivity + specificity - 1) * clear
    }
}
