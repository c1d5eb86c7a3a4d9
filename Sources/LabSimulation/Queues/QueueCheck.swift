package import LabStatistics

/// One row of a table of closed forms.
package struct QueueRow: Sendable {
    /// How near a formula must come.
    package enum Kind: String, Sendable, CaseIterable {
        /// To a relative 10⁻¹².
        case exact
        /// To a relative 10⁻⁸: the table's value is itself no better.
        case exact8
        /// To a relative 10⁻¹² of the named formula, which is not the truth: it is not simulated.
        case approximation

        package var tolerance: Double { self == .exact8 ? 1e-8 : 1e-12 }
    }

    /// The name of the case in the table.
    package let name: String
    package let queue: QueueCase
    package let measure: String
    package let theory: Double
    package let kind: Kind

    /// A row as it stands in the table.
    package init(name: String, queue: QueueCase, measure: String, theory: Double, kind: Kind) {
        (self.name, self.queue, self.measure) = (name, queue, measure)
        (self.theory, self.kind) = (theory, kind)
    }

    /// Whether a simulation could see the value: a probability of 10⁻⁴ or more on both sides.
    var isVisible: Bool {
        guard kind != .approximation, theory.isFinite else { return false }
        let isShare = ["P", "blocking", "Erlang", "share"].contains { measure.hasPrefix($0) }
        if isShare, theory < 1e-4 { return false }
        return !(theory < 1 && theory > 1 - 1e-4)
    }
}

/// A simulated mean with its 99.99 % interval.
package struct QueueEstimate: Sendable, Equatable {
    package let mean: Double
    /// Half the width of the 99.99 % interval.
    package let halfWidth: Double
    /// Whether half of the 99 % interval is at most 1 % of the mean (2 % under a load from 0.95).
    package let isNarrow: Bool
}

/// What a row came to.
package struct QueueVerdict: Sendable {
    /// The answers, from good to bad.
    package enum Outcome: String, Sendable {
        /// The formula agrees, and the simulation too.
        case agrees
        /// The formula agrees; there is nothing to simulate or it is too rare to be seen.
        case formulaOnly = "agrees, by formula"
        /// The formula agrees, but lies outside the simulation's interval.
        case outside = "outside the interval"
        /// The formula gives another value than the table, and the simulation takes its side.
        case tableDiffers = "the table differs from formula and simulation"
        /// The formula gives another value than the table.
        case formulaDiffers = "the formula differs"
        /// The row cannot be computed.
        case unknown = "cannot be computed"
    }

    package let row: QueueRow
    package let formula: Double?
    /// The relative error of the formula against the table.
    package let error: Double?
    package let estimate: QueueEstimate?
    package let fault: QueueFault?
    package let outcome: Outcome
}

/// The check of the rows that belong to one case.
package enum QueueCheck {
    /// Repetitions of each simulation; the interval is Student's over their means.
    static let repetitions = 24
    private static let wide = StudentT.quantile(0.999_95, freedom: repetitions - 1)
    private static let narrow = StudentT.quantile(0.995, freedom: repetitions - 1)

    /// Checks the rows of one case: our formula, then our simulation.
    ///
    /// A pilot tells how many arrivals the wanted width needs; its numbers are then thrown away,
    /// so that looking at them cannot bend the interval.
    /// - Parameters:
    ///   - rows: All of the same case.
    ///   - random: The source of chance of the whole check; each case has its own stream.
    ///   - effort: The greatest number of arrivals in a repetition; 0 for formulas alone.
    /// - Returns: A verdict for each row, in their order.
    package static func check(
        _ rows: [QueueRow], _ random: SeededGenerator, effort: Int
    ) -> [QueueVerdict] {
        guard let queue = rows.first?.queue else { return [] }
        do {
            let formulas = try QueueFormulas.measures(queue)
            let visible = rows.filter(\.isVisible)
            let stream = random.stream(named: queue.family + ";" + queue.parameters)
            let estimates =
                effort > 0 && !visible.isEmpty
                ? try estimate(queue, visible, stream, effort: effort) : [:]
            return rows.map { judge($0, formulas[$0.measure], estimates[$0.measure]) }
        } catch let fault {
            let known = fault as? QueueFault
            return rows.map { refuse($0, known ?? .family) }
        }
    }

    private static func refuse(_ row: QueueRow, _ fault: QueueFault) -> QueueVerdict {
        QueueVerdict(
            row: row, formula: nil, error: nil, estimate: nil, fault: fault, outcome: .unknown)
    }

    private static func judge(
        _ row: QueueRow, _ formula: Double?, _ estimate: QueueEstimate?
    ) -> QueueVerdict {
        guard let formula, formula.isFinite else { return refuse(row, .measure) }
        let error = relativeError(formula, row.theory)
        let isRight = error <= row.kind.tolerance
        let supports = estimate.map { abs($0.mean - formula) <= $0.halfWidth }
        let excludes = estimate.map { abs($0.mean - row.theory) > $0.halfWidth } ?? false
        let outcome: QueueVerdict.Outcome =
            switch (isRight, supports) {
            case (true, nil): .formulaOnly
            case (true, true?): .agrees
            case (true, false?): .outside
            case (false, true?) where excludes: .tableDiffers
            case (false, _): .formulaDiffers
            }
        return QueueVerdict(
            row: row, formula: formula, error: error, estimate: estimate, fault: nil,
            outcome: outcome)
    }

    /// |value − theory| / |theory|; values below 10⁻³⁰⁰ count as 0.
    static func relativeError(_ value: Double, _ theory: Double) -> Double {
        if abs(theory) < 1e-300 { return abs(value) < 1e-300 ? 0 : .infinity }
        return abs(value - theory) / abs(theory)
    }

    private static func estimate(
        _ queue: QueueCase, _ rows: [QueueRow], _ random: SeededGenerator, effort: Int
    ) throws -> [String: QueueEstimate] {
        let names = Set(rows.map(\.measure)).sorted()
        let first = min(effort, 20_000)
        guard let pilot = try means(queue, names, count: first, random.stream(named: "pilot"))
        else { return [:] }
        let target = try aim(queue)
        let widest = pilot.values.map { $0.relative / target }.max() ?? 0
        let wanted = Double(first) * min(1e6, widest * widest) * 1.2
        let count = min(effort, max(first, Int(min(wanted, 1e12))))
        let sample = try means(queue, names, count: count, random.stream(named: "run")) ?? [:]
        return sample.mapValues { spread in
            // A mean without any spread still may have missed what is too rare to be seen.
            let half = wide * spread.error + 1e-6 * abs(spread.mean)
            return QueueEstimate(
                mean: spread.mean, halfWidth: half, isNarrow: spread.relative <= target)
        }
    }

    /// The wanted half-width of a 99 % interval, relative to the mean.
    private static func aim(_ queue: QueueCase) throws -> Double {
        let load = try QueueFormulas.measures(queue)["rho"] ?? (try? queue.number("rho")) ?? 0
        return load >= 0.95 ? 0.02 : 0.01
    }

    private struct Spread {
        let mean: Double
        /// The standard error of the mean.
        let error: Double
        var relative: Double { mean == 0 ? 0 : QueueCheck.narrow * error / abs(mean) }
    }

    /// The mean of each measure over the repetitions; without those that some repetition lacks.
    private static func means(
        _ queue: QueueCase, _ names: [String], count: Int, _ random: SeededGenerator
    ) throws -> [String: Spread]? {
        var values: [String: [Double]] = [:]
        for repetition in 0..<repetitions {
            let own = random.stream(named: "repetition", number: UInt64(repetition))
            guard let trial = try QueueTrial.run(queue, count: count, own) else { return nil }
            for name in names {
                if let value = trial[name], value.isFinite {
                    values[name, default: []].append(value)
                }
            }
        }
        return values.filter { $0.value.count == repetitions }.mapValues { sample in
            let n = Double(repetitions)
            let mean = sample.reduce(0, +) / n
            let variance = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
            return Spread(mean: mean, error: (variance / n).squareRoot())
        }
    }
}
