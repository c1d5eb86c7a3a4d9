/// Walks through Swift source and tells code from comments and string literals.
///
/// It knows line and nested block comments, plain, multi-line and raw literals, and code inside
/// interpolations. A bare regular expression with an odd number of quotes confuses it up to the
/// end of its line and no further.
struct SwiftScanner {
    /// What the scanner is inside of.
    private enum Place {
        case code
        case interpolation(depth: Int)
        case literal(
            hashes: Int, isMultiline: Bool, line: Int, text: [UInt8], holes: [Int] = [])
    }

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var places: [Place] = [.code]
    private(set) var code: [UInt8] = []
    private(set) var literals: [SwiftFile.Literal] = []

    init(_ text: String) {
        bytes = Array(text.utf8)
        code.reserveCapacity(bytes.count)
    }

    mutating func run() {
        while position < bytes.count {
            if case .literal = places[places.count - 1] { inLiteral() } else { inCode() }
        }
    }

    private mutating func inCode() {
        if sees("//") {
            while position < bytes.count, bytes[position] != newline { blank() }
        } else if sees("/*") {
            blockComment()
        } else if let hashes = literalBegins() {
            let isMultiline = sees("\"\"\"", after: hashes)
            keep(hashes + (isMultiline ? 3 : 1))
            places.append(
                .literal(hashes: hashes, isMultiline: isMultiline, line: line, text: []))
        } else {
            parenthesis()
        }
    }

    /// Copies one byte of code, and leaves an interpolation at its last parenthesis.
    private mutating func parenthesis() {
        let byte = bytes[position]
        keep(1)
        guard case .interpolation(let depth) = places[places.count - 1] else { return }
        if byte == UInt8(ascii: "(") {
            places[places.count - 1] = .interpolation(depth: depth + 1)
        } else if byte == UInt8(ascii: ")") {
            if depth == 1 {
                places.removeLast()
            } else {
                places[places.count - 1] = .interpolation(depth: depth - 1)
            }
        }
    }

    private mutating func blockComment() {
        var depth = 0
        repeat {
            if sees("/*") {
                depth += 1
                blank(2)
            } else if sees("*/") {
                depth -= 1
                blank(2)
            } else {
                blank()
            }
        } while depth > 0 && position < bytes.count
    }

    private mutating func inLiteral() {
        guard
            case .literal(let hashes, let isMultiline, let start, var text, var holes) =
                places.removeLast()
        else { return }
        let mark = String(repeating: "#", count: hashes)
        let quotes = isMultiline ? "\"\"\"" : "\""
        if sees(quotes + mark) || (!isMultiline && bytes[position] == newline) {
            // A single line's literal ends with the line, whatever it looked like.
            keep(bytes[position] == newline ? 0 : quotes.utf8.count + hashes)
            literals.append(
                .init(
                    line: start, text: String(decoding: text, as: UTF8.self), holes: holes,
                    isMultiline: isMultiline))
            return
        }
        var interpolates = false
        if sees("\\" + mark + "(") {
            interpolates = true
            holes.append(text.count)
            blank(hashes + 1)
            keep(1)
        } else {
            let length = sees("\\" + mark) ? hashes + 2 : 1
            text += bytes[position..<min(position + length, bytes.count)]
            blank(length)
        }
        places.append(
            .literal(
                hashes: hashes, isMultiline: isMultiline, line: start, text: text, holes: holes))
        if interpolates { places.append(.interpolation(depth: 1)) }
    }

    /// The number of `#` before a quote, where a literal begins.
    private func literalBegins() -> Int? {
        var hashes = 0
        while position + hashes < bytes.count, bytes[position + hashes] == UInt8(ascii: "#") {
            hashes += 1
        }
        return sees("\"", after: hashes) ? hashes : nil
    }

    private func sees(_ text: String, after skipped: Int = 0) -> Bool {
        var index = position + skipped
        for byte in text.utf8 {
            guard index < bytes.count, bytes[index] == byte else { return false }
            index += 1
        }
        return true
    }

    private mutating func keep(_ count: Int) {
        for byte in bytes[position..<position + count] {
            if byte == newline { line += 1 }
            code.append(byte)
        }
        position += count
    }

    private mutating func blank(_ count: Int = 1) {
        for byte in bytes[position..<min(position + count, bytes.count)] {
            if byte == newline { line += 1 }
            code.append(byte == newline ? byte : UInt8(ascii: " "))
            position += 1
        }
    }

    private let newline = UInt8(ascii: "\n")
}
