internal import LabDomain
internal import LabXML

/// Reads an instrument's file that is a workbook (ECMA-376, .xlsx).
struct WorkbookReader {
    static let limits = XMLLimits(bytes: ZipArchive.longestEntry, depth: 32, elements: 12_000_000)

    static func read(
        _ archive: borrowing ZipArchive, _ options: InstrumentFile.Options
    ) throws(InstrumentFaults) -> InstrumentFile {
        let grids = try sheets(of: archive)
        if let file = try CommonReader.read(grids, options) { return file }
        if let file = try AppliedBiosystemsReader.read(grids, isWorkbook: true, options) {
            return file
        }
        throw InstrumentFaults(
            "no sheet with results that are known; export the results, or describe them in a map")
    }

    /// The sheets that may matter, in their order.
    static func sheets(of archive: borrowing ZipArchive) throws(InstrumentFaults) -> [Grid] {
        let book = try parse("xl/workbook.xml", of: archive, WorkbookVisitor())
        let parts = try parse("xl/_rels/workbook.xml.rels", of: archive, RelationsVisitor())
        var texts: [String] = []
        if let path = parts.path(ofType: "/sharedStrings"), archive.names.contains(path) {
            texts = try parse(path, of: archive, TextsVisitor()).texts
        }
        var grids: [Grid] = []
        var cells = 0
        for sheet in book.sheets where !isBulk(sheet.name) {
            guard let path = parts.paths[sheet.relation] else {
                throw InstrumentFaults(
                    FilePlace(.sheet(sheet.name)),
                    "the workbook lacks this sheet; save it again from the instrument")
            }
            // Charts and macros have sheets of their own kind.
            guard path.contains("worksheets/") else { continue }
            let visitor = try parse(path, of: archive, SheetVisitor(texts: texts))
            cells += visitor.cells
            guard cells <= 8_000_000 else {
                throw InstrumentFaults(
                    FilePlace(.sheet(sheet.name)), "more cells than one run has; this is no export")
            }
            if let cell = visitor.longCell {
                throw InstrumentFaults(
                    FilePlace(.sheet(sheet.name), line: cell.row, column: cell.column),
                    "a cell longer than any of a spreadsheet; this is no export")
            }
            grids.append(Grid(part: .sheet(sheet.name), rows: visitor.rows))
        }
        return grids
    }

    /// Sheets that are long and not needed.
    private static func isBulk(_ name: String) -> Bool {
        let key = Heading.key(name)
        return KnownNames.bulk.contains(where: key.hasPrefix)
    }

    private static func parse<Visitor: XMLVisitor>(
        _ name: String, of archive: borrowing ZipArchive, _ visitor: Visitor
    ) throws(InstrumentFaults) -> Visitor {
        var visitor = visitor
        guard let entry = try archive.entry(name) else {
            throw InstrumentFaults(
                FilePlace(.entry(name)), "the workbook lacks this part; save it again")
        }
        do throws(XMLFault) {
            try XMLScanner.scan(entry, limits: limits, visitor: &visitor)
        } catch {
            throw InstrumentFaults(
                FilePlace(.entry(name), line: error.line), Wording(plain: error.message))
        }
        return visitor
    }
}

/// The names of the sheets and what they are called inside.
private struct WorkbookVisitor: XMLVisitor {
    let names = ["sheet"]
    private(set) var sheets: [(name: String, relation: String)] = []

    mutating func start(_ name: Int, _ attributes: XMLAttributes, line: Int) {
        if name == 0, sheets.count < 256, let title = attributes["name"],
            let relation = attributes["id"]
        {
            sheets.append((title, relation))
        }
    }

    func end(_ name: Int, _ text: UnsafeBufferPointer<UInt8>, line: Int) {}
}

/// Where the parts of the workbook stand in the archive.
private struct RelationsVisitor: XMLVisitor {
    let names = ["Relationship"]
    private(set) var paths: [String: String] = [:]
    private var types: [(type: String, path: String)] = []

    mutating func start(_ name: Int, _ attributes: XMLAttributes, line: Int) {
        guard name == 0, let id = attributes["Id"], let target = attributes["Target"],
            let type = attributes["Type"]
        else { return }
        let path = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
        paths[id] = path
        types.append((type, path))
    }

    func end(_ name: Int, _ text: UnsafeBufferPointer<UInt8>, line: Int) {}

    func path(ofType ending: String) -> String? {
        types.first { $0.type.hasSuffix(ending) }?.path
    }
}

/// The texts that cells share.
private struct TextsVisitor: XMLVisitor {
    let names = ["si", "t", "rPh"]
    private(set) var texts: [String] = []
    private var text = ""
    private var isPhonetic = false

    mutating func start(_ name: Int, _ attributes: XMLAttributes, line: Int) {
        if name == 0 { text = "" }
        if name == 2 { isPhonetic = true }
    }

    mutating func end(_ name: Int, _ text: UnsafeBufferPointer<UInt8>, line: Int) {
        switch name {
        case 0: texts.append(self.text)
        case 1: if !isPhonetic { self.text += String(decoding: text, as: UTF8.self) }
        case 2: isPhonetic = false
        default: break
        }
    }
}
