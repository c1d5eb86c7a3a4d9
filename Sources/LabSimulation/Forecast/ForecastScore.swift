/// One prediction about one tube, and what came.
package struct ScoredForecast: Sendable {
    /// The predicted probability of a breach.
    package var probability: Double
    /// Orders tubes by how likely their breach is; the probability itself, or finer.
    package var rank: Double
    /// Whether a breach is predicted.
    package var isFlagged: Bool
    package var finish: Double
    package var low: Double
    package var high: Double
    package var isLate: Bool
    package var released: Double

    /// A prediction and its outcome.
    package init(
        probability: Double, rank: Double, isFlagged: Bool, finish: Double, low: Double,
        high: Double, isLate: Bool, released: Double
    ) {
        (self.probability, self.rank, self.isFlagged) = (probability, rank, isFlagged)
        (self.finish, self.low, self.high) = (finish, low, high)
        (self.isLate, self.released) = (isLate, released)
    }
}

/// How good forecasts were; nil where a figure is not defined.
package struct ForecastScore: Sendable, Equatable {
    /// Forecasts: one a tube and step.
    package var count = 0
    package var late = 0
    /// Forecasts of a breach, and those of them that came true.
    package var flagged = 0
    package var hits = 0
    package var auc: Double?
    package var recall: Double?
    package var precision: Double?
    package var meanAbsoluteError: Double?
    package var brier: Double?
    /// The share of finishes inside the 80 % band.
    package var coverage: Double?

    /// The score of forecasts.
    package init(_ forecasts: [ScoredForecast]) {
        count = forecasts.count
        late = forecasts.count { $0.isLate }
        guard count > 0 else { return }
        flagged = forecasts.count { $0.isFlagged }
        hits = forecasts.count { $0.isFlagged && $0.isLate }
        recall = late > 0 ? Double(hits) / Double(late) : nil
        precision = flagged > 0 ? Double(hits) / Double(flagged) : nil
        let n = Double(count)
        meanAbsoluteError = forecasts.reduce(0) { $0 + abs($1.finish - $1.released) } / n
        brier =
            forecasts.reduce(0) { sum, one in
                let miss = one.probability - (one.isLate ? 1 : 0)
                return sum + miss * miss
            } / n
        let inside = forecasts.count { $0.low <= $0.released && $0.released <= $0.high }
        coverage = Double(inside) / n
        auc = Self.areaUnderCurve(forecasts)
    }

    /// The chance that a late tube ranks above one in time, ties counted half (Mann and Whitney).
    private static func areaUnderCurve(_ forecasts: [ScoredForecast]) -> Double? {
        let ordered = forecasts.sorted { $0.rank < $1.rank }
        let late = Double(ordered.count { $0.isLate })
        let inTime = Double(ordered.count) - late
        guard late > 0, inTime > 0 else { return nil }
        var (ranks, first) = (0.0, 0)
        while first < ordered.count {
            var (end, lateHere) = (first, 0.0)
            while end < ordered.count, ordered[end].rank == ordered[first].rank {
                if ordered[end].isLate { lateHere += 1 }
                end += 1
            }
            ranks += lateHere * (Double(first + end + 1) / 2)
            first = end
        }
        return (ranks - late * (late + 1) / 2) / (late * inTime)
    }
}
