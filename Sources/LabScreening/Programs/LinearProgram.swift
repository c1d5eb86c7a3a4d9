/// A linear or mixed program: least cost within bounds.
///
///     minimise  Σ cost·x   where  lower ≤ x ≤ upper  and  lower ≤ Σ coefficient·x ≤ upper
///
/// Columns are the unknowns, rows the conditions; both are numbered from 0 as they are added.
package struct LinearProgram: Sendable {
    /// One coefficient of a row.
    package struct Term: Sendable {
        let column: Int
        let coefficient: Double

        /// So many times an unknown.
        package init(_ column: Int, _ coefficient: Double = 1) {
            (self.column, self.coefficient) = (column, coefficient)
        }
    }

    package private(set) var costs: [Double] = []
    package private(set) var columnLower: [Double] = []
    package private(set) var columnUpper: [Double] = []
    /// The unknowns that are whole numbers.
    package private(set) var wholeColumns: [Int] = []
    package private(set) var rowLower: [Double] = []
    package private(set) var rowUpper: [Double] = []
    private var rowOfEntry: [Int32] = []
    private var columnOfEntry: [Int32] = []
    private var entries: [Double] = []

    /// Nothing to decide yet.
    package init() {}

    package var columnCount: Int { costs.count }
    package var rowCount: Int { rowLower.count }
    package var entryCount: Int { entries.count }

    /// Adds an unknown; the answer is its number.
    package mutating func column(
        cost: Double = 0, from lower: Double = 0, to upper: Double = .infinity, whole: Bool = false
    ) -> Int {
        assert(cost.isFinite && lower <= upper, "An unknown has a cost and room.")
        if whole { wholeColumns.append(costs.count) }
        costs.append(cost)
        columnLower.append(lower)
        columnUpper.append(upper)
        return costs.count - 1
    }

    /// Adds a condition on a sum; the answer is its number.
    ///
    /// Terms of the same unknown are added up; those that come to nothing are left out.
    @discardableResult
    package mutating func row(
        from lower: Double = -.infinity, to upper: Double = .infinity, _ terms: [Term]
    ) -> Int {
        let row = Int32(rowCount)
        rowLower.append(lower)
        rowUpper.append(upper)
        for (column, coefficient) in Self.joined(terms) where coefficient != 0 {
            rowOfEntry.append(row)
            columnOfEntry.append(Int32(column))
            entries.append(coefficient)
        }
        return Int(row)
    }

    /// Makes an unknown narrower or wider.
    package mutating func bound(_ column: Int, from lower: Double, to upper: Double) {
        columnLower[column] = lower
        columnUpper[column] = upper
    }

    /// What a choice of all unknowns costs.
    package func cost(of values: [Double]) -> Double {
        zip(costs, values).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// By how much a choice breaks its worst condition or bound; 0 when it keeps all.
    package func worstFault(of values: [Double]) -> Double {
        var sums = [Double](repeating: 0, count: rowCount)
        for entry in entries.indices {
            sums[Int(rowOfEntry[entry])] += entries[entry] * values[Int(columnOfEntry[entry])]
        }
        var worst = 0.0
        for row in sums.indices {
            worst = max(worst, rowLower[row] - sums[row], sums[row] - rowUpper[row])
        }
        for column in values.indices {
            worst = max(
                worst, columnLower[column] - values[column], values[column] - columnUpper[column])
        }
        return worst
    }

    private static func joined(_ terms: [Term]) -> [(Int, Double)] {
        var sums: [(Int, Double)] = []
        sums.reserveCapacity(terms.count)
        for term in terms.sorted(by: { $0.column < $1.column }) {
            if let last = sums.indices.last, sums[last].0 == term.column {
                sums[last].1 += term.coefficient
            } else {
                sums.append((term.column, term.coefficient))
            }
        }
        return sums
    }

    /// The coefficients column by column, as the solver wants them.
    struct Matrix {
        var starts: [Int32]
        var rows: [Int32]
        var values: [Double]
    }

    var matrix: Matrix {
        var starts = [Int32](repeating: 0, count: columnCount + 1)
        for column in columnOfEntry { starts[Int(column) + 1] += 1 }
        for column in 0..<columnCount { starts[column + 1] += starts[column] }
        var next = starts
        var rows = [Int32](repeating: 0, count: entries.count)
        var values = [Double](repeating: 0, count: entries.count)
        for entry in entries.indices {
            let place = Int(next[Int(columnOfEntry[entry])])
            next[Int(columnOfEntry[entry])] += 1
            rows[place] = rowOfEntry[entry]
            values[place] = entries[entry]
        }
        return Matrix(starts: starts, rows: rows, values: values)
    }
}
