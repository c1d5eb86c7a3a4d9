import LabStatistics

/// Dorfman pools, drawn person by person: a pool test, and single tests of a positive pool.
struct SimulatedPools {
    private var tests = 0.0
    private var squares = 0.0
    private var positives = 0
    private var infected = 0
    private var found = 0
    private var cleared = 0
    private let pools: Int
    private let size: Int

    init(_ figures: DorfmanFigures, count: Int, _ random: SeededGenerator) {
        var (infection, reading) = (
            random.stream(named: "positives"), random.stream(named: "tests")
        )
        (pools, size) = (count, figures.size)
        for _ in 0..<count {
            // Infected people first: they are alike, and so are the others.
            var carriers = 0
            for _ in 0..<size where infection.bernoulli(figures.prevalence) { carriers += 1 }
            let chance = carriers > 0 ? figures.sensitivity : 1 - figures.specificity
            infected += carriers
            guard reading.bernoulli(chance) else {
                tests += 1
                squares += 1
                cleared += size - carriers
                continue
            }
            positives += 1
            tests += Double(1 + size)
            squares += Double((1 + size) * (1 + size))
            for _ in 0..<carriers where reading.bernoulli(figures.sensitivity) { found += 1 }
            for _ in carriers..<size where reading.bernoulli(figures.specificity) { cleared += 1 }
        }
    }

    var measures: QueueMeasures {
        let (count, people) = (Double(pools), Double(pools * size))
        let (sick, missed) = (Double(infected), Double(infected - found))
        let mistaken = people - sick - Double(cleared)
        let mean = tests / count
        var measures: QueueMeasures = [
            "P(pool positive)": .value(Double(positives) / count),
            "tests_per_person": .value(tests / people),
            "var_tests_per_pool": .value(squares / count - mean * mean),
            "expected_missed_per_million": .value(1e6 * missed / people),
            "specificity": .value(Double(cleared) / (people - sick)),
            "npv": .value(Double(cleared) / (Double(cleared) + missed)),
        ]
        if infected > 0 { measures.add("sensitivity", Double(found) / sick) }
        if Double(found) + mistaken > 0 {
            measures.add("ppv", Double(found) / (Double(found) + mistaken))
        }
        return measures
    }
}
