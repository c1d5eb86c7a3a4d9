import Glibc
import LabStatistics

/// A laboratory of a trial: how fast it really is and how often its machines stop.
///
/// Nothing of this is told to the forecaster, who sees logs alone and the number of machines.
struct TrialLaboratory: Sendable {
    var stations: LaboratoryStations
    /// Mean minutes and coefficient of variation at extraction, PCR and review.
    var means: [Double]
    var spreads: [Double]
    var receptionMean: Double
    /// Minutes of work between two breakdowns of one machine, on average; and of its repair.
    var betweenFailures: Double
    var repair: Double
    var positivity: Double
    var repeats: Double
    var poolSize: Int32
    /// Tubes a day.
    var load: Double
    /// The share of tubes with 6 hours, and with 24; the others have 12.
    var fever: Double
    var voluntary: Double
    let samplesOnPlate = 94
    let patience = (routine: 30.0, singles: 15.0)

    /// A laboratory that is used to 75 to 105 % of what its narrowest station can do.
    init(_ random: inout SeededGenerator) {
        stations = LaboratoryStations(
            reception: 3 + Int(random.uniform() * 3), extraction: 3 + Int(random.uniform() * 4),
            pcr: 4 + Int(random.uniform() * 7), review: 2)
        means = [
            random.uniform(from: 35, to: 60), random.uniform(from: 80, to: 125),
            random.uniform(from: 4, to: 9),
        ]
        spreads = [
            random.uniform(from: 0.02, to: 0.12), random.uniform(from: 0.01, to: 0.06),
            random.uniform(from: 0.15, to: 0.35),
        ]
        receptionMean = random.uniform(from: 0.1, to: 0.16)
        // Two to eight days of work: with ten machines one or two stop on an ordinary day.
        betweenFailures = random.uniform(from: 2_880, to: 11_520)
        repair = random.uniform(from: 45, to: 120)
        positivity = 0.02 * random.uniform() * random.uniform()
        repeats = random.uniform(from: 0, to: 0.01)
        poolSize = random.uniform() < 0.5 ? 10 : 5
        fever = random.uniform(from: 0.05, to: 0.15)
        voluntary = random.uniform(from: 0.25, to: 0.45)
        let plates = min(
            Double(stations.extraction) / means[0], Double(stations.pcr) / means[1],
            Double(stations.review) / means[2])
        load = 0
        // Sixteen busy hours, plates that are filled to nine tenths.
        load = random.uniform(from: 0.75, to: 1.05) * plates * 60 * 16 * 94 * 0.9
    }
}

/// A box of tubes of one class on its way to the laboratory.
struct TrialBox: Sendable {
    let received: Double
    let limit: Double
    /// When each of its tubes was closed, and whether it is positive.
    let tubes: [(closed: Double, isPositive: Bool)]
}

/// What comes to a laboratory on one day.
struct TrialDay: Sendable {
    let boxes: [TrialBox]

    /// A day with an hourly profile and, on two days of three, a surge.
    init(_ laboratory: TrialLaboratory, _ random: inout SeededGenerator) {
        let profile = [3.0, 8, 11, 10, 8, 6, 5, 5, 6, 7, 8, 9, 9, 5]
        var weights = profile
        if random.uniform() < 2.0 / 3 {
            let start = Int(random.uniform() * 11)
            let factor = random.uniform(from: 1.5, to: 3)
            for hour in start..<min(14, start + 3) { weights[hour] *= factor }
        }
        // The day's own level; the surge comes on top of it.
        let level = random.uniform(from: 0.9, to: 1.15) * laboratory.load / 100
        var boxes: [TrialBox] = []
        for (hour, weight) in weights.enumerated() {
            var left = Int((level * weight).rounded())
            while left > 0 {
                let size = min(left, 8 + Int(random.uniform() * 40))
                left -= size
                boxes.append(Self.box(size, hour, laboratory, &random))
            }
        }
        self.boxes = boxes.sorted { $0.received < $1.received }
    }

    private static func box(
        _ size: Int, _ hour: Int, _ laboratory: TrialLaboratory, _ random: inout SeededGenerator
    ) -> TrialBox {
        let received = 60 * (Double(hour) + random.uniform()) + 30
        let kind = random.uniform()
        let limit: Double =
            kind < laboratory.fever
            ? 360 : kind < laboratory.fever + laboratory.voluntary ? 1_440 : 720
        let tubes = (0..<size).map { _ in
            (
                closed: max(0, received - random.uniform(from: 20, to: 100)),
                isPositive: random.uniform() < laboratory.positivity
            )
        }
        return TrialBox(received: received, limit: limit, tubes: tubes)
    }
}

/// The luck of a day's machines and people, by thing: the same under every way to work.
struct TrialLuck {
    let random: SeededGenerator

    /// A positive duration with a mean and a spread: log-normal.
    func duration(_ mean: Double, _ spread: Double, _ name: String, _ number: Int) -> Double {
        let variance = log1p(spread * spread)
        let normal = StandardNormal.quantile(max(1e-12, uniform(name, number)))
        return mean * exp(normal * variance.squareRoot() - variance / 2)
    }

    func exponential(_ mean: Double, _ name: String, _ number: Int) -> Double {
        -mean * log(1 - uniform(name, number))
    }

    func uniform(_ name: String, _ number: Int) -> Double {
        var stream = random.stream(named: name, number: UInt64(truncatingIfNeeded: number))
        return stream.uniform()
    }
}
