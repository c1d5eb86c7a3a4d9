/// The few numbers by which a curve is called; all are free of the instrument's unit.
///
/// Each follows from what amplification can do, not from one set of curves; decision 0017 holds
/// the reasons and the measured calls with each set of curves held out in turn.
package struct CurveCriteria: Hashable, Sendable {
    /// The fewest readings from which a curve is called.
    package let fewestReadings = 10
    /// The fewest readings of which a silent curve is called negative: what rises later is unseen.
    package let fewestOfNegative = 15
    /// The most readings that are taken for one run.
    package let mostReadings = 400
    /// The smoothed curve must span this many times the noise to be looked at further.
    package let screen = 6.0
    /// The rise over the scatter around the fit from which a curve may be positive.
    ///
    /// Analysts ask ten standard deviations of a quantity (IUPAC's limit of quantification).
    package let signal = 10.0
    /// The share of the scatter around a straight line that the sigmoid has to explain.
    package let explained = 0.9
    /// The growth per cycle at the foot, in natural logarithms, below which it is a drift.
    ///
    /// 0.15 is 16 % a cycle; doubling is 0.69.
    package let growth = 0.15
    /// The rise time in cycles, its height over its steepest slope, above which it is too slow.
    ///
    /// Four times that of doubling: inhibited reactions that people still call an amplification.
    package let slowest = 4 * doubling
    /// The rise time in cycles above which it is taken for a drift.
    package let drifting = 5.5 * doubling
    /// The rise time in cycles below which no amplification rises.
    package let fastest = 0.6 * doubling
    /// The baseline that has to be seen before the Cq, in rise times, to be positive.
    package let baseline = 0.5
    /// The baseline without which nothing is said for an amplification, in rise times.
    package let leastBaseline = 0.1
    /// The cycles that have to follow the Cq.
    package let follow = 2.0

    /// The criteria in force.
    package static let standard = CurveCriteria()

    /// The quality from which a curve is of high quality.
    ///
    /// A positive curve reaches it with nearly the steepness of doubling, a plateau, a clean
    /// baseline and little noise; nobody needs to look at it.
    package static let high = 0.8

    /// The rise time of the logistic curve of perfect doubling, in cycles: 4 / ln 2.
    static let doubling = 5.771
}
