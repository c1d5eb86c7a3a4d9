/// SplitMix64: the same seed gives the same test cases again.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    /// Prints the seed, so that a failing run can be repeated.
    init(_ seed: UInt64, for rule: String) {
        print("\(rule): seed \(seed)")
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// A text of up to so many of the given characters.
    mutating func text(of alphabet: [Character], upTo longest: Int) -> String {
        let count = Int.random(in: 0...longest, using: &self)
        return String((0..<count).compactMap { _ in alphabet.randomElement(using: &self) })
    }

    /// So many bytes of any value.
    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
    }
}
