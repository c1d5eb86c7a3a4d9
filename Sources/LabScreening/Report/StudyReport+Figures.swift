internal import LabSimulation

extension StudyReport {
    /// The numbers that are asked for first.
    var keyFigures: String {
        let times = ["50", "90", "95", "99", "100"].map { share in
            ["\(share) %", hours("hours_to_\(share)_sampled"), hours("hours_to_\(share)_resulted")]
        }
        let others: [(String, String, String)] = [
            ("share_in_window", "inside the window from receipt", "时限内出结果"),
            ("turnaround_p50_hours", "receipt to result, median, h", "收样到结果中位数（小时）"),
            ("turnaround_p90_hours", "receipt to result, 90 %, h", "收样到结果 90%（小时）"),
            ("turnaround_p99_hours", "receipt to result, 99 %, h", "收样到结果 99%（小时）"),
            ("wells", "tests", "检测数"), ("plates", "plates", "板数"),
            ("kits", "reactions with controls", "试剂（含质控反应数）"),
            ("found", "infected found", "检出感染者"), ("missed", "infected missed", "漏检感染者"),
            ("called_back", "people called back", "召回人数"),
            (
                "cost", "cost, \(scenario.costs.currency)",
                "费用（\(ReportLanguage.zh.currency(scenario.costs.currency))）"
            ),
        ]
        return htmlTable(
            [
                words("share of the people", "人数比例"), words("sampled after, h", "采样用时（小时）"),
                words("with results after, h", "出结果用时（小时）"),
            ], times, caption: words("Hours from the start", "自开始起的小时数"))
            + htmlTable(
                ["", words("mean, with its 95 % interval", "均值及 95% 区间")],
                others.compactMap { name, english, chinese in
                    figure(name, isShare: name == "share_in_window").map {
                        [words(english, chinese), $0]
                    }
                }, caption: words("Tests and cost", "检测与费用"))
    }

    private func hours(_ name: String) -> String { figure(name, isShare: false) ?? "-" }

    private func figure(_ name: String, isShare: Bool) -> String? {
        study[name].map { spread in
            let scale = isShare ? 100.0 : 1
            return StudyNumbers.text(scale * spread.mean, within: scale * spread.halfWidth)
                + (isShare ? " %" : "")
        }
    }

    /// Every measure as a CSV file.
    package var csv: String {
        let rows = MeasureWords.groups.flatMap(\.measures).compactMap { measure in
            study[measure.name].map { spread in
                [
                    measure.name, words(measure.english, measure.chinese), "\(spread.mean)",
                    "\(spread.halfWidth)", "\(spread.sd)", "\(spread.min)", "\(spread.max)",
                ]
            }
        }
        return csvText(
            [["measure", "words", "mean", "ci95_half", "sd", "min", "max"]] + rows)
    }
}

/// Rows as CSV with a mark that tells spreadsheets the text is UTF-8.
func csvText(_ rows: [[String]]) -> String {
    let lines = rows.map { row in
        row.map { cell in
            cell.contains { ",\"\n\r".contains($0) }
                ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
        }.joined(separator: ",")
    }
    return "\u{FEFF}" + lines.joined(separator: "\r\n") + "\r\n"
}
