internal import Foundation
package import LabSimulation

/// The planner's answer as text and as a document for programs.
package struct ScreeningReport: Sendable {
    let answer: ScreeningAnswer
    let scenario: Scenario

    /// The report of an answer to a scenario.
    package init(_ answer: ScreeningAnswer, _ scenario: Scenario) {
        (self.answer, self.scenario) = (answer, scenario)
    }

    /// The plan, of the scenario as it was asked or of its first relaxation.
    package var planned: ScreeningPlan? {
        switch answer {
        case .plan(let plan): plan
        case .impossible(_, _, let plan): plan
        }
    }

    /// Whether the scenario as it was asked has a plan that replications prove.
    package var isProved: Bool {
        if case .plan(let plan) = answer { plan.isFeasible } else { false }
    }

    /// The answer in words.
    package var text: String {
        var lines = [scenario.title.isEmpty ? scenario.name : scenario.title, goal(scenario), ""]
        switch answer {
        case .plan(let plan): lines += text(of: plan)
        case .impossible(let districts, let relaxations, let plan):
            lines += text(of: districts, relaxations)
            if let plan, let first = relaxations.first {
                lines += ["", "The plan with \(Self.words(first.kind)):", goal(first.scenario)]
                lines += text(of: plan)
            }
        }
        return lines.joined(separator: "\n")
    }

    private func goal(_ scenario: Scenario) -> String {
        let goal = scenario.goal
        return "Goal: everybody sampled within \(Self.hours(goal.sampledWithin)), resulted within "
            + "\(Self.hours(goal.resultsWithin)), "
            + "each within \(Self.hours(goal.window)) of receipt."
    }

    private func text(of districts: [String], _ relaxations: [Relaxation]) -> [String] {
        let names = districts.prefix(6).joined(separator: ", ")
        var lines = [
            "The goal cannot be met within the limits, not even by flows without chance: "
                + names + (districts.count > 6 ? " and \(districts.count - 6) more." : ".")
        ]
        guard !relaxations.isEmpty else {
            return lines + ["Nothing that was tried makes it possible; give more of everything."]
        }
        lines.append("The least of each kind that makes it possible there:")
        return lines + relaxations.map { "  - " + Self.words($0.kind) }
    }

    private func text(of plan: ScreeningPlan) -> [String] {
        let proof = plan.proof
        let money = { (value: Double) in Self.grouped(value) + " " + plan.scenario.costs.currency }
        var lines = [
            "Cost of sites, samplers, couriers, machines and staff: \(money(plan.cost)); the "
                + "scenario's own resources cost \(money(plan.givenCost)).",
            "Bound: no plan of the program of flows costs less than \(money(plan.bound)).",
            "Gap: \(Self.percent(plan.gap)) with all that chance needs; "
                + "\(Self.percent(plan.fluidGap)) before (cost \(money(plan.fluidCost))).",
            "Every goal was kept in \(proof.feasible) of \(proof.replications) fresh replications: "
                + "a probability of at least \(Self.percent(proof.lowerLimit)) (95 % confidence).",
            plan.isFeasible
                ? "FEASIBLE  The chosen \(Self.percent(plan.probability)) is proved."
                : "NOT PROVED  The chosen \(Self.percent(plan.probability)) was not reached: allow "
                    + "more time (--time-limit) or more machines and people (--grow).",
            String(
                format: "Time: %.1f s, of which %.1f s for the bound and the program's plan.",
                plan.seconds, plan.fluidSeconds), "",
        ]
        lines += districts(plan.scenario) + [""] + laboratories(plan.scenario)
        return lines
    }

    private func districts(_ scenario: Scenario) -> [String] {
        Self.table(
            ["district", "people", "sites", "lines", "samplers", "couriers", "laboratory"],
            scenario.districts.map { district in
                let lines = district.sites.reduce(0) { $0 + $1.lines }
                let most = district.samplers?.most ?? lines * district.samplersPerLine
                return [
                    district.name, Self.grouped(Double(district.people)),
                    "\(district.sites.count)", "\(lines)", "\(most)", "\(district.couriers)",
                    district.routes.map { scenario.laboratories[$0.laboratory].name }
                        .joined(separator: ", "),
                ]
            })
    }

    private func laboratories(_ scenario: Scenario) -> [String] {
        func shifts(_ levels: Levels) -> String {
            levels.stairs.map { "\($0.count) from \(Int($0.from / 60)) h" }
                .joined(separator: ", ")
        }
        return Self.table(
            ["laboratory", "extraction", "PCR", "reception", "review"],
            scenario.laboratories.map {
                [
                    $0.name, "\($0.extractors.most)", "\($0.cyclers.most)", shifts($0.reception),
                    shifts($0.review),
                ]
            })
    }
}

extension ScreeningReport {
    static func words(_ kind: Relaxation.Kind) -> String {
        func more(_ count: Int, _ one: String, _ many: String) -> String {
            "\(count) \(count == 1 ? one : many) more"
        }
        return switch kind {
        case .hours(let hours): more(hours, "hour", "hours") + " for each result"
        case .samplingHours(let hours):
            more(hours, "hour", "hours") + " until everybody is sampled"
        case .more(.reception, let count):
            more(count, "person", "people") + " at reception of each laboratory"
        case .more(.extraction, let count):
            more(count, "extraction machine", "extraction machines") + " in each laboratory"
        case .more(.pcr, let count):
            more(count, "PCR machine", "PCR machines") + " in each laboratory"
        case .more(.review, let count):
            more(count, "person", "people") + " at review of each laboratory"
        case .machines(let count):
            more(count, "PCR machine", "PCR machines")
                + ", and half as many for extraction, in each laboratory"
        case .growth(let growth):
            String(format: "%.2f times the scenario's machines and people", growth)
        case .twentyInTube: "twenty people in each mixed tube"
        }
    }

    static func hours(_ minutes: Double) -> String {
        let hours = minutes / 60
        return hours == hours.rounded() ? "\(Int(hours)) h" : String(format: "%.1f h", hours)
    }

    static func percent(_ share: Double) -> String { String(format: "%.2f %%", 100 * share) }

    static func grouped(_ value: Double) -> String {
        var digits = String(Int(value.rounded()))
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return ([digits] + groups).joined(separator: ",")
    }

    /// Columns as wide as their widest entry, the first to the left and the others too.
    static func table(_ head: [String], _ rows: [[String]]) -> [String] {
        let all = [head] + rows
        let widths = head.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: max(0, $1 - $0.count)) }
                .joined(separator: "  ").trimmingCharacters(in: .whitespaces)
        }
    }
}
