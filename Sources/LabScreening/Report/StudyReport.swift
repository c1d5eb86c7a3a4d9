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
        let title = words("Screening of \(scenario.name), simulated", "\(scenario.name) 全员筛查模拟")
        return """
            <!DOCTYPE html>
            <html lang="\(words.rawValue)"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(escaped(title))</title><style>\(Self.style)</style></head><body>
            <h1>\(escaped(title))</h1>
            \(summary)
            \(section("What stands in the way", "瓶颈", obstacle))
            \(section("People sampled, people with results", "采样与结果进度", progress))
            \(section("Timetable", "时间安排", timetable))
            \(section("Map of the districts", "分区地图", map))
            \(section("Waiting for the swab", "采样点排队", siteQueues))
            \(section("Stations of the laboratories", "实验室各环节", stations))
            \(section("Every measure", "全部指标", measures))
            \(section("The scenario", "方案", inputs))
            </body></html>

            """
    }

    private func section(_ english: String, _ chinese: String, _ body: String) -> String {
        "<section><h2>\(escaped(words(english, chinese)))</h2>\(body)</section>"
    }

    private static let style = """
        body{font:15px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;color:#1b1b1b;max-width:920px;\
        margin:2em auto;padding:0 1em}
        h1{font-size:1.6em}h2{font-size:1.2em;border-bottom:1px solid #ccc;margin-top:2em}
        svg{width:100%;height:auto}svg text{font-size:11px;fill:#333}
        .grid{stroke:#ddd}.mark{stroke:#b30000;stroke-dasharray:4 3}
        .sampling{fill:#6baed6}.results{fill:#2ca25f}.work{fill:#8c6bb1}
        table{border-collapse:collapse;font-size:13px;margin:.6em 0}
        th,td{padding:2px 10px 2px 0;border-bottom:1px solid #eee;text-align:left;font-weight:400}
        thead th{font-weight:600;border-bottom:1px solid #999;vertical-align:bottom}
        .number{text-align:right;font-variant-numeric:tabular-nums}
        caption{text-align:left;font-weight:600;padding:.5em 0 .2em}
        .wide{overflow-x:auto}.legend span{margin-right:1.4em;font-size:13px}
        .legend i{display:inline-block;width:12px;height:12px;margin-right:5px;\
        border:1px solid #777;vertical-align:-1px}
        .tiles{list-style:none;display:flex;flex-wrap:wrap;gap:6px;padding:0}
        .tiles li{padding:8px 12px;border-radius:4px;font-size:13px}
        .answer{font-size:1.1em;padding:.6em .9em;background:#f3f6fa;border-left:4px solid #08519c}
        details{margin:.4em 0}summary{cursor:pointer;color:#08519c}
        @media print{body{margin:0;max-width:none}section{break-inside:avoid-page}}
        """
}
