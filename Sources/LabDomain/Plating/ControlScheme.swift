/// What a control well holds.
package enum ControlKind: String, CaseIterable, Hashable, Sendable, Codable {
    /// Third-party weak positive, 1.5 to 3 times the limit of detection.
    case weakPositive = "weak-positive"
    /// Saline, carried from extraction to amplification.
    case negative
    /// The kit's own positive control.
    case kitPositive = "kit-positive"
    /// The kit's own negative control.
    case kitNegative = "kit-negative"

    /// Whether a valid run must find the target in it.
    package var isPositive: Bool { self == .weakPositive || self == .kitPositive }
}

/// How many controls of each kind stand on every plate.
package struct ControlScheme: Hashable, Sendable, Codable {
    package let weakPositive: Int
    package let negative: Int
    package let kitPositive: Int
    package let kitNegative: Int

    /// A scheme; the laboratory manual asks for at least one weak positive and three negatives
    /// placed at random among the samples (notice 313 of 2020).
    package init(weakPositive: Int, negative: Int, kitPositive: Int, kitNegative: Int) {
        self.weakPositive = weakPositive
        self.negative = negative
        self.kitPositive = kitPositive
        self.kitNegative = kitNegative
    }

    /// The manual's controls and the kit's own two: 90 of 96 wells are left for samples.
    package static let manual = ControlScheme(
        weakPositive: 1, negative: 3, kitPositive: 1, kitNegative: 1)

    /// Whether the scheme has at least what the manual asks for.
    package var meetsManual: Bool { weakPositive >= 1 && negative >= 3 }

    /// The controls one by one, positives first.
    package var controls: [ControlKind] {
        [
            (ControlKind.weakPositive, weakPositive), (.kitPositive, kitPositive),
            (.negative, negative), (.kitNegative, kitNegative),
        ]
        .flatMap { Array(repeating: $0.0, count: $0.1) }
    }
}
