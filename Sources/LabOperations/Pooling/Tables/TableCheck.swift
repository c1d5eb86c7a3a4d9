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
    /// Columns printed to fewer digits than the tolerance, with the error of their last digit.
    package let printedShort: [String: Double]

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
    case cannot(String)
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
        var undone: [(String, Int, Int)] = []
    }

    private var families: [(String, Rows)] = []

    mutating func add(_ outcome: Recomputed, of family: String, line: Int) {
        let place = families.firstIndex { $0.0 == family } ?? families.endIndex
        if place == families.endIndex { families.append((family, Rows())) }
        var rows = families[place].1
        rows.count += 1
        switch outcome {
        case .cannot(let reason):
            if let known = rows.undone.firstIndex(where: { $0.0 == reason }) {
                rows.undone[known].1 += 1
            } else {
                rows.undone.append((reason, 1, line))
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

    /// The result; `allowed` says how much each column may differ.
    func check(printedShort: [String: Double], allowed: (String) -> Double) -> TableCheck {
        let families = families.map { name, rows in
            TableCheck.Family(
                family: name, rows: rows.count, recomputed: rows.recomputed,
                columns: rows.columns.map { column, worst in
                    TableCheck.Column(
                        column: column, values: worst.values, largestError: worst.error,
                        line: worst.line, allowed: allowed(column))
                },
                cannotDo: rows.undone.map {
                    TableCheck.Undone(reason: $0.0, rows: $0.1, line: $0.2)
                })
        }
        let compared = Set(families.flatMap { $0.columns.map(\.column) })
        return TableCheck(
            families: families, rows: families.reduce(0) { $0 + $1.rows },
            recomputed: families.reduce(0) { $0 + $1.recomputed },
            printedShort: printedShort.filter { compared.contains($0.key) })
    }
}
