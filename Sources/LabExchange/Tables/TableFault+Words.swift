package import LabDomain
package import LabTables

extension TableFault {
    /// What is wrong and what to do, without the place.
    package var words: Wording { "\(what); \(remedy)" }

    /// What, where and what to do: the words of `description`.
    package var wordsWithPlace: Wording {
        switch place {
        case .line(let line): "line \(line): \(words)"
        case .character(let line, let column): "line \(line), character \(column): \(words)"
        case .column(let line, let number): "line \(line), column \(number): \(words)"
        }
    }

    /// What is wrong.
    var what: Wording {
        switch kind {
        case .empty: "the file is empty"
        case .unclosedQuote: "the quote that opens here is never closed"
        case .textAfterQuote: "text follows a closing quote"
        case .tooLongCell: "a cell of more than 32 KiB"
        case .tooFewFields(let found, let expected), .tooManyFields(let found, let expected):
            "\(found) cells where the header has \(expected)"
        case .unnamedColumn: "this column has no name"
        case .doubledColumn(let first): "the same as column \(first)"
        case .unknownColumn: "unknown column"
        case .missingColumn(let name, _): "the column '\(name)' is missing"
        }
    }

    /// What to do.
    var remedy: Wording {
        switch kind {
        case .empty: "it needs a header line with the names of the columns"
        case .unclosedQuote: "close or remove it"
        case .textAfterQuote: "write a quote inside a quoted cell twice"
        case .tooLongCell: "look for a quote or a line end that is missing"
        case .tooFewFields: "fill in the missing ones"
        case .tooManyFields: "quote cells that hold a delimiter"
        case .unnamedColumn: "name it or remove it"
        case .doubledColumn: "remove one of them"
        case .unknownColumn(let nearest?): "did you mean '\(nearest)'?"
        case .unknownColumn(nil): "remove it or correct its name"
        case .missingColumn(_, let nearest?): "is it column \(nearest)?"
        case .missingColumn(_, nil): "add it"
        }
    }
}

extension EncodingFault {
    /// What is wrong and what to do, without the place.
    package var words: Wording { "\(what); \(remedy)" }

    /// What, where and what to do: the words of `description`.
    package var wordsWithPlace: Wording { "line \(line), byte \(column): \(words)" }

    /// What is wrong.
    var what: Wording {
        switch kind {
        case .unknownEncoding: "not a character in UTF-8, GB18030 or UTF-16"
        case .damagedUTF8: "a damaged UTF-8 character"
        case .damagedUTF16: "half a UTF-16 character"
        case .nul: "a NUL byte"
        case .converterMissing: "this looks like GB18030, which this system cannot convert"
        }
    }

    /// What to do.
    var remedy: Wording {
        switch kind {
        case .unknownEncoding: "save the file as CSV UTF-8"
        case .damagedUTF8, .damagedUTF16: "export the file again, a copy may have been cut"
        case .nul: "this is no text file, save it as CSV UTF-8"
        case .converterMissing: "save it as CSV UTF-8"
        }
    }
}
