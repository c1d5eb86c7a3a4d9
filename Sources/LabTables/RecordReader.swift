/// Reads one record after another from UTF-8 bytes and knows on which line it is.
struct RecordReader {
    struct Record {
        let line: Int
        var fields: [String] = []
        var fault: TableFault?
    }

    /// The longest cell in bytes, as many as a spreadsheet's cell has characters; longer ones
    /// come of a quote or a line end that is missing.
    static let longestCell = 32 << 10

    private enum End {
        case delimiter
        case record
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let delimiter: UInt8
    private var at = 0
    private var line = 1
    private var lineStart = 0

    init(bytes: UnsafeBufferPointer<UInt8>, delimiter: UInt8) {
        self.bytes = bytes
        self.delimiter = delimiter
    }

    /// The next record that has any content, or nil at the end of the text.
    mutating func next(expecting width: Int = 0) throws(TableFault) -> Record? {
        while at < bytes.count {
            var record = Record(line: line)
            record.fields.reserveCapacity(width)
            var hasContent = false
            var end = End.delimiter
            while end == .delimiter {
                let field = try nextField(into: &record)
                if !field.isEmpty { hasContent = true }
                record.fields.append(field)
                end = endOfField()
            }
            if hasContent || record.fault != nil { return record }
        }
        return nil
    }

    private mutating func nextField(into record: inout Record) throws(TableFault) -> String {
        let start = (at: at, line: line, lineStart: lineStart)
        let field = try anyField(into: &record)
        if at - start.at > Self.longestCell, record.fault == nil,
            field.utf8.count > Self.longestCell
        {
            let place = place(start.at, line: start.line, lineStart: start.lineStart)
            record.fault = TableFault(.tooLongCell, at: place)
            return ""
        }
        return field
    }

    private mutating func anyField(into record: inout Record) throws(TableFault) -> String {
        skipBlanks()
        guard at < bytes.count, bytes[at] == Byte.quote else { return plainField() }
        let field = try quotedField()
        skipBlanks()
        if at < bytes.count, !isEnd(bytes[at]) {
            if record.fault == nil { record.fault = TableFault(.textAfterQuote, at: here(at)) }
            while at < bytes.count, !isEnd(bytes[at]) { at += 1 }
        }
        return field
    }

    private mutating func plainField() -> String {
        let start = at
        while at < bytes.count, !isEnd(bytes[at]) { at += 1 }
        var end = at
        while end > start {
            let width = blankWidth(before: end, from: start)
            if width == 0 { break }
            end -= width
        }
        return text(start..<end)
    }

    private mutating func quotedField() throws(TableFault) -> String {
        let opening = (at: at, line: line, lineStart: lineStart)
        at += 1
        var start = at
        var field = ""
        while at < bytes.count {
            let byte = bytes[at]
            if byte == Byte.quote {
                // A doubled quote stands for one: keep the first and go on behind the second.
                guard at + 1 < bytes.count, bytes[at + 1] == Byte.quote else {
                    let rest = text(start..<at)
                    at += 1
                    return field.isEmpty ? rest : field + rest
                }
                field += text(start..<at + 1)
                at += 2
                start = at
            } else if byte == Byte.lineFeed || byte == Byte.carriageReturn {
                breakLine()
            } else {
                at += 1
            }
        }
        let place = place(opening.at, line: opening.line, lineStart: opening.lineStart)
        throw TableFault(.unclosedQuote, at: place)
    }

    /// Steps over what ended a field and says whether the record ended with it.
    private mutating func endOfField() -> End {
        guard at < bytes.count else { return .record }
        if bytes[at] == delimiter {
            at += 1
            return .delimiter
        }
        breakLine()
        return .record
    }

    private mutating func breakLine() {
        let isPair =
            bytes[at] == Byte.carriageReturn && at + 1 < bytes.count
            && bytes[at + 1] == Byte.lineFeed
        at += isPair ? 2 : 1
        line += 1
        lineStart = at
    }

    private func isEnd(_ byte: UInt8) -> Bool {
        byte == delimiter || byte == Byte.lineFeed || byte == Byte.carriageReturn
    }

    private mutating func skipBlanks() {
        while at < bytes.count {
            let width = Blank.width(at: at, in: bytes)
            if width == 0 || bytes[at] == delimiter { return }
            at += width
        }
    }

    private func blankWidth(before end: Int, from start: Int) -> Int {
        if Blank.isSingle(bytes[end - 1]) { return 1 }
        for width in 2...3 where end - width >= start {
            if Blank.width(at: end - width, in: bytes) == width { return width }
        }
        return 0
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    /// The place of an offset in the current line, its column counted in characters.
    private func here(_ offset: Int) -> TableFault.Place {
        place(offset, line: line, lineStart: lineStart)
    }

    /// Counted only for a fault: a line of many cells would be walked for each of them.
    private func place(_ offset: Int, line: Int, lineStart: Int) -> TableFault.Place {
        let before = bytes[lineStart..<offset]
        let column = before.count { $0 & 0xC0 != 0x80 } + 1
        return .character(line: line, column: column)
    }
}

/// The spaces that people type around a cell: ASCII, no-break (U+00A0) and ideographic (U+3000).
enum Blank {
    static func isSingle(_ byte: UInt8) -> Bool { byte == Byte.space || byte == Byte.tab }

    /// The bytes that the space at this offset takes, or 0 when there is none.
    static func width(at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let byte = bytes[offset]
        if isSingle(byte) { return 1 }
        if byte == 0xC2, offset + 1 < bytes.count, bytes[offset + 1] == 0xA0 { return 2 }
        if byte == 0xE3, offset + 2 < bytes.count, bytes[offset + 1] == 0x80,
            bytes[offset + 2] == 0x80
        {
            return 3
        }
        return 0
    }

    /// Whether a character is one of these spaces.
    static func isBlank(_ character: Character) -> Bool {
        character == " " || character == "\t" || character == "\u{A0}" || character == "\u{3000}"
    }
}
