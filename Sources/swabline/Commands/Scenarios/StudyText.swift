import Foundation
import LabScreening
import LabSimulation

/// A study for people at a terminal.
enum StudyText {
    static func text(_ study: ScenarioStudy, _ bottleneck: Bottleneck?) -> String {
        let scenario = study.scenario
        let people = scenario.districts.reduce(0) { $0 + $1.people }
        var parts = [
            "\(scenario.name): \(scenario.title)",
            "\(people) people, \(count(study.outcomes.count, "run")). "
                + "Hours count from the start on day 1; ± is the 95 % interval of the mean.",
        ]
        for group in MeasureWords.groups {
            let rows = group.measures.compactMap { measure in
                study[measure.name].map { row(measure, $0) }
            }
            parts.append(table([group.english, "mean", "±", "sd", "min", "max"], rows))
        }
        parts.append(goal(study))
        if let bottleneck { parts.append(text(bottleneck)) }
        return parts.joined(separator: "\n\n")
    }

    static func row(_ measure: MeasureWords, _ spread: Spread) -> [String] {
        [measure.english]
            + [spread.mean, spread.halfWidth, spread.sd, spread.min, spread.max].map {
                number($0, measure)
            }
    }

    static func number(_ value: Double, _ measure: MeasureWords) -> String {
        measure.isShare ? StudyNumbers.text(100 * value) + " %" : StudyNumbers.text(value)
    }

    private static func goal(_ study: ScenarioStudy) -> String {
        let goal = study.scenario.goal
        let feasible = study.feasible
        return
            "Goal: all sampled within \(StudyNumbers.text(goal.sampledWithin / 60)) h, all results "
            + "within \(StudyNumbers.text(goal.resultsWithin / 60)) h, "
            + "\(StudyNumbers.text(100 * goal.shareInWindow)) % inside "
            + "\(StudyNumbers.text(goal.window / 60)) h of receipt.\n"
            + "Reached in \(feasible.times) of \(count(feasible.runs, "run")): probability "
            + "\(StudyNumbers.text(feasible.share)) (95 %: \(StudyNumbers.text(feasible.low)) to "
            + "\(StudyNumbers.text(feasible.high)))."
    }

    static func text(_ bottleneck: Bottleneck) -> String {
        let rows = bottleneck.evidence.map { item in
            [item.words, "\(item.added)"]
                + Bottleneck.judges.map { name in
                    guard let change = item.change[name] else { return "-" }
                    let scale = name == "share_in_window" ? 100.0 : 1
                    return StudyNumbers.text(scale * change.mean, within: scale * change.halfWidth)
                }
        }
        let heading = [
            "What one more changes", "added", "h to 99 % results", "% in window",
            "h to 90 % slowest", "h to 99 % sampled", "wait, min", "cost",
        ]
        return bottleneck.finding + "\n\n" + table(heading, rows)
    }
}
