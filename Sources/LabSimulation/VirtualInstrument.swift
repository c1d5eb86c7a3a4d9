import Glibc
import LabStatistics

/// A real-time PCR instrument that exists only as a model, for demonstration and rehearsal.
///
/// Templates: their number is a Poisson count around (1 + E)^(q₁ − Cq), where q₁ is the Cq of one
/// copy; so late reactions scatter, and some hold no template at all. Signal: the sigmoid of
/// Rutledge and Stewart 2008 (BMC Biotechnology 8:47), whose efficiency falls in a straight line
/// as the product grows,
///
///     F(c) = Fmax / (1 + (Fmax / F₀ − 1) · (1 + E)^−c)
///
/// upon a baseline that drifts in a straight line, with normal read noise. Words and the reading
/// of Cq follow MIQE (Bustin et al. 2009, Clin. Chem. 55:611). The figures are typical ones, not
/// those of a product. Left out: inhibition, contamination, crosstalk of dyes, evaporation.
package struct VirtualInstrument: Sendable {
    /// Readings in a run.
    package var cycles = 45
    /// The cycle in which one copy crosses the threshold.
    package var oneCopyCq = 39.0
    /// The mean efficiency E: 1 doubles the product in each cycle.
    package var efficiency = 0.98
    /// The standard deviation of E between reactions.
    package var efficiencySpread = 0.004
    /// The relative standard deviation of the template volume.
    package var pipettingSpread = 0.05
    /// Fmax, the fluorescence that the product reaches in the end.
    package var plateau = 2.5
    /// The relative standard deviation of the whole signal between wells.
    package var signalSpread = 0.05
    /// The fluorescence before amplification, and its standard deviation between wells.
    package var baseline = (mean: 0.6, spread: 0.05)
    /// The rise of the baseline in a cycle, and its standard deviation between wells.
    package var drift = (mean: 0.000_5, spread: 0.000_8)
    /// The standard deviation of one reading.
    package var noise = 0.008
    /// The fluorescence above the baseline at which a reaction counts as amplified.
    package var threshold = 0.2

    /// An instrument with the standard figures; change what should differ.
    package init() {}

    /// Runs one reaction.
    /// - Parameters:
    ///   - expectedCq: The Cq that this much template has on average; nil for no template.
    ///   - random: The source of chance.
    /// - Returns: The raw fluorescence after each cycle from the first on, baseline included.
    package func amplify(
        expectedCq: Double?, using random: inout some RandomNumberGenerator
    ) -> [Double] {
        let start = random.normal(mean: baseline.mean, sd: baseline.spread)
        let slope = random.normal(mean: drift.mean, sd: drift.spread)
        let scale = max(0.5, random.normal(mean: 1, sd: signalSpread))
        let growth = 1 + min(1, max(0.9, random.normal(mean: efficiency, sd: efficiencySpread)))
        let copies = expectedCq.map { templates(at: $0, using: &random) } ?? 0
        return (1...cycles).map { cycle in
            start + slope * Double(cycle) + random.normal(mean: 0, sd: noise)
                + scale * signal(of: copies, growingBy: growth, after: cycle)
        }
    }

    private func templates(at cq: Double, using random: inout some RandomNumberGenerator) -> Int {
        let volume = max(0, random.normal(mean: 1, sd: pipettingSpread))
        // No tube holds more than 10¹⁴ templates; a senseless Cq must not leave the numbers.
        return random.poisson(mean: min(1e14, volume * pow(1 + efficiency, oneCopyCq - cq)))
    }

    private func signal(of copies: Int, growingBy growth: Double, after cycle: Int) -> Double {
        guard copies > 0 else { return 0 }
        // One copy's F₀ is the value that takes it to the threshold in cycle q₁.
        let one = plateau / (1 + (plateau / threshold - 1) * pow(1 + efficiency, oneCopyCq))
        let first = min(plateau, one * Double(copies))
        return plateau / (1 + (plateau / first - 1) * pow(growth, -Double(cycle)))
    }
}
