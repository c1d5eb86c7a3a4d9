internal import LabSimulation

/// A study as programs read it.
package struct StudyDocument: Encodable {
    /// What a district went through, on average over the runs; hours from the start.
    package struct District: Encodable {
        package let name: String
        package let people: Int
        package let firstSwab: Double
        package let lastSwab: Double
        package let halfResulted: Double
        package let mostResulted: Double
        package let lastResult: Double

        private enum CodingKeys: String, CodingKey {
            case name, people
            case firstSwab = "first_swab_hours"
            case lastSwab = "last_swab_hours"
            case halfResulted = "hours_to_50_resulted"
            case mostResulted = "hours_to_95_resulted"
            case lastResult = "last_result_hours"
        }
    }

    /// What a laboratory went through, on average over the runs.
    package struct Laboratory: Encodable {
        package let name: String
        package let tubes: Double
        package let plates: Double
        package let firstReceipt: Double
        package let lastRelease: Double
        /// The share of the time on duty at work, by station.
        package let use: [String: Double]
        /// The most that waited in any run, by station.
        package let mostWaiting: [String: Int]

        private enum CodingKeys: String, CodingKey {
            case name, tubes, plates, use
            case firstReceipt = "first_receipt_hours"
            case lastRelease = "last_release_hours"
            case mostWaiting = "most_waiting"
        }
    }

    /// Curves over time; counts are people and tubes since the start.
    package struct Curves: Encodable {
        package let sampled: ScenarioStudy.Curve
        package let resulted: ScenarioStudy.Curve
        package let received: ScenarioStudy.Curve
        package let waitingAtSites: ScenarioStudy.Curve
        package let waiting: [String: ScenarioStudy.Curve]
        package let working: [String: ScenarioStudy.Curve]

        private enum CodingKeys: String, CodingKey {
            case sampled, resulted, received, waiting, working
            case waitingAtSites = "waiting_at_sites"
        }
    }

    package let scenario: String
    package let title: String
    package let seeds: [UInt64]
    package let feasible: Frequency
    package let measures: [String: Spread]
    package let bottleneck: Bottleneck?
    package let districts: [District]
    package let laboratories: [Laboratory]
    package let curves: Curves
    package let runs: [[String: Double]]

    /// A study and what stands in its way.
    package init(_ study: ScenarioStudy, _ bottleneck: Bottleneck?) {
        (scenario, title) = (study.scenario.name, study.scenario.title)
        (seeds, feasible, self.bottleneck) = (study.seeds, study.feasible, bottleneck)
        measures = Dictionary(study.spreads.map { ($0.name, $0.spread) }) { first, _ in first }
        districts = study.scenario.districts.indices.map { place in
            Self.district(study, place)
        }
        laboratories = study.scenario.laboratories.indices.map { place in
            Self.laboratory(study, place)
        }
        curves = Curves(
            sampled: study.sums(of: \.sampled), resulted: study.sums(of: \.results),
            received: study.sums(of: \.received), waitingAtSites: study.waitingAtSites,
            waiting: Self.byStation { study.load(of: $0, \.waiting) },
            working: Self.byStation { study.load(of: $0, \.working) })
        runs = study.outcomes.map { outcome in
            var run = Dictionary(outcome.measures.map { ($0.name, $0.value) }) { first, _ in first }
            run["feasible"] = outcome.isFeasible ? 1 : 0
            return run
        }
    }

    private static func byStation<Value>(_ value: (ScenarioStation) -> Value) -> [String: Value] {
        Dictionary(ScenarioStation.allCases.map { ("\($0)", value($0)) }) { first, _ in first }
    }

    private static func district(_ study: ScenarioStudy, _ place: Int) -> District {
        func hours(_ path: KeyPath<ScenarioOutcome.District, Double>) -> Double {
            Spread(study.outcomes.map { $0.districts[place][keyPath: path] }).mean / 60
        }
        let plan = study.scenario.districts[place]
        return District(
            name: plan.name, people: plan.people, firstSwab: hours(\.firstSwab),
            lastSwab: hours(\.lastSwab), halfResulted: hours(\.halfResulted),
            mostResulted: hours(\.mostResulted), lastResult: hours(\.lastResult))
    }

    private static func laboratory(_ study: ScenarioStudy, _ place: Int) -> Laboratory {
        func mean(_ value: (ScenarioOutcome.Laboratory) -> Double) -> Double {
            Spread(study.outcomes.map { value($0.laboratories[place]) }).mean
        }
        return Laboratory(
            name: study.scenario.laboratories[place].name, tubes: mean { Double($0.tubes) },
            plates: mean { Double($0.plates) }, firstReceipt: mean { $0.firstReceipt } / 60,
            lastRelease: mean { $0.lastRelease } / 60,
            use: byStation { station in mean { $0.use[station.rawValue] } },
            mostWaiting: byStation { station in
                study.outcomes.map { $0.laboratories[place].mostWaiting[station.rawValue] }.max()
                    ?? 0
            })
    }
}
