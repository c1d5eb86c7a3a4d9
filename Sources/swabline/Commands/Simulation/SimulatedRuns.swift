import Foundation
import LabSimulation

/// What runs of one model came to: each run, and the spread over seeds.
struct SimulatedRuns: Encodable {
    /// The spread of one measure over the seeds.
    struct Spread: Encodable {
        let seeds: Int
        let mean: Double
        let sd: Double
        /// Half of the 95 % interval of the mean, 1.96 sd / √n.
        let halfWidth: Double
        let min: Double
        let max: Double

        private enum CodingKeys: String, CodingKey {
            case seeds, mean, sd, min, max
            case halfWidth = "ci95_half"
        }

        init(_ values: [Double]) {
            let n = Double(values.count)
            let mean = values.reduce(0, +) / n
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            (seeds, self.mean) = (values.count, mean)
            sd = n > 1 ? (squares / (n - 1)).squareRoot() : 0
            halfWidth = 1.96 * sd / n.squareRoot()
            min = values.min() ?? 0
            max = values.max() ?? 0
        }
    }

    /// One run: its seed beside its measures.
    struct Run: Encodable {
        let seed: UInt64
        let measures: [String: Double]

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(seed, forKey: Key(stringValue: "seed"))
            for (name, value) in measures {
                try container.encode(value, forKey: Key(stringValue: name))
            }
        }
    }

    private struct Key: CodingKey {
        let stringValue: String
        let intValue: Int? = nil
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    let model: String
    let size: String
    let scenario: String
    let measures: [String: Spread]
    let runs: [Run]
    private let names: [String]

    private enum CodingKeys: String, CodingKey {
        case model, size, scenario, measures, runs
    }

    init(
        model: String, size: PeerSize, scenario: PeerScenario, seeds: [UInt64],
        runs: [PeerMeasures]
    ) {
        (self.model, self.size, self.scenario) = (model, size.rawValue, scenario.rawValue)
        self.runs = zip(seeds, runs).map { seed, run in
            Run(seed: seed, measures: Dictionary(run.values) { first, _ in first })
        }
        names = runs.first?.values.map(\.name) ?? []
        measures = Dictionary(
            uniqueKeysWithValues: names.map { name in
                (name, Spread(runs.compactMap { $0[name] }))
            })
    }

    /// For people: a line a measure.
    var text: String {
        let rows = names.map { name in
            let spread = measures[name]
            return [name]
                + [spread?.mean, spread?.halfWidth, spread?.sd, spread?.min, spread?.max]
                .map { digits($0, 7) }
        }
        return "Model \(model), size \(size), scenario \(scenario), \(count(runs.count, "run"))\n\n"
            + table(["measure", "mean", "± 95 %", "sd", "min", "max"], rows)
    }
}
