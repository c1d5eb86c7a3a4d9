internal import LabSimulation

/// Scenarios side by side, in words.
package struct ComparisonReport {
    private let comparison: ScenarioComparison
    private let studies: [ScenarioStudy]
    private let words: ReportLanguage

    /// The report of a comparison of studies over the same seeds.
    package init(_ studies: [ScenarioStudy], in language: ReportLanguage) {
        comparison = ScenarioComparison(studies)
        (self.studies, words) = (studies, language)
    }

    /// The comparison for programs.
    package var document: ScenarioComparison { comparison }

    /// The whole page.
    package var html: String {
        ReportPage.html(words("Scenarios compared", "方案比较"), parts, in: words)
    }

    /// Its parts.
    package var parts: [PlannerSection] {
        [
            PlannerSection(id: "answer", title: words("The answer", "结论"), html: summary),
            PlannerSection(
                id: "progress", title: words("People with results", "出结果进度"), html: curves),
            PlannerSection(
                id: "resources", title: words("Their resources", "各方案的资源"), html: resources),
            PlannerSection(
                id: "measures", title: words("Every measure", "全部指标"), html: measures),
        ]
    }

    private var summary: String {
        let rows = comparison.columns.map { column in
            [
                column.name, "\(column.feasible.times) / \(column.feasible.runs)",
                mean(column, "hours_to_99_resulted"), mean(column, "share_in_window", 100) + " %",
                mean(column, "cost"), "\(column.differences.values.count { $0.isReal })",
            ]
        }
        let first = comparison.columns.first?.name ?? ""
        let note = words(
            "Every run of one scenario is paired with the run of the same seed of the other. "
                + "* marks a difference from \(first) whose interval leaves zero out with 95 % "
                + "for all measures together: it is real, and not chance.",
            "各方案用相同随机数配对模拟。* 表示与 \(first) 的差别真实（全部指标合并的 95% 区间不含零），并非偶然。")
        return "<p class=\"answer\">\(escaped(note))</p>"
            + htmlTable(
                [
                    words("scenario", "方案"), words("goal reached", "达成目标"),
                    words("hours to 99 % of the results", "99% 结果（小时）"), words("in window", "时限内"),
                    words("cost", "费用"), words("real differences", "真实差别数"),
                ], rows)
    }

    /// What is compared: how much each scenario has of everything.
    private var resources: String {
        func sum<Part>(_ parts: [Part], _ count: (Part) -> Int) -> String {
            StudyNumbers.grouped(parts.reduce(0) { $0 + count($1) })
        }
        let rows: [(String, (Scenario) -> String)] = [
            (words("sites", "采样点"), { sum($0.districts) { $0.sites.count } }),
            (
                words("lines", "通道"),
                { sum($0.districts) { $0.sites.reduce(0) { $0 + $1.lines } } }
            ),
            (
                words("samplers at once, at the most", "同时采样员（最多）"),
                { sum($0.districts, \.mostSamplers) }
            ),
            (words("couriers", "转运"), { sum($0.districts, \.couriers) }),
            (words("laboratories", "实验室"), { "\($0.laboratories.count)" }),
            (words("people at reception", "收样人员"), { sum($0.laboratories, \.reception.most) }),
            (
                words("extraction machines", "提取仪"),
                { sum($0.laboratories, \.extractors.most) }
            ),
            (words("PCR machines", "扩增仪"), { sum($0.laboratories, \.cyclers.most) }),
            (words("people at review", "审核人员"), { sum($0.laboratories, \.review.most) }),
        ]
        let scenarios = studies.map(\.scenario)
        return htmlTable(
            [""] + scenarios.map(\.name), rows.map { row in [row.0] + scenarios.map(row.1) })
    }

    private func mean(
        _ column: ScenarioComparison.Column, _ name: String, _ scale: Double = 1
    ) -> String {
        column.measures[name].map { StudyNumbers.text(scale * $0.mean) } ?? "-"
    }

    private var curves: String {
        let colors = ["#2171b5", "#d94801", "#238b45", "#8c6bb1", "#b15928", "#636363"]
        let chart = CurveChart(
            title: words("People with results", "出结果进度"), yTitle: words("people", "人"),
            series: studies.enumerated().map { place, study in
                .init(
                    name: study.scenario.name, color: colors[place % colors.count],
                    curve: study.sums(of: \.results))
            }, clock: studies.first?.scenario.clockAtStart ?? 0, language: words)
        let all = studies.map { $0.sums(of: \.results) }
        let longest = all.map(\.hours.count).max() ?? 0
        let rows = stride(from: 0, to: longest, by: 12).map { place in
            ["\(StudyNumbers.text(Double(place) / 4)) h"]
                + all.map { StudyNumbers.text($0.mean[min(place, $0.mean.count - 1)]) }
        }
        return chart.svg + "<details><summary>\(words("As a table", "表格"))</summary>"
            + htmlTable([words("time", "时间")] + studies.map(\.scenario.name), rows) + "</details>"
    }

    private var measures: String {
        MeasureWords.groups.map { group in
            let columns = comparison.columns
            var heading = [words(group.english, group.chinese), columns.first?.name ?? ""]
            for column in columns.dropFirst() {
                heading += [column.name, words("difference", "差别")]
            }
            let rows = group.measures.map { measure in
                columns.enumerated().reduce([words(measure.english, measure.chinese)]) {
                    let (place, column) = $1
                    let value =
                        mean(column, measure.name, measure.isShare ? 100 : 1)
                        + (measure.isShare ? " %" : "")
                    return $0 + [value] + (place > 0 ? [difference(column, measure)] : [])
                }
            }
            return htmlTable(heading, rows)
        }.joined()
    }

    private func difference(
        _ column: ScenarioComparison.Column, _ measure: MeasureWords
    ) -> String {
        guard let difference = column.differences[measure.name] else { return "-" }
        let scale = measure.isShare ? 100.0 : 1
        return StudyNumbers.text(scale * difference.mean, within: scale * difference.halfWidth)
            + (difference.isReal ? " *" : "")
    }

    /// Means and differences as a CSV file.
    package var csv: String {
        let names = MeasureWords.groups.flatMap(\.measures)
        var heading = ["measure", "words"]
        for (place, column) in comparison.columns.enumerated() {
            heading.append(column.name)
            if place > 0 { heading += ["difference", "half_width", "is_real"] }
        }
        let rows = names.map { measure in
            comparison.columns.enumerated().reduce(
                [measure.name, words(measure.english, measure.chinese)]
            ) {
                let (place, column) = $1
                let mean = column.measures[measure.name].map { "\($0.mean)" } ?? ""
                guard place > 0 else { return $0 + [mean] }
                let found = column.differences[measure.name]
                return $0 + [
                    mean, found.map { "\($0.mean)" } ?? "", found.map { "\($0.halfWidth)" } ?? "",
                    found.map { "\($0.isReal)" } ?? "",
                ]
            }
        }
        return csvText([heading] + rows)
    }
}
