/// A file that is no text table, told by its first bytes, so that a word can be said about it.
enum ForeignFile: String, CaseIterable, Hashable, Sendable {
    case empty
    /// A workbook of a spreadsheet, new or old.
    case spreadsheet
    case pdf
    case image
    /// Text in two bytes a character, without the mark that would say so.
    case wideText = "wide-text"

    /// What a file is; nil when it may be a text table.
    ///
    /// Signatures: ZIP (.xlsx), Compound File (.xls), PDF, PNG, JPEG, GIF, BMP, TIFF, WebP.
    init?(_ bytes: [UInt8]) {
        let start = bytes.prefix(256)
        func opens(_ signature: [UInt8]) -> Bool { start.starts(with: signature) }
        if bytes.allSatisfy({ $0 == 9 || $0 == 10 || $0 == 13 || $0 == 32 }) {
            self = .empty
        } else if opens([0x50, 0x4B, 3, 4]) || opens([0xD0, 0xCF, 0x11, 0xE0]) {
            self = .spreadsheet
        } else if opens(Array("%PDF".utf8)) {
            self = .pdf
        } else if opens([0x89, 0x50, 0x4E, 0x47]) || opens([0xFF, 0xD8, 0xFF])
            || opens(Array("GIF8".utf8)) || opens(Array("BM".utf8)) && start.contains(0)
            || opens([0x49, 0x49, 0x2A, 0]) || opens([0x4D, 0x4D, 0, 0x2A])
            || opens(Array("RIFF".utf8)) && start.contains(0)
        {
            self = .image
        } else if !opens([0xFF, 0xFE]), !opens([0xFE, 0xFF]), start.count > 1,
            start.count(where: { $0 == 0 }) * 3 >= start.count
        {
            self = .wideText
        } else {
            return nil
        }
    }
}
