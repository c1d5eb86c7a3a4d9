/// What a cell of a file that should hold a Cq does hold.
package enum CqCell: Sendable {
    case empty
    case cq(Cq)
    case decimalComma
    case outOfRange
    /// Any other text, in small letters.
    case word(String)

    /// Reads digits with a decimal point; no exponents, no other marks.
    package init(_ cell: String) {
        let text = cell.utf8.first == 45 ? cell.dropFirst() : cell[...]
        let marks = text.utf8.filter { !(48...57).contains($0) }
        let hasDigits = marks.count < text.utf8.count
        if cell.isEmpty {
            self = .empty
        } else if hasDigits, marks == [44] {
            self = .decimalComma
        } else if hasDigits, marks.isEmpty || marks == [46], let number = Double(cell) {
            self = Cq(number).map(CqCell.cq) ?? .outOfRange
        } else {
            self = .word(cell.lowercased())
        }
    }
}
