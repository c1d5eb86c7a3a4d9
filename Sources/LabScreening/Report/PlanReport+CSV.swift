internal import LabSimulation

extension PlanReport {
    /// The whole plan as a CSV file, one figure a line; empty without a plan.
    ///
    /// Parts are `plan` (cost, bound and proof), `district`, and `laboratory` with its machines and
    /// its people from each hour on.
    package var csv: String {
        guard let plan = report.document.plan else { return "" }
        let rows =
            proof(plan) + plan.districts.flatMap(district) + plan.laboratories.flatMap(laboratory)
        return csvText([["part", "name", "figure", "from_hour", "value"]] + rows)
    }

    private typealias Plan = ScreeningReport.Plan

    private func proof(_ plan: Plan) -> [[String]] {
        let name = report.scenario.name
        return [
            ("is_feasible", plan.isFeasible ? "yes" : "no"),
            ("chosen_probability", "\(plan.probability)"),
            ("probability_at_least", "\(plan.probabilityAtLeast)"),
            ("replications", "\(plan.replications)"),
            ("replications_that_kept_every_goal", "\(plan.feasibleReplications)"),
            ("cost_\(plan.currency)", "\(plan.cost)"),
            ("cost_of_the_scenario_\(plan.currency)", "\(plan.givenCost)"),
            ("lower_bound_\(plan.currency)", "\(plan.bound)"), ("gap", "\(plan.gap)"),
            ("seconds", "\(plan.seconds)"),
        ].map { ["plan", name, $0.0, "", $0.1] }
    }

    private func district(_ district: ScreeningReport.District) -> [[String]] {
        [
            ("people", "\(district.people)"), ("sites", "\(district.sites)"),
            ("lines", "\(district.lines)"), ("samplers", "\(district.samplers)"),
            ("couriers", "\(district.couriers)"),
            ("laboratories", district.laboratories.joined(separator: "; ")),
        ].map { ["district", district.name, $0.0, "", $0.1] }
    }

    private func laboratory(_ laboratory: ScreeningReport.Laboratory) -> [[String]] {
        let machines: [[String]] = [
            ("extraction_machines", laboratory.extractors), ("pcr_machines", laboratory.cyclers),
        ].map { ["laboratory", laboratory.name, $0.0, "", "\($0.1)"] }
        let people: [[String]] = [
            ("people_at_reception", laboratory.reception), ("people_at_review", laboratory.review),
        ].flatMap { figure, shifts in
            shifts.map {
                ["laboratory", laboratory.name, figure, "\($0.fromHour)", "\($0.people)"]
            }
        }
        return machines + people
    }
}
