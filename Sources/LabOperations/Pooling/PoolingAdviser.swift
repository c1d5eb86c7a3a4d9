internal import LabDomain
internal import LabPooling
internal import LabProgramme
internal import LabStore

/// Turns first readings into advice.
struct PoolingAdviser {
    /// One way of testing a class.
    private struct Way {
        let name: String
        /// People in the first well.
        let size: Int
        let below: [Int]
        /// Tests a person by prevalence, retests or the tubes of people called back included.
        let cost: (Double) -> Double
    }

    let rules: Rules
    let known: [RiskClass: ClassPrevalence]
    let model: TestModel

    init(rules: Rules, known: [RiskClass: ClassPrevalence]) throws {
        self.rules = rules
        self.known = known
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
        let allowed = try ways(risk, kind)
        let used = try usual(readings, kind, among: allowed)
        let estimate = try PrevalenceEstimate(try rules.counts(CountedReadings.counted(readings)))
        let all = allowed.contains { $0.name == used.name } ? allowed : allowed + [used]
        let best =
            all.min {
                ($0.cost(estimate.prevalence), $1.size) < ($1.cost(estimate.prevalence), $0.size)
            } ?? used
        // The way that is the first to cost less when positives become more.
        let turn = all.filter { $0.name != used.name }.compactMap { other in
            SwitchPoint.between(used.cost, other.cost).map { (at: $0, other: other) }
        }.min { $0.at < $1.at }
        let warning = try warning(readings, kind, used, turn?.other, turn?.at)
        return PoolingAdvice.Line(
            risk: risk, kind: kind, scheme: used.name, wells: readings.count,
            people: readings.reduce(0) { $0 + $1.people },
            positiveWells: readings.count(where: \.wasFound),
            refutedWells: readings.count(where: \.isRefuted),
            prevalence: estimate.prevalence, low: estimate.interval.lowerBound,
            high: estimate.interval.upperBound,
            costs: all.sorted { ($0.size, $0.below.count) < ($1.size, $1.below.count) }.map {
                PoolingAdvice.Cost(
                    scheme: $0.name, testsPerPerson: $0.cost(estimate.prevalence))
            }, best: best.name, switchAt: turn?.at, warning: warning,
            advice: words(risk, kind, used, best, turn, warning, estimate))
    }

    /// What the programme allows for a class; single tests always.
    private func ways(_ risk: RiskClass, _ kind: TestedKind) throws -> [Way] {
        let single = Way(name: "1:1", size: 1, below: []) { _ in 1 }
        let programme = rules.programme
        guard kind == .pool else {
            let most = programme.collection.largest[risk]?.rawValue ?? 20
            return try [single]
                + programme.mixedRatios.map(\.rawValue).filter { $0 <= most }.sorted()
                .map { try way(PoolScheme(size: $0), isMixed: true) ?? single }
        }
        guard programme.poolRisks.contains(risk) else { return [single] }
        return try [single] + rules.poolSchemes.compactMap { try way($0, isMixed: false) }
    }

    /// A scheme with its cost.
    ///
    /// People called back from a mixed tube come with a swab of their own each: it costs like a
    /// pool, without the dilution of aliquots.
    private func way(_ scheme: PoolScheme?, isMixed: Bool) throws -> Way? {
        guard let scheme else { return nil }
        let plain = try TestModel(stages: model.stages)
        let accuracies = (isMixed ? plain : model)
            .accuracies(first: scheme.first, stages: scheme.stages)
        let tree = try scheme.tree(of: scheme.first)
        return Way(
            name: scheme.stages == 2 ? "\(scheme.first):1" : scheme.description,
            size: scheme.first, below: scheme.below
        ) { prevalence in
            let figures = try? Scheme.hierarchy([tree]).characteristics(
                among: .alike(scheme.first, prevalence: prevalence), accuracies: accuracies,
                withVariance: false)
            return figures?.testsPerPerson ?? 1
        }
    }

    /// The way of most of the wells read last: its stages, and the least allowed size that holds
    /// the middle one of them.
    private func usual(
        _ readings: [FirstReading], _ kind: TestedKind, among allowed: [Way]
    ) throws -> Way {
        let last = readings.suffix(200)
        let below =
            Dictionary(grouping: last, by: \.below).max { $0.value.count < $1.value.count }?.key
            ?? []
        let sizes = last.filter { $0.below == below }.map(\.people).sorted()
        let middle = sizes[sizes.count / 2]
        if let way = allowed.first(where: { $0.size >= middle && $0.size > 1 && $0.below == below })
        {
            return way
        }
        return try way(PoolScheme(sizes: [max(2, middle)] + below), isMixed: kind == .mixed)
            ?? allowed[0]
    }

    private func warning(
        _ readings: [FirstReading], _ kind: TestedKind, _ used: Way, _ other: Way?,
        _ switchAt: Double?
    ) throws -> PoolingAdvice.Warning? {
        guard let switchAt, let other,
            let watch = try? DriftWatch(
                breakEven: switchAt,
                accuracy: try rules.accuracy(of: used.size, isPool: kind == .pool, model))
        else { return nil }
        let results = try readings.map {
            try PoolResult(time: $0.readAt, size: $0.people, positive: $0.isPositive)
        }
        guard let alarm = try SwitchAlarm(watch, over: results).alarm,
            alarm.estimate.prevalence > switchAt
        else { return nil }
        return PoolingAdvice.Warning(
            other: other.name, since: alarm.since, raisedAt: alarm.raisedAt,
            prevalence: alarm.estimate.prevalence, low: alarm.estimate.interval.lowerBound,
            high: alarm.estimate.interval.upperBound)
    }

    private func words(
        _ risk: RiskClass, _ kind: TestedKind, _ used: Way, _ best: Way,
        _ turn: (at: Double, other: Way)?, _ warning: PoolingAdvice.Warning?,
        _ estimate: PrevalenceEstimate
    ) -> Wording {
        func cost(_ way: Way) -> String { text(way.cost(estimate.prevalence), decimals: 3) }
        var words: Wording
        if let warning {
            let since = rules.settings.zone.minuteText(warning.since)
            words = """
                \(used.name) has cost more than \(warning.other) since \(since): \
                \(share(warning.prevalence)) positive since then (\(share(warning.low)) to \
                \(share(warning.high))); switch the class.
                """
        } else if best.name == used.name {
            words = "\(used.name) fits: \(cost(used)) tests a person."
        } else {
            let isSure = turn.map { estimate.interval.lowerBound > $0.at } ?? true
            words =
                isSure
                ? """
                \(best.name) would cost \(cost(best)) tests a person, \(used.name) costs \
                \(cost(used)).
                """
                : """
                \(best.name) would cost \(cost(best)) tests a person, \(used.name) costs \
                \(cost(used)); the results leave both possible.
                """
        }
        if warning == nil, let turn {
            words += " It costs more than \(turn.other.name) above \(share(turn.at))."
        }
        let limit = rules.programme.poolLimits.highestPrevalence
        if kind == .pool, let own = known[risk], own.prevalence >= limit {
            words += """
                 The programme pools the class below \(share(limit)) only, and it is at \
                \(share(own.prevalence)) now.
                """
        }
        return words
    }
}
