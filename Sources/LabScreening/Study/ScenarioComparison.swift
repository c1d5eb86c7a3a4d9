internal import LabSimulation
internal import LabStatistics

/// Scenarios side by side, played with the same chance.
package struct ScenarioComparison: Sendable, Encodable {
    /// A measure of one scenario less that of the first, run by run.
    package struct Difference: Sendable, Encodable {
        package let mean: Double
        /// Half of the interval that holds for all measures together with 95 % (Bonferroni).
        package let halfWidth: Double
        /// Whether the interval leaves zero out.
        package let isReal: Bool

        private enum CodingKeys: String, CodingKey {
            case mean
            case halfWidth = "half_width"
            case isReal = "is_real"
        }
    }

    /// A scenario with its measures and its differences from the first.
    package struct Column: Sendable, Encodable {
        package let name: String
        package let title: String
        package let feasible: Frequency
        package let measures: [String: Spread]
        /// By measure; empty for the first scenario.
        package let differences: [String: Difference]
    }

    package let seeds: [UInt64]
    package let columns: [Column]

    /// Compares studies over the same seeds; the first is what the others are held against.
    package init(_ studies: [ScenarioStudy]) {
        seeds = studies.first?.seeds ?? []
        let names = MeasureWords.groups.flatMap { $0.measures.map(\.name) }
        columns = studies.enumerated().map { place, study in
            var differences: [String: Difference] = [:]
            for name in names where place > 0 {
                differences[name] = Self.difference(
                    zip(study.outcomes, studies[0].outcomes).map {
                        ($0[name] ?? 0) - ($1[name] ?? 0)
                    }, among: names.count)
            }
            return Column(
                name: study.scenario.name, title: study.scenario.title, feasible: study.feasible,
                measures: Dictionary(study.spreads.map { ($0.name, $0.spread) }) { first, _ in first
                },
                differences: differences)
        }
    }

    private static func difference(_ values: [Double], among measures: Int) -> Difference {
        let spread = Spread(values)
        guard values.count > 1 else {
            return Difference(mean: spread.mean, halfWidth: 0, isReal: false)
        }
        let level = 1 - 0.025 / Double(max(1, measures))
        let half =
            StudentT.quantile(level, freedom: values.count - 1) * spread.sd
            / Double(values.count).squareRoot()
        return Difference(
            mean: spread.mean, halfWidth: half, isReal: spread.mean != 0 && abs(spread.mean) > half)
    }
}
