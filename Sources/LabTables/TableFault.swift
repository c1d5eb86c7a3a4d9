/// One thing that is wrong with a table, with its place and never with a cell's content.
package struct TableFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// Where the fault is; lines and columns count from 1.
    package enum Place: Hashable, Sendable {
        /// A record, by the line on which it starts.
        case line(Int)
        /// A character of a line.
        case character(line: Int, column: Int)
        /// A column of the table, by its number in the header line.
        case column(line: Int, number: Int)
    }

    /// What is wrong.
    package enum Kind: Hashable, Sendable {
        /// The file holds no header line.
        case empty
        /// A quote is opened and never closed.
        case unclosedQuote
        /// Something other than a delimiter follows a closing quote.
        case textAfterQuote
        /// A cell is longer than any cell of a table.
        case tooLongCell
        /// The record has fewer fields than the header.
        case tooFewFields(found: Int, expected: Int)
        /// The record has more fields than the header.
        case tooManyFields(found: Int, expected: Int)
        /// A column has no name.
        case unnamedColumn
        /// A column has the name, or stands for the same thing, as an earlier one.
        case doubledColumn(first: Int)
        /// A column that nobody asked for; `nearest` is the known name that looks most like it.
        case unknownColumn(nearest: String?)
        /// A required column is not there; `nearest` is the number of an unknown one like it.
        case missingColumn(name: String, nearest: Int?)
    }

    /// Where.
    package let place: Place
    /// What.
    package let kind: Kind

    /// A fault, made by readers of tables and by those who check the cells.
    package init(_ kind: Kind, at place: Place) {
        self.kind = kind
        self.place = place
    }

    /// The line of the fault, from 1.
    package var line: Int {
        switch place {
        case .line(let line), .character(let line, _), .column(let line, _): line
        }
    }

    /// What, where and what to do.
    package var description: String {
        switch place {
        case .line(let line): "line \(line): \(words)"
        case .character(let line, let column): "line \(line), character \(column): \(words)"
        case .column(let line, let number): "line \(line), column \(number): \(words)"
        }
    }

    private var words: String {
        switch kind {
        case .empty: "the file is empty; it needs a header line with the names of the columns"
        case .unclosedQuote: "the quote that opens here is never closed; close or remove it"
        case .textAfterQuote:
            "text follows a closing quote; write a quote inside a quoted cell twice"
        case .tooLongCell:
            "a cell of more than 32 KiB; look for a quote or a line end that is missing"
        case .tooFewFields(let found, let expected):
            "\(found) cells where the header has \(expected); fill in the missing ones"
        case .tooManyFields(let found, let expected):
            "\(found) cells where the header has \(expected); quote cells that hold a delimiter"
        case .unnamedColumn: "this column has no name; name it or remove it"
        case .doubledColumn(let first): "the same as column \(first); remove one of them"
        case .unknownColumn(let nearest?): "unknown column; did you mean '\(nearest)'?"
        case .unknownColumn(nil): "unknown column; remove it or correct its name"
        case .missingColumn(let name, let nearest?):
            "the column '\(name)' is missing; is it column \(nearest)?"
        case .missingColumn(let name, nil): "the column '\(name)' is missing; add it"
        }
    }
}
