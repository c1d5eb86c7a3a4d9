package import LabDomain
package import LabTables

/// One thing that is wrong with a roster, with its place and never with a cell's content.
package struct RosterFault: Error, Equatable, Sendable {
    /// What is wrong.
    package enum Kind: Equatable, Sendable {
        /// The bytes are no text.
        case encoding(EncodingFault)
        /// The file is no table, or the heading or a row is wrong.
        case table(TableFault)
        /// No line follows the heading.
        case noRows
        /// The person has no code.
        case personMissing
        /// The code stands on an earlier line too.
        case personTwice(firstLine: Int)
        /// The unit is empty.
        case unitMissing
        /// The risk class is none.
        case riskUnknown
        /// More than 200 characters, or some that cannot be printed.
        case textUnfit
    }

    /// The line, from 1.
    package let line: Int
    /// The column of the file, from 1; nil when the whole line or file is meant.
    package let column: Int?
    /// The heading of the column where a cell is meant.
    package let heading: RosterColumn?
    /// What is wrong.
    package let kind: Kind

    init(line: Int, column: Int? = nil, heading: RosterColumn? = nil, _ kind: Kind) {
        self.line = line
        self.column = column
        self.heading = heading
        self.kind = kind
    }

    /// The kind of fault as programs read it.
    package var code: String {
        switch kind {
        case .encoding: "encoding"
        case .table(let fault): fault.isOfHeading ? "column" : "row"
        case .noRows: "row"
        case .personMissing: "person-missing"
        case .personTwice: "person-twice"
        case .unitMissing: "unit-missing"
        case .riskUnknown: "risk-unknown"
        case .textUnfit: "text-unfit"
        }
    }

    /// What is wrong and what to do, as two sentences without the place.
    package var words: (what: Wording, remedy: Wording) {
        switch kind {
        case .encoding(let fault): (fault.what, fault.remedy)
        case .table(let fault): (fault.what, fault.remedy)
        case .noRows: ("no line follows the heading", "write one line for each person")
        case .personMissing:
            ("the person has no code", "give everybody a code or a number in the list")
        case .personTwice(let first):
            (
                "the code stands on line \(first) already",
                "remove one of the lines, or give two people two codes"
            )
        case .unitMissing:
            ("the unit is empty", "write the building, village or employer")
        case .riskUnknown:
            (
                "the risk class is not known",
                """
                write one of \(RiskClass.allCases.map(\.rawValue).joined(separator: ", ")); \
                empty is low
                """
            )
        case .textUnfit:
            (
                "the text is too long or holds control characters",
                "shorten it to 200 characters that can be printed"
            )
        }
    }
}

/// Everything that is wrong with a roster.
package struct RosterFaults: Error, Equatable, Sendable {
    /// The faults in the order of the file, at least one.
    package let faults: [RosterFault]
}
