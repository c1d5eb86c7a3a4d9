package import LabDomain
package import LabTables

/// One thing that is wrong with a table of curves, with its place and never with a cell's content.
package struct CurveTableFault: Error, Equatable, Sendable {
    /// What is wrong.
    package enum Kind: Equatable, Sendable {
        /// The bytes are no text.
        case encoding(EncodingFault)
        /// The file is no table, or the heading or a row is wrong.
        case table(TableFault)
        /// The heading names no curve.
        case noCurves
        /// The first line is one of numbers.
        case noHeading
        /// No line follows the heading.
        case noRows
        /// The line has no cycle.
        case noCycle
        /// The cycle is not above that of the line before.
        case notRising
        /// Neither a number nor a gap.
        case notNumber
        /// A decimal comma where commas or tabs separate the cells.
        case decimalComma
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

    /// What is wrong and what to do, without the place; nothing where the file is no table, whose
    /// fault has words of its own.
    package var words: Wording {
        switch kind {
        case .encoding, .table: ""
        case .noCurves: "no curve; the first column is the cycle, each other one a curve"
        case .noHeading: "no heading; the first line names the cycle and each curve"
        case .noRows: "no line follows the heading; write one line for each cycle"
        case .noCycle: "the cycle is missing; number each line's cycle in the first column"
        case .notRising: "the cycle does not rise; give each cycle one line, in their order"
        case .notNumber: "not a number; write the fluorescence, or nothing where it was not read"
        case .decimalComma: "a decimal comma; write points, or separate the cells by semicolons"
        }
    }
}

/// Everything that is wrong with a table of curves.
package struct CurveTableFaults: Error, Equatable, Sendable {
    /// The faults in the order of the file, at least one.
    package let faults: [CurveTableFault]
}
