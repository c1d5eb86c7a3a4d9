/// A place in an instrument's file: what of it is known.
package struct FilePlace: Sendable, Hashable, CustomStringConvertible {
    /// A part of the file with a name of its own.
    package enum Part: Sendable, Hashable {
        case sheet(String)
        case section(String)
        case entry(String)
    }

    package var part: Part?
    /// The line, or the row of a sheet, from 1.
    package var line: Int?
    /// The column, from 1.
    package var column: Int?
    /// The elements from the root down, such as `/rdml/experiment/run`.
    package var element: String?

    init(_ part: Part? = nil, line: Int? = nil, column: Int? = nil, element: String? = nil) {
        self.part = part
        self.line = line
        self.column = column
        self.element = element
    }

    /// `sheet Results, cell M27`, `line 12, column 3` or `line 11, /rdml/dye`; empty for the file.
    package var description: String {
        var words: [String] = []
        var isSheet = false
        switch part {
        case .sheet(let name):
            words.append("sheet \(name)")
            isSheet = true
        case .section(let name): words.append("section [\(name)]")
        case .entry(let name): words.append("entry \(name)")
        case nil: break
        }
        if isSheet, let line, let column {
            words.append("cell \(Self.letters(column))\(line)")
        } else {
            if let line { words.append(isSheet ? "row \(line)" : "line \(line)") }
            if let column { words.append("column \(column)") }
        }
        if let element { words.append(element) }
        return words.joined(separator: ", ")
    }

    /// A column's letters in a sheet: 1 is A, 27 is AA.
    static func letters(_ column: Int) -> String {
        var letters = ""
        var rest = column
        while rest > 0 {
            letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
            rest = (rest - 1) / 26
        }
        return letters
    }
}
