/// A check character system of ISO/IEC 7064: one more character that gives slips away.
package enum CheckCharacter: CaseIterable, Sendable {
    /// MOD 11-2, a pure system: digits, the check character a digit or X for ten.
    ///
    /// The sum of aᵢ · 2ⁱ, counted from the right with the check character at i = 0, is 1 mod 11.
    /// It gives away every wrong character and every swap of neighbours.
    case mod11Two

    /// MOD 37,36, a hybrid system: digits and capital letters, the check character too.
    ///
    /// P ← 2 · ((P + a) mod 36, taken in 1 ... 36) mod 37 from P = 36; the check character makes
    /// the last sum 1. It gives away every wrong character, and every swap of neighbours but one
    /// in 630: only characters next to each other in the alphabet (0 and Z included) can be
    /// swapped unseen, each pair at one of the 36 values of P.
    case mod37Thirtysix

    /// The check character for a body, as an ASCII byte.
    /// - Parameter body: ASCII bytes without the check character.
    /// - Returns: Nil when the body is empty or holds a byte outside the system's alphabet.
    /// - Complexity: O(*n*).
    package func compute(over body: some Sequence<UInt8>) -> UInt8? {
        var state: Int?
        for byte in body {
            guard let value = value(of: byte) else { return nil }
            state = next(after: state ?? start, value)
        }
        guard let state else { return nil }
        return switch self {
        case .mod11Two: Self.character((12 - state) % 11, ten: true)
        case .mod37Thirtysix: Self.character((37 - state) % 36, ten: false)
        }
    }

    /// Whether the last byte is the check character of those before it.
    /// - Parameter whole: ASCII bytes, the check character last; letters are capitals.
    /// - Returns: False also for bytes outside the alphabet and for fewer than two bytes.
    /// - Complexity: O(*n*).
    package func verifies(_ whole: some BidirectionalCollection<UInt8>) -> Bool {
        guard let last = whole.last else { return false }
        return compute(over: whole.dropLast()) == last
    }

    private var start: Int {
        switch self {
        case .mod11Two: 0
        case .mod37Thirtysix: 36
        }
    }

    private func next(after state: Int, _ value: Int) -> Int {
        switch self {
        case .mod11Two: return (state + value) * 2 % 11
        case .mod37Thirtysix:
            let sum = (state + value) % 36
            return (sum == 0 ? 36 : sum) * 2 % 37
        }
    }

    private func value(of byte: UInt8) -> Int? {
        switch byte {
        case 48...57: Int(byte) - 48
        case 65...90 where self == .mod37Thirtysix: Int(byte) - 55
        default: nil
        }
    }

    private static func character(_ value: Int, ten isX: Bool) -> UInt8 {
        if value < 10 { return UInt8(48 + value) }
        return isX ? 88 : UInt8(55 + value)
    }
}
