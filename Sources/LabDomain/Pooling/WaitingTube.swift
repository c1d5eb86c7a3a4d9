/// A received single tube that waits to be pooled or plated.
package struct WaitingTube: Hashable, Sendable {
    package let tube: SingleTube
    package let risk: RiskClass
    package let receivedAt: Timestamp
    package let collectedAt: Timestamp
    /// The sending unit.
    package let unit: String
    /// Equal for people of one address; nil where the address is not known.
    package let household: AddressToken?
    /// What is left in the tube, in microlitres, where somebody measured it.
    package let measuredMicrolitres: Int?
    /// Whether its person was called back: somebody in their mixed tube was positive, or nobody
    /// knows.
    package let isRecollection: Bool
    /// When its first clock runs out; nil when none runs.
    package let dueAt: Timestamp?

    /// A waiting tube; what is not known of it is left out.
    package init(
        tube: SingleTube, risk: RiskClass, receivedAt: Timestamp, collectedAt: Timestamp,
        unit: String = "", household: AddressToken? = nil, measuredMicrolitres: Int? = nil,
        isRecollection: Bool = false, dueAt: Timestamp? = nil
    ) {
        self.tube = tube
        self.risk = risk
        self.receivedAt = receivedAt
        self.collectedAt = collectedAt
        self.unit = unit
        self.household = household
        self.measuredMicrolitres = measuredMicrolitres
        self.isRecollection = isRecollection
        self.dueAt = dueAt
    }
}

/// A keyed token of an address: equal for people of one household, and nothing else can be read
/// from it.
package struct AddressToken: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    /// The first sixteen bytes of a token.
    package init(_ bytes: UnsafeRawBufferPointer) {
        var words: (UInt64, UInt64) = (0, 0)
        for (index, byte) in bytes.prefix(16).enumerated() {
            if index < 8 {
                words.0 = words.0 << 8 | UInt64(byte)
            } else {
                words.1 = words.1 << 8 | UInt64(byte)
            }
        }
        (high, low) = words
    }

    /// The first sixteen bytes of a token.
    package init(_ bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { AddressToken($0) }
    }
}

/// What a test and a pool take out of a tube, in microlitres.
package struct PipettingVolumes: Hashable, Sendable {
    /// In a tube that nobody measured.
    package let nominal: Int
    /// For one test of the tube by itself.
    package let test: Int
    /// Into one pool.
    package let aliquot: Int
    /// That no pipette reaches.
    package let dead: Int

    /// Volumes in microlitres.
    package init(nominal: Int, test: Int, aliquot: Int, dead: Int) {
        self.nominal = nominal
        self.test = test
        self.aliquot = aliquot
        self.dead = dead
    }

    /// What a tube must hold to be pooled in so many stages: an aliquot for each pool, and then
    /// every test of its own that the rules may ask for (POOL-12).
    package func needed(stages: Int, testsAfter: Int) -> Int {
        dead + aliquot * (stages - 1) + test * testsAfter
    }
}
