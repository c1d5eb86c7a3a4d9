package import LabDomain
internal import LabSimulation
internal import LabStore

/// How the forecasts that a laboratory stored of itself came true.
package struct StoredForecastScore: Codable, Sendable {
    /// Times at which forecasts were stored.
    package let times: Int
    /// Forecasts of tubes that are released now.
    package let forecasts: Int
    /// Forecasts of tubes whose end is not known yet.
    package let open: Int
    package let auc: Double?
    package let recall: Double?
    package let precision: Double?
    package let maeMinutes: Double?
    package let brier: Double?
    package let coverage80: Double?
}

extension Laboratory {
    /// Stored forecasts are forgotten when they are older.
    private static let forecastsKept = Span.hours(-60 * 24)

    /// Stores a forecast, a row for each open tube, unless the last one is younger (SERVE-3).
    /// - Returns: How many tubes it says something of; 0 when none was stored.
    @discardableResult
    package func keepForecast(
        _ board: TurnaroundBoard, atMostEvery every: Span, as handle: String
    ) throws -> Int {
        let (actor, last) = try look(.checkAlerts, as: handle) { view, member in
            (member.actor, try view.lastForecast())
        }
        // A time to come is of a clock that has been set back since.
        if let last, last <= board.at, last.span(to: board.at) < every { return 0 }
        let stamp = Stamp(at: board.at, actor: actor, verb: .checkAlerts, command: "forecast")
        return try store.write(stamp: stamp) { transaction in
            let lines = board.byPlace()
            let rows = try transaction.openTubeNames().compactMap { tube, place in
                lines[place].map { line in
                    MadeForecast(
                        tube: tube, due: line.deadline, predicted: line.predicted, low: line.low,
                        high: line.high, chance: line.probability)
                }
            }
            try transaction.keep(rows, madeAt: board.at)
            try transaction.forgetForecasts(before: board.at.advanced(by: Self.forecastsKept))
            return rows.count
        }
    }

    /// How the stored forecasts of a period came true, of those whose deadline was so far away.
    package func storedForecastScore(
        from first: Timestamp, to last: Timestamp, ahead: Span, as handle: String
    ) throws -> StoredForecastScore {
        let (rows, times) = try look(.seeWork, as: handle) { view in
            (
                try view.madeForecasts(from: first, to: last),
                try view.forecastTimes(from: first, to: last)
            )
        }
        let usable = rows.filter { $0.madeAt.advanced(by: ahead) <= $0.forecast.due }
        let known = usable.filter { $0.released != nil }
        let score = ForecastScore(
            known.compactMap { row in
                row.released.map { released in
                    ScoredForecast(row.forecast, madeAt: row.madeAt, released: released)
                }
            })
        return StoredForecastScore(
            times: times, forecasts: known.count, open: usable.count - known.count,
            auc: score.auc, recall: score.recall, precision: score.precision,
            maeMinutes: score.meanAbsoluteError, brier: score.brier, coverage80: score.coverage)
    }
}

extension ScoredForecast {
    /// A stored forecast and its end, in minutes since it was made.
    init(_ forecast: MadeForecast, madeAt: Timestamp, released: Timestamp) {
        func minutes(_ instant: Timestamp) -> Double {
            Double(madeAt.span(to: instant).milliseconds) / 60_000
        }
        self.init(
            probability: forecast.chance, rank: forecast.chance,
            isFlagged: forecast.chance >= ForecastReplay.usualFlag,
            finish: minutes(forecast.predicted), low: minutes(forecast.low),
            high: minutes(forecast.high), isLate: released > forecast.due,
            released: minutes(released))
    }
}
