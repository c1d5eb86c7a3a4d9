/// What a curve says: whether it amplifies, its own Cq, and how far that can be trusted.
///
/// A five-parameter sigmoid is fitted to every curve that leaves its noise; the Cq is where its
/// second derivative is greatest. Neither the unit nor the offset of the fluorescence matters, and
/// counting the cycles from elsewhere moves the Cq by as much. See READ-6 to READ-9.
package struct CurveAnalysis: Hashable, Sendable, Codable {
    /// The cycle of the greatest second derivative; nil for a negative curve, and where the
    /// readings end before it.
    package let cq: Double?
    /// What the curve says by itself.
    package let call: CurveCall
    /// How far the call can be trusted, from 0 (a person has to look) to 1 (a curve of a textbook).
    ///
    /// - Positive: the product of four shares: the rise time of doubling over its own, the part of
    ///   the plateau reached (from one half on), the rise over 30 times its noise, and the baseline
    ///   seen over one rise time; each at most 1. `CurveCriteria.high` and above is high.
    /// - Negative: 1 for a flat line, less the nearer its rise comes to what would count; 0.5 where
    ///   it rises in another shape.
    /// - Ambiguous: that of a positive curve, but 0.5 at most.
    package let quality: Double
    /// Why it was called so, and what else deserves a look.
    package let remarks: [CurveRemark]
    /// The level before the rise, in the unit of the curve.
    package let baseline: Double
    /// The standard deviation of a reading, in the unit of the curve.
    package let noise: Double
    /// How far the fluorescence rises over the cycles seen, in the unit of the curve.
    package let rise: Double
    /// The height of the sigmoid over its steepest slope, in cycles; nil where none was fitted.
    package let riseCycles: Double?

    /// Whether the quality is so high that nobody needs to look.
    package var isHighQuality: Bool { quality >= CurveCriteria.high }

    /// Analyses a curve.
    ///
    /// - Parameters:
    ///   - curve: The readings, baseline included; cycles may be missing.
    ///   - criteria: The numbers to call by.
    /// - Complexity: O(*n*) in the readings; a few microseconds for a flat curve, about 15 for one
    ///   that rises.
    package init(of curve: AmplificationCurve, by criteria: CurveCriteria = .standard) {
        let readings = curve.fluorescence
        let level = readings.isEmpty ? 0 : ScaledCurve.median(readings)
        guard (criteria.fewestReadings...criteria.mostReadings).contains(readings.count),
            let first = curve.cycles.first, let last = curve.cycles.last,
            last - first <= Double(criteria.mostReadings)
        else {
            self.init(unseen: .ambiguous, quality: 0, .tooFewCycles, level: level, noise: 0)
            return
        }
        guard let scaled = ScaledCurve(curve) else {
            let call = Self.silent(readings.count, criteria)
            self.init(
                unseen: call, quality: call == .negative ? 1 : 0,
                call == .negative ? .flat : .tooFewCycles, level: level, noise: 0)
            return
        }
        let unit = Unit(of: readings)
        let signal = scaled.span / max(scaled.noise, 1e-9)
        guard signal >= criteria.screen else {
            let call = Self.silent(readings.count, criteria)
            let quality = 1 - signal / 2 / criteria.signal
            self.init(
                unseen: call, quality: call == .negative ? quality : 0,
                call == .negative ? .flat : .tooFewCycles, level: level,
                noise: unit.span(scaled.noise))
            return
        }
        self.init(of: CurveShape(of: scaled), noise: scaled.noise, unit, criteria, readings.count)
    }

    /// What a curve without a rise says: nothing where a rise would not have been seen yet.
    private static func silent(_ readings: Int, _ criteria: CurveCriteria) -> CurveCall {
        readings < criteria.fewestOfNegative ? .ambiguous : .negative
    }

    private init(
        of shape: CurveShape, noise: Double, _ unit: Unit, _ criteria: CurveCriteria,
        _ readings: Int
    ) {
        let verdict = CurveVerdict(of: shape, by: criteria)
        let isTooShort = verdict.call == .negative && readings < criteria.fewestOfNegative
        let isSeen = shape.first...max(shape.first, shape.last) ~= shape.cq
        cq = verdict.call == .negative || !isSeen ? nil : shape.cq
        call = isTooShort ? .ambiguous : verdict.call
        quality = isTooShort ? 0 : verdict.quality
        remarks = isTooShort ? [.tooFewCycles] + verdict.remarks : verdict.remarks
        baseline = unit.level(shape.baseline)
        self.noise = unit.span(noise)
        rise = unit.span(shape.rise)
        riseCycles = shape.riseCycles
    }

    private init(
        unseen call: CurveCall, quality: Double, _ remark: CurveRemark, level: Double,
        noise: Double
    ) {
        cq = nil
        self.call = call
        self.quality = quality
        remarks = [remark]
        baseline = level
        self.noise = noise
        rise = 0
        riseCycles = nil
    }

    /// The way back from 0...1 to the unit of the curve.
    private struct Unit {
        let least: Double
        let height: Double

        init(of readings: [Double]) {
            least = readings.min() ?? 0
            // A span beyond the greatest number is as good as that number.
            height = min((readings.max() ?? 0) - least, .greatestFiniteMagnitude)
        }

        func span(_ share: Double) -> Double {
            let span = share * height
            return span.isFinite ? span : height
        }

        func level(_ share: Double) -> Double {
            let level = least + share * height
            return level.isFinite ? level : least
        }
    }
}
