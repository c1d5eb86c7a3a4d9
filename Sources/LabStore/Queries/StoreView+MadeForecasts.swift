internal import GRDB
package import LabDomain

/// What a forecast said of one tube.
package struct MadeForecast: Hashable, Sendable {
    package let tube: TubeID
    package let due: Timestamp
    package let predicted: Timestamp
    package let low: Timestamp
    package let high: Timestamp
    /// Of a breach.
    package let chance: Double

    /// A forecast of a tube.
    package init(
        tube: TubeID, due: Timestamp, predicted: Timestamp, low: Timestamp, high: Timestamp,
        chance: Double
    ) {
        self.tube = tube
        self.due = due
        self.predicted = predicted
        self.low = low
        self.high = high
        self.chance = chance
    }
}

/// A stored forecast with what came.
package struct PastForecast: Hashable, Sendable {
    package let forecast: MadeForecast
    package let madeAt: Timestamp
    /// Nil while nobody knows.
    package let released: Timestamp?
}

extension StoreView {
    /// When a forecast was stored last.
    package func lastForecast() throws -> Timestamp? {
        try row("SELECT max(madeAt) AS at FROM forecastMade").flatMap {
            ($0["at"] as Int64?).map { Timestamp(milliseconds: $0) }
        }
    }

    /// How many forecasts were stored in a period.
    package func forecastTimes(from first: Timestamp, to last: Timestamp) throws -> Int {
        try count(
            "SELECT count(DISTINCT madeAt) FROM forecastMade WHERE madeAt >= ? AND madeAt < ?",
            [first.milliseconds, last.milliseconds])
    }

    /// The forecasts of a period with what came, in the order of making.
    package func madeForecasts(
        from first: Timestamp, to last: Timestamp
    ) throws -> [PastForecast] {
        try values(
            """
            SELECT f.*, a.releasedAt FROM forecastMade f LEFT JOIN answer a ON a.tube = f.tube
            WHERE f.madeAt >= ? AND f.madeAt < ? ORDER BY f.madeAt, f.tube
            """, [first.milliseconds, last.milliseconds]
        ) { row in
            let madeAt = Timestamp(milliseconds: row["madeAt"])
            func instant(_ column: String) -> Timestamp {
                madeAt.advanced(by: .minutes(row[column] as Int))
            }
            return PastForecast(
                forecast: MadeForecast(
                    tube: TubeID(row["tube"]), due: instant("due"),
                    predicted: instant("predicted"), low: instant("low"), high: instant("high"),
                    chance: Double(row["chance"] as Int) / 1_000),
                madeAt: madeAt,
                released: (row["releasedAt"] as Int64?).map { Timestamp(milliseconds: $0) })
        }
    }
}

extension Transaction {
    /// Keeps what a forecast said of each tube, in whole minutes.
    package func keep(_ forecasts: [MadeForecast], madeAt: Timestamp) throws {
        func minutes(_ instant: Timestamp) -> Value {
            let exact = Double(madeAt.span(to: instant).milliseconds) / 60_000
            return .number(Int64(exact.rounded()))
        }
        for one in forecasts {
            let chance = Int64((min(max(one.chance, 0), 1) * 1_000).rounded())
            try database.run(
                """
                INSERT OR REPLACE INTO forecastMade
                    (madeAt, tube, due, predicted, low, high, chance) VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .number(madeAt.milliseconds), .text(one.tube.text), minutes(one.due),
                    minutes(one.predicted), minutes(one.low), minutes(one.high), .number(chance),
                ])
        }
    }

    /// Forgets forecasts that were made before a moment.
    package func forgetForecasts(before moment: Timestamp) throws {
        try database.run(
            "DELETE FROM forecastMade WHERE madeAt < ?", [.number(moment.milliseconds)])
    }
}
