/// A small generator that turns any 64-bit seed into well-mixed words.
///
/// It seeds `SeededGenerator`, as the authors of xoshiro advise: a seed such as 0 or 1 must not
/// leave a state of almost nothing but zeros.
///
/// Source: Steele, Lea and Flood 2014; reference code `splitmix64.c` by Vigna,
/// https://prng.di.unimi.it/splitmix64.c (public domain).
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A generator that starts at a seed; every seed is good.
    package init(seed: UInt64) {
        state = seed
    }

    /// The next word, uniform over all 64-bit values; the period is 2⁶⁴.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
