/// The source of chance of every simulation: the same seed gives the same words, everywhere.
///
/// The algorithm is xoshiro256** with a period of 2²⁵⁶ − 1, seeded through `SplitMix64`. It is not
/// for secrets: who sees a few words can compute the rest.
///
/// Source: Blackman and Vigna 2021, ACM Trans. Math. Softw. 47(4); reference code
/// https://prng.di.unimi.it/xoshiro256starstar.c (public domain).
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    /// The seed that this generator was made from; print it first, since a run is its seed.
    package let seed: UInt64

    @usableFromInline var s0: UInt64
    @usableFromInline var s1: UInt64
    @usableFromInline var s2: UInt64
    @usableFromInline var s3: UInt64

    /// A generator for a seed; every seed is good, 0 included.
    package init(seed: UInt64) {
        var mixer = SplitMix64(seed: seed)
        self.init(seed: seed, state: (mixer.next(), mixer.next(), mixer.next(), mixer.next()))
    }

    /// A generator at a given state, so that the published vectors can be checked.
    /// - Parameters:
    ///   - seed: The seed that `stream` derives from.
    ///   - state: Four words, not all of them zero: from there xoshiro never leaves zero.
    init(seed: UInt64, state: (UInt64, UInt64, UInt64, UInt64)) {
        precondition((state.0 | state.1 | state.2 | state.3) != 0, "xoshiro needs a set bit.")
        self.seed = seed
        (s0, s1, s2, s3) = state
    }

    /// The next word, uniform over all 64-bit values.
    @inlinable
    package mutating func next() -> UInt64 {
        let product = s1 &* 5
        let word = ((product << 7) | (product >> 57)) &* 9
        let shifted = s1 << 17
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= shifted
        s3 = (s3 << 45) | (s3 >> 19)
        return word
    }
}
