package import LabDomain
package import LabTables

/// One thing that is wrong with a run's file, with its place and never with a cell's content.
package struct RunFileFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong.
    package enum Kind: Equatable, Sendable {
        /// The bytes are no text.
        case encoding(EncodingFault)
        /// The file is no table, or the heading or a row is wrong.
        case table(TableFault)
        /// No line follows the heading.
        case noRows
        /// A cell that every line needs is empty.
        case empty
        /// Another plate than on the file's first line.
        case otherPlate
        /// No well of a plate of 96 or 384.
        case well
        /// Neither a number nor a word for "no crossing".
        case notNumber
        /// A comma where the decimal point should be.
        case decimalComma
        /// A Cq of 0, by which some instruments mean none.
        case zero
        /// A Cq at the end of a last line that has no end.
        case unended
        /// A number below 0 or above 100 cycles.
        case outOfRange
    }

    /// The line, from 1.
    package let line: Int
    /// The column, from 1; nil when the whole line or file is meant.
    package let column: Int?
    /// What is wrong.
    package let kind: Kind

    init(line: Int, column: Int? = nil, _ kind: Kind) {
        self.line = line
        self.column = column
        self.kind = kind
    }

    /// What, where and what to do.
    package var description: String {
        switch kind {
        case .encoding(let fault): return fault.description
        case .table(let fault):
            // A decimal comma nobody quoted is the usual fifth cell.
            if case .tooManyFields = fault.kind {
                return "\(fault); write decimals with a point, 24.5"
            }
            return fault.description
        default:
            let place = column.map { ", column \($0)" } ?? ""
            return "line \(line)\(place): \(words)"
        }
    }

    /// What is wrong and what to do, without the place; nothing where the file is no table, whose
    /// fault has words of its own.
    package var words: Wording {
        switch kind {
        case .encoding, .table: ""
        case .noRows: "no line follows the heading; export the run again with its results"
        case .empty:
            "the cell is empty; a lost reading is no negative: write the number, or Undetermined"
        case .zero: "no cycle number; write Undetermined where no curve crossed the threshold"
        case .otherPlate: "another plate than on the first line; give each plate its own file"
        case .well: "no well; write A1 to H12, or A1 to P24 for 384 wells"
        case .notNumber: "not a Cq; write a number such as 24.5, or Undetermined"
        case .decimalComma: "a decimal comma; set the instrument's export to points: 24.5, not 24,5"
        case .unended: "the last line has no end and may be cut off; export it again"
        case .outOfRange: "no cycle number; a Cq lies between 0 and 100"
        }
    }
}

/// Everything that is wrong with a run's file.
package struct RunFileFaults: Error, Equatable, Sendable, CustomStringConvertible {
    /// The faults in the order of the file, at least one.
    package let faults: [RunFileFault]

    /// One line for each fault.
    package var description: String { faults.map(\.description).joined(separator: "\n") }
}
