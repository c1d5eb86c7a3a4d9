/// Walks over a short text of digits and marks: dates, times, well positions.
struct DigitScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { position == bytes.count }

    /// What has not been read yet.
    var rest: String { String(decoding: bytes[position...], as: UTF8.self) }

    /// The next character, when it is one of `allowed`.
    mutating func character(among allowed: String) -> Character? {
        guard position < bytes.count, allowed.utf8.contains(bytes[position]) else { return nil }
        defer { position += 1 }
        return Character(UnicodeScalar(bytes[position]))
    }

    /// A number of exactly so many digits.
    mutating func number(digits: Int) -> Int? {
        let start = position
        guard let number = number(upTo: digits) else { return nil }
        guard position - start == digits else {
            position = start
            return nil
        }
        return number
    }

    /// A number of one to so many digits.
    mutating func number(upTo most: Int) -> Int? {
        var value = 0
        var count = 0
        while count < most, position < bytes.count, (48...57).contains(bytes[position]) {
            value = value * 10 + Int(bytes[position] - 48)
            position += 1
            count += 1
        }
        return count == 0 ? nil : value
    }
}
