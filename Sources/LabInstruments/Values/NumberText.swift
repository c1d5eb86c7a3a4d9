import Glibc

/// Numbers as programs write them: exact, and without regard to the system's language.
enum NumberText {
    /// The most characters of a number; no program writes as many.
    static let longest = 64

    /// A decimal number, or nil for anything else; `nan` and `inf` are none.
    ///
    /// Up to 2^53 and 22 decimals the quotient of two exact doubles is the nearest one; longer
    /// numbers go to the C library.
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        var at = 0
        var end = bytes.count
        while at < end, isBlank(bytes[at]) { at += 1 }
        while end > at, isBlank(bytes[end - 1]) { end -= 1 }
        guard end - at <= longest else { return nil }
        let start = at
        var isNegative = false
        if at < end, bytes[at] == 0x2D || bytes[at] == 0x2B {
            isNegative = bytes[at] == 0x2D
            at += 1
        }
        var mantissa: UInt64 = 0
        var digits = 0
        var decimals = 0
        var isPast = false
        while at < end {
            let byte = bytes[at]
            if byte >= 0x30, byte <= 0x39 {
                digits += 1
                if digits <= 18 { mantissa = mantissa * 10 + UInt64(byte - 0x30) }
                if isPast { decimals += 1 }
            } else if byte == 0x2E, !isPast {
                isPast = true
            } else {
                break
            }
            at += 1
        }
        guard digits > 0 else { return nil }
        if at == end, digits <= 18, mantissa < 1 << 53, decimals <= 22 {
            let value = Double(mantissa) / tens[decimals]
            return isNegative ? -value : value
        }
        guard at == end || isExponent(bytes, at, end) else { return nil }
        return slow(UnsafeBufferPointer(rebasing: bytes[start..<end]))
    }

    static func parse(_ text: String) -> Double? {
        var text = text
        return text.withUTF8 { parse($0) }
    }

    private static func isExponent(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
    ) -> Bool {
        guard bytes[start] == 0x65 || bytes[start] == 0x45 else { return false }
        var at = start + 1
        if at < end, bytes[at] == 0x2D || bytes[at] == 0x2B { at += 1 }
        guard at < end, end - at <= 4 else { return false }
        return bytes[at..<end].allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }

    private static func slow(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        Double(String(decoding: bytes, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }

    private static let tens: [Double] = (0...22).map { power in
        (0..<power).reduce(1.0) { value, _ in value * 10 }
    }
}
