internal import LabDomain
internal import LabTables

extension TableFault {
    /// Whether the heading is wrong, not a row.
    var isOfHeading: Bool {
        switch kind {
        case .empty, .unnamedColumn, .doubledColumn, .unknownColumn, .missingColumn: true
        case .unclosedQuote, .textAfterQuote, .tooLongCell, .tooFewFields, .tooManyFields: false
        }
    }
}

extension ManifestFault {
    /// A fault of the file as a table.
    init(_ fault: TableFault) {
        let words = Self.words(of: fault.kind)
        var number: Int?
        var place: Wording = ""
        switch fault.place {
        case .line: break
        case .character(_, let character): place = " at character \(character)"
        case .column(_, let column): number = column
        }
        var heading: String?
        if case .missingColumn(let name, _) = fault.kind { heading = name }
        self.init(
            line: fault.line, column: number, heading: heading,
            code: fault.isOfHeading ? .column : .row, message: words.what + place,
            remedy: words.remedy)
    }

    /// A byte that is no text; its column counts the commas before it in the line.
    init(_ fault: EncodingFault, in bytes: [UInt8]) {
        // No second byte of GBK, GB 18030 or UTF-8 is a comma.
        let line =
            bytes.split(separator: 10, omittingEmptySubsequences: false)
            .dropFirst(fault.line - 1).first ?? []
        let column = 1 + line.prefix(fault.column - 1).count { $0 == 44 }
        self.init(
            line: fault.line, column: column, heading: nil, code: .textUnfit,
            message: "byte \(fault.column) of the line is no text in any accepted encoding",
            remedy: "export the file again and save it as CSV UTF-8")
    }

    /// A heading without rows.
    static func noRows(headingLine: Int) -> ManifestFault {
        ManifestFault(
            line: headingLine, column: nil, heading: nil, code: .row,
            message: "no line follows the heading",
            remedy: "write one line for each person, or each swab of the environment")
    }

    private static func words(of kind: TableFault.Kind) -> (what: Wording, remedy: Wording) {
        switch kind {
        case .empty:
            ("the file is empty", "begin with the heading of `swabline manifest template`")
        case .unclosedQuote:
            ("a quote is opened and never closed", "close the quote or remove it")
        case .textAfterQuote:
            ("text follows a closing quote", "write a quote inside a quoted cell twice")
        case .tooLongCell:
            ("a cell of more than 32 KiB", "look for a quote or a line end that is missing")
        case .tooFewFields(let found, let expected):
            ("\(found) cells where the heading has \(expected)", "fill in the missing cells")
        case .tooManyFields(let found, let expected):
            ("\(found) cells where the heading has \(expected)", "quote cells that hold a comma")
        case .unnamedColumn: ("the column has no heading", "name it or remove it")
        case .doubledColumn(let first):
            ("the same as column \(first)", "remove one of the two columns")
        case .unknownColumn(let nearest?):
            ("the heading is not known", "if you mean '\(nearest)', write it so; or remove it")
        case .unknownColumn(nil):
            ("the heading is not known", "compare with `swabline manifest template`")
        case .missingColumn(let name, let nearest):
            (
                "the column '\(name)' is missing",
                nearest.map { "name column \($0) so, if it is that; or add it" as Wording }
                    ?? "add it"
            )
        }
    }
}
