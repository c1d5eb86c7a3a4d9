extension SeededGenerator {
    /// An independent generator for one source of chance, such as "arrivals" or "read noise".
    ///
    /// Each source draws from its own stream, so that one more draw in one place changes nothing
    /// in another. The stream depends on the seed, the name and the number alone, never on what
    /// was drawn before. Two streams share words only when their 64-bit seeds collide.
    /// - Parameters:
    ///   - name: The source of chance; its UTF-8 bytes are hashed with FNV-1a.
    ///   - number: Which of many alike: the person, the plate, the repetition.
    /// - Returns: The same generator for the same seed, name and number.
    package func stream(named name: String, number: UInt64 = 0) -> SeededGenerator {
        var byName = SplitMix64(seed: seed ^ FNV1a.hash(name.utf8))
        var byNumber = SplitMix64(seed: byName.next() ^ number)
        return SeededGenerator(seed: byNumber.next())
    }

    /// A new generator seeded by the next word of this one, for chance that has no name.
    package mutating func split() -> SeededGenerator {
        SeededGenerator(seed: next())
    }
}
