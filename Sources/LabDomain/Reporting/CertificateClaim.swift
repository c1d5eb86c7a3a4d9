/// What a certificate says in its square code, so that anybody can check it without the laboratory.
///
/// Twenty-eight bytes, which the laboratory signs. The holder stands there as a digest of code,
/// name and last digits of the document: it can be compared with the paper, and not read.
package struct CertificateClaim: Hashable, Sendable {
    /// How the specimen was tested.
    package enum Testing: UInt8, CaseIterable, Hashable, Sendable {
        case alone = 0
        case mixedTube = 1
        case laboratoryPool = 2
    }

    /// The certificate's code.
    package let code: CertificateCode
    package let outcome: Outcome
    package let testing: Testing
    /// When the specimen was taken, to the minute.
    package let collectedAt: Timestamp
    /// When the result was released, to the minute.
    package let releasedAt: Timestamp
    /// Eight bytes of a digest of who holds it.
    package let holder: [UInt8]

    /// The bytes of the holder's digest.
    package static let holderSize = 8
    /// The bytes of a claim without its signature.
    package static let size = 28
    private static let version: UInt8 = 1

    /// A claim; times lose their seconds.
    package init(
        code: CertificateCode, outcome: Outcome, testing: Testing, collectedAt: Timestamp,
        releasedAt: Timestamp, holder: [UInt8]
    ) {
        precondition(holder.count == Self.holderSize, "A holder's digest has eight bytes.")
        self.code = code
        self.outcome = outcome
        self.testing = testing
        self.collectedAt = Self.instant(Self.minutes(collectedAt))
        self.releasedAt = Self.instant(Self.minutes(releasedAt))
        self.holder = holder
    }

    /// The claim as bytes: version, outcome and testing, times in minutes, holder, code.
    package var bytes: [UInt8] {
        let kind = testing.rawValue << 1 | (outcome == .detected ? 1 : 0)
        return [Self.version, kind] + Self.packed(collectedAt)
            + Self.packed(releasedAt) + holder + code.bytes
    }

    /// Reads what `bytes` wrote; nil for anything else.
    package init?(_ bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == Self.size, bytes[0] == Self.version,
            let testing = Testing(rawValue: bytes[1] >> 1)
        else { return nil }
        self.init(
            code: CertificateCode(bytes[18..<28]),
            outcome: bytes[1] & 1 == 1 ? .detected : .notDetected, testing: testing,
            collectedAt: Self.instant(Self.unpacked(bytes[2..<6])),
            releasedAt: Self.instant(Self.unpacked(bytes[6..<10])), holder: Array(bytes[10..<18]))
    }

    private static func minutes(_ instant: Timestamp) -> UInt32 {
        UInt32(clamping: instant.milliseconds / 60_000)
    }

    private static func instant(_ minutes: UInt32) -> Timestamp {
        Timestamp(milliseconds: Int64(minutes) * 60_000)
    }

    private static func packed(_ instant: Timestamp) -> [UInt8] {
        let minutes = minutes(instant)
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: minutes >> UInt32($0)) }
    }

    private static func unpacked(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }
}

extension CertificateClaim {
    private static let mark = "SWAB1:"

    /// A claim with its signature, in capital letters and digits alone: a square code is smaller
    /// then.
    package static func text(_ claim: CertificateClaim, signature: [UInt8]) -> String {
        mark + Base32.text(claim.bytes + signature)
    }

    /// Reads a square code's text.
    /// - Returns: The claim, its bytes and what stands behind them, not yet checked; nil where the
    ///   text is none.
    package static func read(
        _ text: String
    ) -> (claim: CertificateClaim, bytes: [UInt8], signature: [UInt8])? {
        let text = asciiCapitals(text)
        guard text.hasPrefix(mark), let bytes = Base32.bytes(text.utf8.dropFirst(mark.utf8.count)),
            bytes.count > size, let claim = CertificateClaim(bytes.prefix(size))
        else { return nil }
        return (claim, Array(bytes.prefix(size)), Array(bytes.dropFirst(size)))
    }
}
