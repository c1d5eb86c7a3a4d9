/// One channel of a well: what the instrument reported, and what its curve says.
package struct Reading: Hashable, Sendable {
    package let well: WellPosition
    package let target: String
    /// Nil when no curve crossed the threshold.
    package let cq: Cq?
    /// The instrument's own call, where its file gives one.
    package let called: Call?
    /// Whether the instrument's user took the well out of the analysis.
    package let isExcluded: Bool
    /// The cycle that we find in the curve, where the file gives one.
    package let ownCq: Cq?
    /// What the curve says, where the file gives one.
    package let curve: CurveOpinion?
    /// How sure that is, from 0 to 1.
    package let curveQuality: Double?

    /// One reading; what a file does not give is nil.
    package init(
        well: WellPosition, target: String, cq: Cq?, called: Call? = nil,
        isExcluded: Bool = false, ownCq: Cq? = nil, curve: CurveOpinion? = nil,
        curveQuality: Double? = nil
    ) {
        self.well = well
        self.target = target
        self.cq = cq
        self.called = called
        self.isExcluded = isExcluded
        self.ownCq = ownCq
        self.curve = curve
        self.curveQuality = curveQuality
    }
}

extension Reading {
    /// The cycle by our own reading of the curve; the instrument's where its file gives no curve.
    package var curveCq: Cq? { curve == nil ? cq : ownCq }
}

/// What an amplification curve says, whatever the instrument made of it.
package enum CurveOpinion: String, CaseIterable, Hashable, Sendable, Codable {
    case positive
    case negative
    case ambiguous
}

extension Reading: Codable {
    private enum CodingKeys: String, CodingKey {
        case well, target, cq, called
        case isExcluded = "excluded"
        case ownCq, curve, curveQuality
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        well = try container.decode(WellPosition.self, forKey: .well)
        target = try container.decode(String.self, forKey: .target)
        cq = try container.decodeIfPresent(Cq.self, forKey: .cq)
        called = try container.decodeIfPresent(Call.self, forKey: .called)
        isExcluded = try container.decodeIfPresent(Bool.self, forKey: .isExcluded) ?? false
        ownCq = try container.decodeIfPresent(Cq.self, forKey: .ownCq)
        curve = try container.decodeIfPresent(CurveOpinion.self, forKey: .curve)
        curveQuality = try container.decodeIfPresent(Double.self, forKey: .curveQuality)
    }

    /// What is not known is left out: a run has a thousand readings.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(well, forKey: .well)
        try container.encode(target, forKey: .target)
        try container.encodeIfPresent(cq, forKey: .cq)
        try container.encodeIfPresent(called, forKey: .called)
        if isExcluded { try container.encode(true, forKey: .isExcluded) }
        try container.encodeIfPresent(ownCq, forKey: .ownCq)
        try container.encodeIfPresent(curve, forKey: .curve)
        try container.encodeIfPresent(curveQuality, forKey: .curveQuality)
    }
}
