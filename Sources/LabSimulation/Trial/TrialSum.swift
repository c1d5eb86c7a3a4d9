import LabStatistics

/// What the days of a trial come to together.
package struct TrialSum: Sendable {
    /// By how much breaches became fewer, with its 95 % interval.
    package struct Cut: Sendable, Equatable {
        package let share: Double
        package let low: Double
        package let high: Double
    }

    package let days: Int
    package let seed: UInt64
    package let tubes: Int
    package let sent: Int
    package let ours: ForecastScore
    package let stageMean: ForecastScore
    package let queueRate: ForecastScore
    package let firstCome: Int
    package let ordered: Int
    package let steered: Int
    package let cutByOrder: Cut?
    package let cutByMoves: Cut?

    /// Adds up days.
    package init(_ results: [TrialDayResult], seed: UInt64) {
        days = results.count
        self.seed = seed
        tubes = results.reduce(0) { $0 + $1.tubes }
        sent = results.reduce(0) { $0 + $1.sent }
        ours = ForecastScore(sumOf: results.map(\.ours))
        stageMean = ForecastScore(sumOf: results.map(\.stageMean))
        queueRate = ForecastScore(sumOf: results.map(\.queueRate))
        firstCome = results.reduce(0) { $0 + $1.firstCome }
        ordered = results.reduce(0) { $0 + $1.ordered }
        steered = results.reduce(0) { $0 + $1.steered }
        cutByOrder = Self.cut(results.map { ($0.firstCome, $0.ordered) }, seed)
        cutByMoves = Self.cut(results.map { ($0.firstCome, $0.steered) }, seed)
    }

    /// Whether the bars are met: recall 0.9, at most a tenth of the flags false, a Brier score
    /// below both simple forecasters, half of the breaches avoided.
    package var passes: Bool {
        guard let recall = ours.recall, let precision = ours.precision, let brier = ours.brier,
            let stage = stageMean.brier, let queue = queueRate.brier, let cut = cutByMoves
        else { return false }
        return recall >= 0.9 && precision >= 0.9 && brier < stage && brier < queue
            && cut.share >= 0.5
    }

    /// The share of breaches that is avoided; its interval from 1,000 samples of whole days.
    private static func cut(_ days: [(before: Int, after: Int)], _ seed: UInt64) -> Cut? {
        func share(_ days: some Sequence<(before: Int, after: Int)>) -> Double? {
            let sum = days.reduce((0, 0)) { ($0.0 + $1.before, $0.1 + $1.after) }
            return sum.0 > 0 ? 1 - Double(sum.1) / Double(sum.0) : nil
        }
        guard let all = share(days) else { return nil }
        var random = SeededGenerator(seed: seed).stream(named: "resampled days")
        let samples = (0..<1_000).compactMap { _ in
            share(days.map { _ in days[Int(random.uniform() * Double(days.count))] })
        }.sorted()
        guard samples.count >= 40 else { return Cut(share: all, low: all, high: all) }
        return Cut(
            share: all, low: samples[samples.count / 40],
            high: samples[samples.count - 1 - samples.count / 40])
    }
}

extension ForecastScore {
    /// Scores of several logs as one; the area under the curve is the mean, weighted by forecasts.
    package init(sumOf scores: [ForecastScore]) {
        self.init([])
        count = scores.reduce(0) { $0 + $1.count }
        late = scores.reduce(0) { $0 + $1.late }
        hits = scores.reduce(0) { $0 + $1.hits }
        flagged = scores.reduce(0) { $0 + $1.flagged }
        func mean(_ figure: (ForecastScore) -> Double?) -> Double? {
            var (sum, weight) = (0.0, 0.0)
            for score in scores {
                guard let value = figure(score) else { continue }
                sum += value * Double(score.count)
                weight += Double(score.count)
            }
            return weight > 0 ? sum / weight : nil
        }
        recall = late > 0 ? Double(hits) / Double(late) : nil
        precision = flagged > 0 ? Double(hits) / Double(flagged) : nil
        meanAbsoluteError = mean(\.meanAbsoluteError)
        brier = mean(\.brier)
        coverage = mean(\.coverage)
        auc = mean(\.auc)
    }
}
