internal import Foundation
internal import LabSimulation

/// The planner's answer as a report in either language.
package struct PlanReport {
    let report: ScreeningReport
    private let words: ReportLanguage

    /// The report of an answer.
    package init(_ report: ScreeningReport, in language: ReportLanguage) {
        (self.report, words) = (report, language)
    }

    /// The whole page.
    package var html: String {
        ReportPage.html(
            words("Plan of a screening: \(report.scenario.name)", "筛查方案优化：\(report.scenario.name)"),
            parts, in: words)
    }

    /// Its parts.
    package var parts: [PlannerSection] {
        var parts = [
            PlannerSection(id: "answer", title: words("The answer", "结论"), html: answer)
        ]
        guard let plan = report.planned else { return parts }
        parts += [
            PlannerSection(
                id: "cost", title: words("Cost, bound and proof", "费用、下界与验证"), html: cost(plan)),
            PlannerSection(
                id: "districts", title: words("Districts", "各区"), html: districts(plan.scenario)),
            PlannerSection(
                id: "laboratories", title: words("Laboratories", "实验室"),
                html: laboratories(plan.scenario)),
        ]
        return parts
    }

    private var answer: String {
        switch report.answer {
        case .plan(let plan): verdict(plan) + sentence(goal(report.scenario), "p")
        case .impossible(let districts, let relaxations, let plan):
            impossible(districts, relaxations, plan)
        }
    }

    private func sentence(_ text: String, _ style: String = "answer") -> String {
        "<p\(style == "p" ? "" : " class=\"\(style)\"")>\(escaped(text))</p>"
    }

    private func verdict(_ plan: ScreeningPlan) -> String {
        let chosen = ScreeningReport.percent(plan.probability)
        let least = ScreeningReport.percent(plan.proof.lowerLimit)
        let text =
            plan.isFeasible
            ? words(
                "Feasible: the chosen probability of \(chosen) is proved (at least \(least)).",
                "可行：所选概率 \(chosen) 已得到验证（不低于 \(least)）。")
            : words(
                "Not proved: the chosen probability of \(chosen) was not reached (at least "
                    + "\(least)). Allow more time, or more machines and people.",
                "未能验证：没有达到所选概率 \(chosen)（不低于 \(least)）。请给更多时间，或更多设备和人员。")
        return sentence(text, plan.isFeasible ? "answer good" : "answer warn")
    }

    private func goal(_ scenario: Scenario) -> String {
        let goal = scenario.goal
        let (sampled, results, window) = (
            ScreeningReport.hours(goal.sampledWithin), ScreeningReport.hours(goal.resultsWithin),
            ScreeningReport.hours(goal.window)
        )
        return words(
            "Goal: everybody sampled within \(sampled), resulted within \(results), each within "
                + "\(window) of receipt.",
            "目标：\(sampled) 内全部采样，\(results) 内全部出结果，每份在收样后 \(window) 内出结果。")
    }

    private func impossible(
        _ districts: [String], _ relaxations: [Relaxation], _ plan: ScreeningPlan?
    ) -> String {
        let names = districts.prefix(6).joined(separator: words(", ", "、"))
        let items = relaxations.map {
            "<li>\(escaped(words(ScreeningReport.words($0.kind), Self.chinese($0.kind))))</li>"
        }
        var text = sentence(
            words(
                "The goal cannot be met within the limits, not even by flows without chance: "
                    + names + ".",
                "在限度之内无法达到目标，即使不计随机波动：\(names)。"))
        text += sentence(
            relaxations.isEmpty
                ? words(
                    "Nothing that was tried makes it possible; give more of everything.",
                    "试过的办法都不够；请增加各项资源。")
                : words(
                    "The least of each kind that makes it possible there:", "各类办法中最少需要："), "p")
        text += items.isEmpty ? "" : "<ul>\(items.joined())</ul>"
        if let plan, let first = relaxations.first {
            let kind = words(ScreeningReport.words(first.kind), Self.chinese(first.kind))
            text += sentence(
                words("The plan below is that with \(kind).", "下面是采取“\(kind)”时的方案。"), "p")
            text += verdict(plan) + sentence(goal(first.scenario), "p")
        }
        return text
    }

    private func cost(_ plan: ScreeningPlan) -> String {
        let currency = words.currency(plan.scenario.costs.currency)
        let money = { ScreeningReport.grouped($0) + " " + currency }
        let percent = ScreeningReport.percent
        let proof = plan.proof
        return htmlTable(
            ["", ""],
            [
                [words("cost of the plan's resources", "方案资源费用"), money(plan.cost)],
                [
                    words("cost of the scenario's own resources", "原方案资源费用"),
                    money(plan.givenCost),
                ],
                [words("no plan of flows costs less than", "流量规划的费用下界"), money(plan.bound)],
                [words("gap of the plan to this bound", "与下界的差距"), percent(plan.gap)],
                [
                    words("gap of the program before chance", "不计随机波动时的差距"),
                    percent(plan.fluidGap),
                ],
                [
                    words("fresh replications that kept every goal", "达到全部目标的验证模拟"),
                    "\(proof.feasible) / \(proof.replications)",
                ],
                [
                    words("probability at least, with 95 % confidence", "概率下限（95% 置信）"),
                    percent(proof.lowerLimit),
                ],
                [words("seconds", "用时（秒）"), String(format: "%.1f", plan.seconds)],
            ], caption: words("What is known of the plan", "方案的已知情况"))
    }

    private func districts(_ scenario: Scenario) -> String {
        htmlTable(
            [
                words("district", "区"), words("people", "人口"), words("sites", "采样点"),
                words("lines", "通道"), words("samplers", "采样员"), words("couriers", "转运"),
                words("laboratory", "实验室"),
            ],
            scenario.districts.map { district in
                let lines = district.sites.reduce(0) { $0 + $1.lines }
                let isLocal = words == .zh && !district.localName.isEmpty
                return [
                    isLocal ? district.localName : district.name,
                    StudyNumbers.grouped(district.people), "\(district.sites.count)", "\(lines)",
                    "\(district.mostSamplers)",
                    "\(district.couriers)",
                    district.routes.map { scenario.laboratories[$0.laboratory].name }
                        .joined(separator: words(", ", "、")),
                ]
            })
    }

    private func laboratories(_ scenario: Scenario) -> String {
        func shifts(_ levels: Levels) -> String {
            levels.stairs.map { stair in
                let at = words.clock(stair.from, of: scenario)
                return words("\(stair.count) from \(at)", "\(at)起 \(stair.count) 人")
            }.joined(separator: words(", ", "、"))
        }
        return htmlTable(
            [
                words("laboratory", "实验室"), words("extraction machines", "提取仪"),
                words("PCR machines", "扩增仪"), words("people at reception", "收样人员"),
                words("people at review", "审核人员"),
            ],
            scenario.laboratories.map {
                [
                    $0.name, "\($0.extractors.most)", "\($0.cyclers.most)", shifts($0.reception),
                    shifts($0.review),
                ]
            })
    }

    static func chinese(_ kind: Relaxation.Kind) -> String {
        switch kind {
        case .hours(let hours): "每份结果放宽 \(hours) 小时"
        case .samplingHours(let hours): "采样时间放宽 \(hours) 小时"
        case .more(.reception, let count): "每家实验室收样增加 \(count) 人"
        case .more(.extraction, let count): "每家实验室增加 \(count) 台提取仪"
        case .more(.pcr, let count): "每家实验室增加 \(count) 台扩增仪"
        case .more(.review, let count): "每家实验室审核增加 \(count) 人"
        case .machines(let count): "每家实验室增加 \(count) 台扩增仪及一半数量的提取仪"
        case .growth(let growth): String(format: "设备和人员为原方案的 %.2f 倍", growth)
        case .twentyInTube: "每支混采管 20 人"
        }
    }
}
