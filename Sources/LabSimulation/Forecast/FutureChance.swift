/// Chance that belongs to a thing, not to an order of drawing.
///
/// The same plate has the same luck at the same station in every comparison of two ways to work,
/// so that what is compared is the way and not the luck.
struct FutureChance {
    private let root: UInt64

    init(seed: UInt64, future: Int) {
        root = Self.mix(seed ^ Self.mix(UInt64(truncatingIfNeeded: future) &+ 0x9E37_79B9))
    }

    /// A uniform number in [0, 1) for a thing and a purpose.
    @inline(__always)
    func uniform(_ thing: Int, _ purpose: Int) -> Double {
        let name = UInt64(truncatingIfNeeded: thing) << 16 ^ UInt64(truncatingIfNeeded: purpose)
        return Double(Self.mix(root ^ Self.mix(name)) >> 11) * 0x1p-53
    }

    /// The finaliser of SplitMix64.
    @inline(__always)
    private static func mix(_ word: UInt64) -> UInt64 {
        var z = word &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// The purposes, far enough apart that a plate's passes do not meet.
    static let stage = 0
    static let positives = 100
    static let verdict = 200
    static let breakdown = 3_000
    static let callBack = 300
    static let transit = 1_000
    static let repair = 2_000
}
