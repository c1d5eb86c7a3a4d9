package import LabDomain
package import LabTables

/// One thing that is wrong with a campaign's file, with its place and never with a cell's content.
package struct CampaignFault: Error, Equatable, Sendable, CustomStringConvertible {
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
        /// A sample has the number of an earlier one.
        case doubledSample(firstLine: Int)
        /// The pool's Ct differs from that on the pool's first line.
        case poolDisagrees(firstLine: Int)
        /// Neither a number nor `Negative`.
        case notNumber
        /// A comma where the decimal point should be.
        case decimalComma
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
        case .table(let fault): return fault.description
        default:
            let place = column.map { ", column \($0)" } ?? ""
            return "line \(line)\(place): \(words)"
        }
    }

    /// What is wrong and what to do, without the place.
    package var words: Wording {
        switch kind {
        case .encoding(let fault): fault.words
        case .table(let fault): fault.words
        case .noRows: "no line follows the heading; write one line for each sample"
        case .empty: "the cell is empty; fill it in"
        case .doubledSample(let first):
            "the sample's number stands on line \(first) already; give each sample its own"
        case .poolDisagrees(let first):
            "the pool's Ct differs from that on line \(first); give a pool one Ct"
        case .notNumber: "not a Ct; write a number such as 31.5, or Negative"
        case .decimalComma: "a decimal comma; write 31.5, not 31,5"
        case .outOfRange: "no cycle number; a Ct lies between 0 and 100"
        }
    }
}

/// Everything that is wrong with a campaign's file.
package struct CampaignFaults: Error, Equatable, Sendable, CustomStringConvertible {
    /// The faults in the order of the file, at least one.
    package let faults: [CampaignFault]

    /// One line for each fault.
    package var description: String { faults.map(\.description).joined(separator: "\n") }
}
