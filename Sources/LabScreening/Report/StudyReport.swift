internal import Foundation
internal import LabSimulation

/// A study as one HTML file that needs nothing else: charts, each with its table.
package struct StudyReport {
    let study: ScenarioStudy
    let bottleneck: Bottleneck?
    let words: ReportLanguage

    /// A report of a study.
    package init(
        _ study: ScenarioStudy, _ bottleneck: Bottleneck?, in language: ReportLanguage = .en
    ) {
        (self.study, self.bottleneck, words) = (study, bottleneck, language)
    }

    var scenario: Scenario { study.scenario }

    /// The whole page.
    package var html: String {
        ReportPage.html(
            words("Screening of \(scenario.name), simulated", "\(scenario.name) 全员筛查模拟"),
            parts + [part("scenario", "The scenario", "方案", inputs)], in: words)
    }

    /// Its parts, without what was put in.
    package var parts: [PlannerSection] {
        [
            part("answer", "The answer", "结论", summary),
            part("bottleneck", "What stands in the way", "瓶颈", obstacle),
            part("figures", "Key figures", "主要数字", keyFigures),
            part("progress", "People sampled, people with results", "采样与结果进度", progress),
            part("timetable", "Timetable", "时间安排", timetable),
            part("map", "Map of the districts", "分区地图", map),
            part("sites", "Waiting for the swab", "采样点排队", siteQueues),
            part("stations", "Stations of the laboratories", "实验室各环节", stations),
            part("measures", "Every measure", "全部指标", measures),
        ]
    }

    private func part(
        _ id: String, _ english: String, _ chinese: String, _ body: String
    ) -> PlannerSection {
        PlannerSection(id: id, title: words(english, chinese), html: body)
    }
}
