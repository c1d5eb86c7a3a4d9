/// The 64-bit Fowler-Noll-Vo hash, variant 1a: the same text gives the same word on every machine.
///
/// `Hasher` cannot serve here, because Swift seeds it anew in each process. It is no defence
/// against an adversary: use it to name streams of chance, never to index people.
///
/// Source: Fowler, Noll, Vo and Eastlake, draft-eastlake-fnv.
package enum FNV1a {
    /// The hash of some bytes.
    ///
    /// For each byte: h = (h xor byte) × 0x100000001b3 mod 2⁶⁴, from h = 0xcbf29ce484222325.
    /// - Complexity: O(*n*).
    package static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
