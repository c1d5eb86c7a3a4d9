/// Counting of lines and columns, done only when a complaint needs a place.
enum LineCounter {
    /// The 1-based line and byte column of an offset; CR LF, LF and CR each end a line.
    static func place(of offset: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
        var line = 1
        var lineStart = 0
        var at = 0
        while at < offset {
            let byte = bytes[at]
            at += 1
            guard byte == Byte.lineFeed || byte == Byte.carriageReturn else { continue }
            if byte == Byte.carriageReturn, at < offset, bytes[at] == Byte.lineFeed { at += 1 }
            line += 1
            lineStart = at
        }
        return (line, offset - lineStart + 1)
    }
}

/// The bytes that have a meaning of their own in a table.
enum Byte {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let quote: UInt8 = 0x22
    static let comma: UInt8 = 0x2C
    static let semicolon: UInt8 = 0x3B
}
