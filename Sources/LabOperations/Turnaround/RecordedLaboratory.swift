internal import LabDomain
package import LabSimulation
internal import LabTables

/// A laboratory's log as two tables have it: its samples, and its plates.
///
/// The columns are those of the published logs of the peer model; times are minutes from any
/// beginning. What cannot be right is left out and listed, never mended (FORE-3).
package struct RecordedLaboratory: Sendable {
    /// A row that is left out, and why.
    package struct Odd: Codable, Sendable, Equatable {
        /// What cannot be right in a row.
        package enum Reason: String, Codable, CaseIterable, Sendable {
            /// A time lies before the one that it must follow.
            case outOfOrder = "out-of-order"
            /// More than a week lies between two times.
            case tooLong = "too-long"
            /// The sample's plate is left out.
            case plateLeftOut = "plate-left-out"
            /// The single's pool is left out, or is none.
            case poolLeftOut = "pool-left-out"
        }

        package let table: String
        /// The line of the file, from 1.
        package let line: Int
        package let reason: Reason

        /// A row of a table, and why it is left out.
        package init(table: String, line: Int, reason: Reason) {
            (self.table, self.line, self.reason) = (table, line, reason)
        }
    }

    package let log: LaboratoryLog
    package let odd: [Odd]

    /// Reads a log.
    ///
    /// - Parameters:
    ///   - samples: `sample, parent, members, positive, tube_closed, received, reception_start,
    ///     reception_end, plate`, and perhaps `limit`, the minutes from receipt to the deadline.
    ///   - plates: `plate, priority, wells, formed, last_extraction_start, last_pcr_start,
    ///     last_review_start, released, repeats`.
    ///   - limit: Minutes from receipt to the deadline where the table names none.
    /// - Throws: `Refusal` with every line that cannot be read.
    package init(samples: [UInt8], plates: [UInt8], limit: Double = 720) throws {
        var reader = LogReader(limit: limit)
        try reader.readPlates(plates)
        try reader.readSamples(samples)
        (log, odd) = (LaboratoryLog(tubes: reader.tubes, plates: reader.plates), reader.odd)
    }
}
