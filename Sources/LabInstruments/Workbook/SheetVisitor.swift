internal import LabXML

/// Collects the cells of a sheet as texts.
struct SheetVisitor: XMLVisitor {
    /// The most columns that are kept; exports have some dozens.
    static let mostColumns = 512
    /// The longest cell in bytes: the 32,767 characters of a spreadsheet, of up to four bytes.
    static let longestCell = 128 << 10

    let names = ["row", "c", "v", "t", "is", "rPh", "f"]
    private(set) var rows: [Grid.Row] = []
    private(set) var cells = 0
    /// The first cell that is longer than any that a spreadsheet keeps.
    private(set) var longCell: (row: Int, column: Int)?
    private let texts: [String]
    private var row = Grid.Row(number: 0, cells: [])
    private var column = 0
    private var kind = ""
    private var value = ""
    private var isPhonetic = false
    private var isFormula = false

    init(texts: [String]) {
        self.texts = texts
    }

    mutating func start(_ name: Int, _ attributes: XMLAttributes, line: Int) {
        switch name {
        case 0:
            let number = attributes["r"].flatMap { Int($0) } ?? row.number + 1
            row = Grid.Row(number: number, cells: [])
            column = 0
        case 1:
            column = attributes["r"].flatMap(Self.column) ?? column + 1
            kind = attributes["t"] ?? "n"
            value = ""
            isFormula = false
        case 5: isPhonetic = true
        case 6: isFormula = true
        default: break
        }
    }

    mutating func end(_ name: Int, _ text: UnsafeBufferPointer<UInt8>, line: Int) {
        switch name {
        case 0: if !row.isBlank { rows.append(row) }
        case 1: finish()
        case 2: value = String(decoding: text, as: UTF8.self)
        case 3: if !isPhonetic { value += String(decoding: text, as: UTF8.self) }
        case 5: isPhonetic = false
        default: break
        }
    }

    private mutating func finish() {
        cells += 1
        guard column >= 1, column <= Self.mostColumns else { return }
        // A program that cannot calculate writes formulas without their values, or with an error.
        if isFormula, value.isEmpty || kind == "e" { row.unsaved.append(column - 1) }
        guard !value.isEmpty else { return }
        let said = said
        if said.utf8.count > Self.longestCell { longCell = longCell ?? (row.number, column) }
        while row.cells.count < column { row.cells.append("") }
        row.cells[column - 1] = said.trimmed
    }

    private var said: String {
        switch kind {
        case "s":
            guard let index = Int(value), texts.indices.contains(index) else { return "" }
            return texts[index]
        case "b": return value == "1" ? "TRUE" : "FALSE"
        case "n" where value.hasSuffix(".0"): return String(value.dropLast(2))
        default: return value
        }
    }

    /// The column of `M27`: 13.
    private static func column(of reference: String) -> Int? {
        var column = 0
        for byte in reference.utf8 {
            guard byte >= 65, byte <= 90 else { break }
            column = column * 26 + Int(byte - 64)
            if column > 20_000 { return nil }
        }
        return column > 0 ? column : nil
    }
}
