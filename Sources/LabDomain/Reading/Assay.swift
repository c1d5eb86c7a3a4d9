/// A cycle of quantification: the cycle at which a curve crosses its threshold.
package struct Cq: Hashable, Comparable, Sendable, Codable {
    /// Cycles, usually 10 to 45.
    package let cycles: Double

    /// A cycle number; nil when it is not a number between 0 and 100.
    package init?(_ cycles: Double) {
        guard cycles.isFinite, cycles >= 0, cycles <= 100 else { return nil }
        self.cycles = cycles
    }

    /// A cycle that no instrument reaches.
    package static let latest = Cq(unchecked: 100)

    private init(unchecked cycles: Double) {
        self.cycles = cycles
    }

    package static func < (one: Self, other: Self) -> Bool { one.cycles < other.cycles }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let cq = Cq(try container.decode(Double.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a Cq")
        }
        self = cq
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(cycles)
    }
}

/// What one target in one well says.
package enum Call: String, CaseIterable, Hashable, Sendable, Codable {
    case detected
    case grey
    case notDetected = "not-detected"
}

/// One region that an assay looks for, with its limits.
package struct AssayTarget: Hashable, Sendable, Codable {
    package let name: String
    /// A Cq up to this is detected.
    package let positiveAtMost: Cq
    /// A Cq above `positiveAtMost` and up to this is grey; nil where there is no grey zone.
    package let greyAtMost: Cq?

    /// A target with its limits.
    package init(name: String, positiveAtMost: Cq, greyAtMost: Cq?) {
        self.name = name
        self.positiveAtMost = positiveAtMost
        self.greyAtMost = greyAtMost
    }

    /// The call of a Cq, nil meaning that no curve crossed the threshold (READ-1).
    package func call(_ cq: Cq?) -> Call {
        guard let cq else { return .notDetected }
        if cq <= positiveAtMost { return .detected }
        if let greyAtMost, cq <= greyAtMost { return .grey }
        return .notDetected
    }
}

/// A kit with its targets and the rules by which its wells are read.
package struct Assay: Hashable, Sendable, Codable {
    /// What one target alone means when the others stay silent.
    package enum SingleTarget: String, CaseIterable, Hashable, Sendable, Codable {
        case detected
        case grey
    }

    package let name: String
    package let kit: String
    package let targets: [AssayTarget]
    /// The human or added control that proves that the specimen amplified at all.
    package let internalControl: AssayTarget?
    package let singleTarget: SingleTarget
    /// The limit for a pool or mixed tube, where it differs from the targets' own.
    package let pooledAtMost: Cq?

    /// An assay with at least one target.
    package init(
        name: String, kit: String, targets: [AssayTarget], internalControl: AssayTarget?,
        singleTarget: SingleTarget, pooledAtMost: Cq?
    ) {
        precondition(!targets.isEmpty, "An assay looks for something.")
        self.name = name
        self.kit = kit
        self.targets = targets
        self.internalControl = internalControl
        self.singleTarget = singleTarget
        self.pooledAtMost = pooledAtMost
    }

    /// The names of all channels that a run must report for a well.
    package var channels: [String] {
        targets.map(\.name) + (internalControl.map { [$0.name] } ?? [])
    }
}
