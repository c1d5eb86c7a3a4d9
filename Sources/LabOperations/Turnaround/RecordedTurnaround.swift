package import LabDomain

/// What a table of recorded durations says of a laboratory: each segment, and both together.
///
/// Nothing is hidden: the figures stand over all rows first, and then without the rows that cannot
/// be right, which are listed (TAT-1).
package struct RecordedTurnaround: Codable, Sendable {
    /// The figures of a set of rows.
    package struct Figures: Codable, Sendable {
        package let collectedToReceived: SegmentSummary
        package let receivedToVerified: SegmentSummary
        /// Over the rows that have both.
        package let sum: SegmentSummary

        enum CodingKeys: String, CodingKey {
            case collectedToReceived = "collected_to_received"
            case receivedToVerified = "received_to_verified"
            case sum
        }

        init(_ rows: [Row]) {
            collectedToReceived = SegmentSummary(hours: rows.compactMap(\.collected))
            receivedToVerified = SegmentSummary(hours: rows.compactMap(\.verified))
            sum = SegmentSummary(
                hours: rows.compactMap { row in
                    guard let collected = row.collected, let verified = row.verified else {
                        return nil
                    }
                    return collected + verified
                })
        }
    }

    /// A row that is left out of the clean figures.
    package struct Rejected: Codable, Sendable {
        /// Why a duration cannot be right.
        package enum Reason: String, Codable, CaseIterable, Sendable {
            /// The end came before the start.
            case negative
            /// Longer than any sample waits.
            case tooLong = "too-long"
            /// The cell is empty or says that nothing is known.
            case missing
            /// The cell holds something else than a number.
            case notNumber = "not-a-number"
        }

        /// The line of the file, from 1.
        package let line: Int
        /// The column's name in the file.
        package let column: String
        package let reason: Reason
        /// The duration as it stands there; nil where there is no number.
        package let hours: Double?
    }

    /// Rows of the table, whatever they hold.
    package let rows: Int
    package let all: Figures
    package let clean: Figures
    package let rejected: [Rejected]
    /// Durations above this are rejected, in hours.
    package let longest: Double

    struct Row {
        let line: Int
        var collected: Double?
        var verified: Double?
    }

    /// Which columns hold the two durations.
    package struct Columns: Sendable {
        let collectedToReceived: String
        let receivedToVerified: String

        /// Columns by their names in the file, in any case.
        package init(collectedToReceived: String, receivedToVerified: String) {
            self.collectedToReceived = collectedToReceived
            self.receivedToVerified = receivedToVerified
        }
    }

    /// Reads a table and sums it up.
    ///
    /// - Parameters:
    ///   - bytes: A delimited table with a header, in any encoding that tables come in.
    ///   - columns: Which of its columns hold the durations.
    ///   - unit: How many hours the number 1 in a cell is.
    ///   - longest: The longest duration in hours that can be right.
    /// - Throws: `Refusal` when the file is no table, a line of it is faulty or a column is not
    ///   there.
    package init(
        _ bytes: [UInt8], columns: Columns, unit: Double = 1, longest: Double = 168
    ) throws {
        let (header, rows) = try PoolingTable.read(bytes)
        for name in [columns.collectedToReceived, columns.receivedToVerified]
        where !header.contains(name.lowercased()) {
            throw Refusal(
                .badData, "The table has no column of the name \(name).",
                remedy: "Its columns are: \(header.joined(separator: ", ")).")
        }
        var rejected: [Rejected] = []
        var read: [Row] = []
        for row in rows {
            func hours(_ column: String) -> Double? {
                let (hours, fault) = Self.duration(row[column.lowercased()] ?? "", unit, longest)
                if let fault {
                    rejected.append(
                        Rejected(line: row.line, column: column, reason: fault, hours: hours))
                }
                return hours
            }
            let collected = hours(columns.collectedToReceived)
            let verified = hours(columns.receivedToVerified)
            read.append(Row(line: row.line, collected: collected, verified: verified))
        }
        let left = Set(rejected.map(\.line))
        self.rows = rows.count
        self.rejected = rejected
        self.longest = longest
        all = Figures(read)
        clean = Figures(read.filter { !left.contains($0.line) })
    }

    /// A duration in hours, and why it cannot be right.
    private static func duration(
        _ cell: String, _ unit: Double, _ longest: Double
    ) -> (Double?, Rejected.Reason?) {
        let words: Set = ["", "na", "n/a", "nan", "null", "-", "."]
        if words.contains(cell.lowercased()) { return (nil, .missing) }
        guard let number = Double(cell), number.isFinite else { return (nil, .notNumber) }
        let hours = number * unit
        if hours < 0 { return (hours, .negative) }
        return (hours, hours > longest ? .tooLong : nil)
    }
}
