/// How a table of pooling figures compares with our own computation of every row.
package struct TableCheck: Codable, Sendable {
    /// One column of a family.
    package struct Column: Codable, Sendable {
        package let column: String
        /// Values compared.
        package let values: Int
        package let largestError: Double
        /// The line on which the largest error stands.
        package let line: Int
        /// The error that is still taken as agreement.
        package let allowed: Double

        package var isWithin: Bool { largestError <= allowed }
    }

    /// Rows that cannot be recomputed, for one reason.
    package struct Undone: Codable, Sendable {
        package let reason: String
        package let rows: Int
        /// Whether the rows hold a wrong value, and are not only outside what can be computed.
        package let isFaulty: Bool
        /// The first line with it.
        package let line: Int
    }

    /// Rows made by one recipe.
    package struct Family: Codable, Sendable {
        package let family: String
        package let rows: Int
        package let recomputed: Int
        package let columns: [Column]
        package let cannotDo: [Undone]
    }

    package let families: [Family]
    package let rows: Int
    package let recomputed: Int
    /// The error that was allowed.
    package let tolerance: Double

    /// Whether a row holds a wrong value.
    package var hasFaults: Bool { families.contains { $0.cannotDo.contains(where: \.isFaulty) } }

    package var isWithin: Bool { families.allSatisfy { $0.columns.allSatisfy(\.isWithin) } }
}

/// A value of a table beside ours.
struct Compared {
    let column: String
    let given: Double
    let ours: Double
}

/// What became of one row.
enum Recomputed {
    case values([Compared])
    case cannot(RowFault)
}

/// Collects rows into families.
struct TableTally {
    private struct Worst {
        var values = 0
        var error = 0.0
        var line = 0
    }

    private struct Rows {
        var count = 0
        var recomputed = 0
        var columns: [(String, Worst)] = []
        var undone: [(reason: String, rows: Int, isFaulty: Bool, line: Int)] = []
    }

    private var families: [(String, Rows)] = []

    mutating func add(_ outcome: Recomputed, of family: String, line: Int) {
        let place = families.firstIndex { $0.0 == family } ?? families.endIndex
        if place == families.endIndex { families.append((family, Rows())) }
        var rows = families[place].1
        rows.count += 1
        switch outcome {
        case .cannot(let fault):
            if let known = rows.undone.firstIndex(where: { $0.reason == fault.reason }) {
                rows.undone[known].rows += 1
            } else {
                rows.undone.append((fault.reason, 1, fault.isFaulty, line))
            }
        case .values(let values):
            rows.recomputed += 1
            for value in values {
                let column = rows.columns.firstIndex { $0.0 == value.column }
                var worst = column.map { rows.columns[$0].1 } ?? Worst(line: line)
                worst.values += 1
                // What is no number on either side never agrees.
                let error = abs(value.given - value.ours)
                if !(error <= worst.error) {
                    (worst.error, worst.line) = (error.isNaN ? .infinity : error, line)
                }
                if let column {
                    rows.columns[column].1 = worst
                } else {
                    rows.columns.append((value.column, worst))
                }
            }
        }
        families[place].1 = rows
    }

    /// The result under a tolerance.
    func check(tolerance: Double) -> TableCheck {
        let families = families.map { name, rows in
            TableCheck.Family(
                family: name, rows: rows.count, recomputed: rows.recomputed,
                columns: rows.columns.map { column, worst in
                    TableCheck.Column(
                        column: column, values: worst.values, largestError: worst.error,
                        line: worst.line, allowed: tolerance)
                },
                cannotDo: rows.undone.map {
                    TableCheck.Undone(
                        reason: $0.reason, rows: $0.rows, isFaulty: $0.isFaulty, line: $0.line)
                })
        }
        return TableCheck(
            families: families, rows: families.reduce(0) { $0 + $1.rows },
            recomputed: families.reduce(0) { $0 + $1.recomputed }, tolerance: tolerance)
    }
}
