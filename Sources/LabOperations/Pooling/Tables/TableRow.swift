internal import LabPooling

/// A row of a table, its cells found by heading.
struct TableRow {
    let line: Int
    let cells: [String]
    let places: [String: Int]

    /// A cell; nil when it is empty or there is no such column.
    subscript(column: String) -> String? {
        guard let place = places[column] else { return nil }
        let cell = cells[place]
        return cell.isEmpty ? nil : cell
    }

    func number(_ column: String) throws(RowFault) -> Double {
        guard let cell = self[column] else { throw RowFault("\(column) is empty") }
        guard let number = Double(cell), number.isFinite else {
            throw RowFault("\(column) is no number")
        }
        return number
    }

    func probability(_ column: String) throws(RowFault) -> Double {
        let number = try number(column)
        guard (0...1).contains(number) else { throw RowFault("\(column) is not in 0 ... 1") }
        return number
    }

    func whole(_ column: String) throws(RowFault) -> Int {
        guard let number = Int(exactly: try number(column)) else {
            throw RowFault("\(column) is no whole number")
        }
        return number
    }

    /// Refuses a row whose own count is another one, where it gives one.
    func agree(_ column: String, _ count: Int) throws(RowFault) {
        guard self[column] != nil else { return }
        let given = try whole(column)
        guard given == count else { throw RowFault("\(column) is \(given), not \(count)") }
    }

    /// Beside ours, where the table has a value.
    func compare(_ column: String, _ ours: Double?) throws(RowFault) -> [Compared] {
        guard self[column] != nil else { return [] }
        let given = try number(column)
        guard let ours else {
            throw RowFault("\(column) has no value in our model", isFaulty: false)
        }
        return [Compared(column: column, given: given, ours: ours)]
    }

    /// The accuracies of as many stages as the row gives, in se1 to se4 and sp1 to sp4.
    func accuracies() throws -> [Accuracy] {
        var accuracies: [Accuracy] = []
        let last = (1...4).last { self["se\($0)"] != nil || self["sp\($0)"] != nil } ?? 1
        for stage in 1...last {
            accuracies.append(
                try Accuracy(
                    sensitivity: probability("se\(stage)"), specificity: probability("sp\(stage)"))
            )
        }
        return accuracies
    }
}

/// Why a row cannot be recomputed.
struct RowFault: Error {
    let reason: String
    /// Whether a value of the row is wrong, and not the question outside what can be computed.
    let isFaulty: Bool

    init(_ reason: String, isFaulty: Bool = true) {
        self.reason = reason
        self.isFaulty = isFaulty
    }
}
