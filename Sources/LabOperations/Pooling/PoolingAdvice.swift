package import LabDomain
internal import LabPooling
internal import LabStore

/// What the laboratory's own results say of the ratios that it uses.
package struct PoolingAdvice: Codable, Sendable {
    /// One way of testing with what it costs at the class's prevalence.
    package struct Cost: Codable, Sendable {
        /// `1:1`, `5:1`, `10>5>1` and so on.
        package let scheme: String
        package let testsPerPerson: Double
    }

    /// One risk class in one kind of well.
    package struct Line: Codable, Sendable {
        package let risk: RiskClass
        /// Laboratory pools or mixed tubes.
        package let kind: TestedKind
        /// The scheme of most of the wells that were read last.
        package let scheme: String
        package let wells: Int
        package let people: Int
        package let positiveWells: Int
        /// Wells that were found and then refuted by the tests that followed.
        package let refutedWells: Int
        /// The share of positives, judged from these wells alone, with a 95 % interval.
        package let prevalence: Double
        package let low: Double
        package let high: Double
        package let costs: [Cost]
        package let best: String
        /// Above this share another scheme costs less.
        package let switchAt: Double?
        package let warning: Warning?
        /// What follows, in a sentence.
        package let advice: Wording
    }

    /// A scheme that has cost more than another for a while.
    package struct Warning: Codable, Sendable {
        package let other: String
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
    package func advise(
        since: Timestamp, as handle: String, at now: Timestamp
    ) throws -> PoolingAdvice {
        try look(.seeWork, as: handle) { view in
            let rules = try rules(in: view)
            let adviser = try PoolingAdviser(
                rules: rules, known: try view.prevalence(under: rules, at: now, keptReadings))
            let readings = try view.firstReadings(since: since)
            return PoolingAdvice(since: since, lines: try adviser.lines(readings))
        }
    }
}
