import LabStatistics

/// What a virtual reaction can be read for.
package enum SimulatedTarget: String, CaseIterable, Hashable, Sendable, Codable {
    /// The gene region ORF1ab of the virus.
    case orf1ab
    /// The gene N of the virus.
    case n
    /// Human nucleic acid, which shows that a swab touched somebody.
    case internalControl = "internal-control"
}

/// How much of each target a tube holds, as the Cq to expect; nil where there is none.
package struct SpecimenLoad: Hashable, Sendable {
    /// Cycles for ORF1ab.
    package var orf1ab: Double?
    /// Cycles for N.
    package var n: Double?
    /// Cycles for the human control.
    package var internalControl: Double?

    /// A load; all nil is a blank, such as a negative control of saline.
    package init(orf1ab: Double? = nil, n: Double? = nil, internalControl: Double? = nil) {
        (self.orf1ab, self.n, self.internalControl) = (orf1ab, n, internalControl)
    }

    /// The expected Cq of one target.
    package subscript(_ target: SimulatedTarget) -> Double? {
        switch target {
        case .orf1ab: orf1ab
        case .n: n
        case .internalControl: internalControl
        }
    }

    /// The swab of a person who does not carry the virus: the control target alone.
    package static func uninfected(using random: inout some RandomNumberGenerator) -> SpecimenLoad {
        let control = truncatedNormal(mean: 25, sd: 1.5, within: 20...32, using: &random)
        return SpecimenLoad(internalControl: control)
    }

    /// The swab of a person who carries the virus; N comes 0.5 to 1.5 cycles before ORF1ab.
    package static func infected(using random: inout some RandomNumberGenerator) -> SpecimenLoad {
        var load = uninfected(using: &random)
        let cq = screeningCq(using: &random)
        load.orf1ab = cq
        load.n = cq - random.uniform(from: 0.5, to: 1.5)
        return load
    }

    /// The Cq of somebody found by screening people without symptoms.
    ///
    /// Normal with mean 27 and standard deviation 5.5, cut to 14 ... 37: early and late infection
    /// mixed. For comparison, the 821 positive Cq of the E gene in
    /// `reference/campaigns/ghent_positive_cq_384_a.csv` have mean 27.5 and deviation 6.3.
    package static func screeningCq(using random: inout some RandomNumberGenerator) -> Double {
        truncatedNormal(mean: 27, sd: 5.5, within: 14...37, using: &random)
    }

    /// What several swabs in one mixed tube make together; nobody's is diluted.
    package static func mixedTube(of swabs: [SpecimenLoad]) -> SpecimenLoad {
        SpecimenLoad(
            orf1ab: CqArithmetic.mixedCq(of: swabs.map(\.orf1ab)),
            n: CqArithmetic.mixedCq(of: swabs.map(\.n)),
            internalControl: CqArithmetic.mixedCq(of: swabs.map(\.internalControl)))
    }

    /// What equal volumes of single tubes make in a laboratory pool; each is diluted.
    package static func laboratoryPool(of tubes: [SpecimenLoad]) -> SpecimenLoad {
        mixedTube(of: tubes).diluted(by: Double(tubes.count))
    }

    /// The load after diluting everything `fold` times.
    package func diluted(by fold: Double) -> SpecimenLoad {
        SpecimenLoad(
            orf1ab: orf1ab.map { CqArithmetic.dilutedCq($0, by: fold) },
            n: n.map { CqArithmetic.dilutedCq($0, by: fold) },
            internalControl: internalControl.map { CqArithmetic.dilutedCq($0, by: fold) })
    }

    private static func truncatedNormal(
        mean: Double, sd: Double, within limits: ClosedRange<Double>,
        using random: inout some RandomNumberGenerator
    ) -> Double {
        while true {
            let value = random.normal(mean: mean, sd: sd)
            if limits.contains(value) { return value }
        }
    }
}
