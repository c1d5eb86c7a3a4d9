package import LabDomain
internal import LabPooling
internal import LabStore

/// What the laboratory's own results say of the ratios that it uses.
package struct PoolingAdvice: Codable, Sendable {
    /// One ratio with what it costs at the class's prevalence.
    package struct Cost: Codable, Sendable {
        /// People in a well: 1, 5, 10 and so on.
        package let ratio: Int
        package let testsPerPerson: Double
    }

    /// One risk class in one kind of well.
    package struct Line: Codable, Sendable {
        package let risk: RiskClass
        /// Laboratory pools or mixed tubes.
        package let kind: TestedKind
        /// The ratio of most of the wells that were read last.
        package let ratio: Int
        package let wells: Int
        package let people: Int
        package let positiveWells: Int
        /// Positive pools whose members were all found negative.
        package let unconfirmedPools: Int
        /// The share of positives, judged from these wells alone, with a 95 % interval.
        package let prevalence: Double
        package let low: Double
        package let high: Double
        package let costs: [Cost]
        package let best: Int
        /// Above this share the next smaller ratio costs less.
        package let switchAt: Double?
        package let warning: Warning?
        /// What follows, in a sentence.
        package let advice: String
    }

    /// A ratio that has cost more than another for a while.
    package struct Warning: Codable, Sendable {
        package let other: Int
        package let since: Timestamp
        package let raisedAt: Timestamp
        /// The share of positives since then.
        package let prevalence: Double
        package let low: Double
        package let high: Double
    }

    package let since: Timestamp
    package let lines: [Line]
}

extension Laboratory {
    /// Which ratio fits the positivity that the laboratory sees, by class and kind of well.
    ///
    /// For whoever sees the laboratory's work; no person is in it.
    /// Results that were read before `since` are left out.
    /// - Returns: A line for each class and kind of well that was read.
    /// - Throws: `Refusal` for somebody who may not see the work.
    package func advise(since: Timestamp, as handle: String) throws -> PoolingAdvice {
        try look(.seeWork, as: handle) { view in
            let rules = try Rules(in: view)
            let adviser = try PoolingAdviser(rules: rules)
            let readings = try view.firstReadings(since: since)
            return PoolingAdvice(since: since, lines: try adviser.lines(readings))
        }
    }
}

/// Turns first readings into advice.
struct PoolingAdviser {
    let rules: Rules
    let model: TestModel

    init(rules: Rules) throws {
        self.rules = rules
        model = try rules.testModel()
    }

    /// A line for each class and kind of well that holds several people.
    func lines(_ readings: [FirstReading]) throws -> [PoolingAdvice.Line] {
        var lines: [PoolingAdvice.Line] = []
        for risk in RiskClass.allCases {
            for kind in [TestedKind.mixed, .pool] {
                let own = readings.filter { $0.risk == risk && $0.kind == kind }
                if !own.isEmpty { lines.append(try line(risk, kind, own)) }
            }
        }
        return lines
    }

    private func line(
        _ risk: RiskClass, _ kind: TestedKind, _ readings: [FirstReading]
    ) throws -> PoolingAdvice.Line {
        let allowed = ratios(risk, kind)
        let ratio = usual(readings, among: allowed)
        let estimate = try PrevalenceEstimate(try ClassPrevalence.counts(readings))
        let costs = (allowed.union([ratio])).sorted().map {
            PoolingAdvice.Cost(
                ratio: $0,
                testsPerPerson: SwitchPoint.tests($0, estimate.prevalence, testModel(kind)))
        }
        let best =
            costs.min { ($0.testsPerPerson, -$0.ratio) < ($1.testsPerPerson, -$1.ratio) }?.ratio
            ?? ratio
        let smaller = allowed.filter { $0 < ratio }.max() ?? 1
        let switchAt =
            ratio > 1 ? try SwitchPoint.between(ratio, smaller, model: testModel(kind)) : nil
        let warning = try warning(readings, kind, ratio, smaller, switchAt)
        return PoolingAdvice.Line(
            risk: risk, kind: kind, ratio: ratio, wells: readings.count,
            people: readings.reduce(0) { $0 + $1.people },
            positiveWells: readings.count(where: \.isPositive),
            unconfirmedPools: readings.count { $0.poolState == .unconfirmed },
            prevalence: estimate.prevalence, low: estimate.interval.lowerBound,
            high: estimate.interval.upperBound, costs: costs, best: best, switchAt: switchAt,
            warning: warning,
            advice: words(ratio, best, costs, switchAt, warning, estimate))
    }

    /// People called back from a mixed tube come with a swab of their own: no dilution but the
    /// tube's, and the same count of tests.
    private func testModel(_ kind: TestedKind) -> TestModel {
        guard kind == .mixed, let plain = try? TestModel(stages: model.stages) else { return model }
        return plain
    }

    private func ratios(_ risk: RiskClass, _ kind: TestedKind) -> Set<Int> {
        let programme = rules.programme
        switch kind {
        case .mixed:
            let most = programme.collection.largest[risk]?.rawValue ?? 20
            return Set(programme.mixedRatios.map(\.rawValue).filter { $0 <= most } + [1])
        default:
            return programme.poolRisks.contains(risk) ? programme.poolSizes.union([1]) : [1]
        }
    }

    /// The allowed ratio nearest to the median size of the wells read last.
    private func usual(_ readings: [FirstReading], among allowed: Set<Int>) -> Int {
        let last = readings.suffix(200).map(\.people).sorted()
        let median = last[last.count / 2]
        return allowed.filter { $0 >= median }.min() ?? median
    }

    private func warning(
        _ readings: [FirstReading], _ kind: TestedKind, _ ratio: Int, _ smaller: Int,
        _ switchAt: Double?
    ) throws -> PoolingAdvice.Warning? {
        guard let switchAt, switchAt * 1.5 < 1 else { return nil }
        let watch = try DriftWatch(breakEven: switchAt)
        let results = try readings.map {
            try PoolResult(
                time: $0.readAt, size: $0.people,
                positive: $0.isPositive && $0.poolState != .unconfirmed)
        }
        guard let alarm = try SwitchAlarm(watch, over: results).alarm,
            alarm.estimate.prevalence > switchAt
        else { return nil }
        return PoolingAdvice.Warning(
            other: smaller, since: alarm.since, raisedAt: alarm.raisedAt,
            prevalence: alarm.estimate.prevalence, low: alarm.estimate.interval.lowerBound,
            high: alarm.estimate.interval.upperBound)
    }

    private func words(
        _ ratio: Int, _ best: Int, _ costs: [PoolingAdvice.Cost], _ switchAt: Double?,
        _ warning: PoolingAdvice.Warning?, _ estimate: PrevalenceEstimate
    ) -> String {
        func name(_ ratio: Int) -> String { ratio == 1 ? "1:1" : "\(ratio):1" }
        func cost(_ ratio: Int) -> String {
            text(costs.first { $0.ratio == ratio }?.testsPerPerson ?? 1, decimals: 3)
        }
        if let warning {
            let zone = rules.settings.zone
            return "\(name(ratio)) has cost more than \(name(warning.other)) since "
                + "\(zone.minuteText(warning.since)): \(share(warning.prevalence)) positive since "
                + "then (\(share(warning.low)) to \(share(warning.high))); switch the class."
        }
        let turn = switchAt.map { " It costs more than a smaller ratio above \(share($0))." } ?? ""
        if best == ratio {
            return "\(name(ratio)) fits: \(cost(ratio)) tests a person.\(turn)"
        }
        let isSure = switchAt.map { estimate.interval.lowerBound > $0 } ?? true
        return "\(name(best)) would cost \(cost(best)) tests a person, \(name(ratio)) costs "
            + "\(cost(ratio))\(isSure ? "." : "; the results leave both possible.")\(turn)"
    }
}
