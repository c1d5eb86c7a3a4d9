internal import GRDB
package import LabDomain

extension StoreView {
    /// What the forecasts of each box have said so far.
    package func forecastWatches() throws -> [BoxID: ForecastWatch] {
        let watches = try rows("SELECT * FROM alertWatch").map { row in
            func instant(_ column: String) -> Timestamp? {
                (row[column] as Int64?).map { Timestamp(milliseconds: $0) }
            }
            return (
                BoxID(row["box"]),
                ForecastWatch(badSince: instant("badSince"), goodSince: instant("goodSince"))
            )
        }
        return Dictionary(watches) { first, _ in first }
    }

    /// The reading of the machine's clocks that was trusted last.
    package func trustedClock() throws -> MachineClock? {
        try row("SELECT * FROM machineClock").map { row in
            MachineClock(
                wall: Timestamp(milliseconds: row["wall"]),
                uptime: Span(milliseconds: row["uptime"]), boot: row["boot"])
        }
    }
}

extension Transaction {
    /// Keeps what the forecasts have said, in place of what was kept.
    package func keep(_ watches: [BoxID: ForecastWatch]) throws {
        try database.run("DELETE FROM alertWatch", [])
        for (box, watch) in watches where watch != ForecastWatch() {
            try database.run(
                "INSERT INTO alertWatch (box, badSince, goodSince) VALUES (?, ?, ?)",
                [
                    .text(box.text), watch.badSince.map { .number($0.milliseconds) } ?? .null,
                    watch.goodSince.map { .number($0.milliseconds) } ?? .null,
                ])
        }
    }

    /// Keeps a reading of the machine's clocks as one to be trusted.
    package func keep(_ clock: MachineClock) throws {
        try database.run(
            """
            INSERT INTO machineClock (id, wall, uptime, boot) VALUES (1, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET wall = excluded.wall, uptime = excluded.uptime,
                boot = excluded.boot
            """,
            [
                .number(clock.wall.milliseconds), .number(clock.uptime.milliseconds),
                .text(clock.boot),
            ])
    }

    /// Forgets the trusted reading: whatever the clocks show next is trusted.
    package func forgetClock() throws { try database.run("DELETE FROM machineClock", []) }
}
