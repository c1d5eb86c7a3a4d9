internal import LabSimulation

extension StudyReport {
    /// The question and its answer.
    var summary: String {
        let people = scenario.districts.reduce(0) { $0 + $1.people }
        let sites = scenario.districts.reduce(0) { $0 + $1.sites.count }
        let lines = scenario.districts.reduce(0) { $0 + $1.sites.reduce(0) { $0 + $1.lines } }
        let couriers = scenario.districts.reduce(0) { $0 + $1.couriers }
        let cyclers = scenario.laboratories.reduce(0) { $0 + $1.cyclers.most }
        let goal = scenario.goal
        let feasible = study.feasible
        let counts = [
            (people, words("people", "人")), (sites, words("sites", "个采样点")),
            (lines, words("lines", "条采样通道")), (couriers, words("couriers", "名转运员")),
            (scenario.laboratories.count, words("laboratories", "家实验室")),
            (cyclers, words("PCR machines", "台扩增仪")),
        ].map { "\(StudyNumbers.grouped($0.0)) \($0.1)" }
            .joined(separator: words(", ", "、"))
        let question = words(
            "All sampled within \(number(goal.sampledWithin / 60)) h, all results within "
                + "\(number(goal.resultsWithin / 60)) h, "
                + "\(number(100 * goal.shareInWindow)) % inside \(number(goal.window / 60)) h of "
                + "receipt: reached in \(feasible.times) of "
                + "\(feasible.runs) runs (probability \(number(feasible.share)), 95 % interval "
                + "\(number(feasible.low)) to \(number(feasible.high))).",
            "\(number(goal.sampledWithin / 60)) 小时内全部采样、\(number(goal.resultsWithin / 60)) "
                + "小时内全部出结果、收样后 \(number(goal.window / 60)) 小时内出结果达 "
                + "\(number(100 * goal.shareInWindow))%：\(feasible.runs) 次模拟中 \(feasible.times) "
                + "次达成（概率 \(number(feasible.share))，95% 区间 \(number(feasible.low)) 至 "
                + "\(number(feasible.high)))。")
        return "<p>\(escaped(words.title(scenario.title)))</p>"
            + "<p class=\"answer\">\(escaped(question))</p>"
            + "<p>\(escaped(counts))</p>"
            + (scenario.source.isEmpty
                ? "" : "<p><small>\(escaped(words.source(scenario.source)))</small></p>")
    }

    /// The bottleneck with its evidence.
    var obstacle: String {
        guard let bottleneck else {
            return "<p>\(words("Not looked for in this run.", "本次未分析。"))</p>"
        }
        let heading = [
            words("One more", "增加一个"), words("added", "增加数"),
            words("h to 99 % results", "99% 结果（小时）"), words("% in window", "时限内（%）"),
            words("h, slowest tenth", "最慢 10%（小时）"), words("h to 99 % sampled", "99% 采样（小时）"),
            words("mean wait, min", "平均排队（分钟）"), words("cost", "费用"),
        ]
        let rows = bottleneck.evidence.map { item in
            [words(item.words, item.variation.chinese), "\(item.added)"]
                + Bottleneck.judges.map { name in
                    guard let change = item.change[name] else { return "-" }
                    let scale = name == "share_in_window" ? 100.0 : 1
                    return StudyNumbers.text(scale * change.mean, within: scale * change.halfWidth)
                }
        }
        let note = words(
            "Changes against the scenario as it is, with the same chance, and 95 % intervals.",
            "与原方案相比的变化（相同随机数），附 95% 区间。")
        return
            spare + "<p class=\"answer\">"
            + "\(escaped(words(bottleneck.finding, bottleneck.chineseFinding)))</p>"
            + "<p>\(escaped(note))</p>"
            + htmlTable(heading, rows)
    }

    /// Where nothing stands in the way, that is said first.
    private var spare: String {
        let goal = scenario.goal.resultsWithin / 60
        guard study.feasible.times == study.feasible.runs,
            let last = study["hours_to_100_resulted"]?.max, last <= goal
        else { return "" }
        let (spare, whole) = (number(goal - last), number(goal))
        let text = words(
            "The goal is kept in every run, with \(spare) hours to spare: the last result comes "
                + "after \(number(last)) of \(whole) hours at the latest. More is not needed"
                + (bottleneck?.bottleneck == nil ? "." : "; what would help most:"),
            "每次模拟都达成目标，尚余 \(spare) 小时：最晚 \(number(last)) 小时出完全部结果"
                + "（目标 \(whole) 小时）。无需增加资源"
                + (bottleneck?.bottleneck == nil ? "。" : "；最有帮助的办法："))
        return "<p class=\"answer good\">\(escaped(text))</p>"
    }

    /// Curves of people, with a table.
    var progress: String {
        let sampled = study.sums(of: \.sampled)
        let resulted = study.sums(of: \.results)
        let chart = CurveChart(
            title: words("People over time", "人数进度"), yTitle: words("people", "人"),
            series: [
                .init(name: words("sampled", "已采样"), color: "#2171b5", curve: sampled),
                .init(name: words("with a result", "已出结果"), color: "#238b45", curve: resulted),
            ], clock: scenario.clockAtStart, language: words,
            marks: goals)
        return chart.svg
            + details(
                htmlTable(
                    [words("time", "时间"), words("sampled", "已采样"), words("with a result", "已出结果")],
                    everyThreeHours(sampled).map { place in
                        [
                            clock(60 * sampled.hours[place]), number(sampled.mean[place]),
                            place < resulted.mean.count ? number(resulted.mean[place]) : "-",
                        ]
                    }))
    }

    private func everyThreeHours(_ curve: ScenarioStudy.Curve) -> [Int] {
        let step = CurveChart.hours(curve.hours.last ?? 1).count > 1 ? 12 : 1
        return Array(stride(from: 0, to: curve.hours.count, by: step))
    }

    /// When districts and laboratories are busy.
    var timetable: String {
        let document = StudyDocument(study, nil)
        let districts = document.districts.map { district in
            TimetableChart.Row(
                name: district.name,
                bars: [
                    .init(
                        from: district.firstSwab, to: district.lastSwab, style: "sampling",
                        words: words("sampling", "采样")),
                    .init(
                        from: district.halfResulted, to: district.lastResult, style: "results",
                        words: words("second half of the results", "后一半结果")),
                ])
        }
        let laboratories = document.laboratories.filter { $0.tubes > 0 }.map { laboratory in
            TimetableChart.Row(
                name: laboratory.name,
                bars: [
                    .init(
                        from: laboratory.firstReceipt, to: laboratory.lastRelease, style: "work",
                        words: words("first tube to last release", "首管至末次发布"))
                ])
        }
        let rows = document.districts.map { district in
            [
                district.name, clock(60 * district.firstSwab), clock(60 * district.lastSwab),
                clock(60 * district.halfResulted), clock(60 * district.mostResulted),
                clock(60 * district.lastResult),
            ]
        }
        let keys = [
            ("#6baed6", words("sampling", "采样")),
            ("#2ca25f", words("second half of the results", "后一半结果")),
            ("#8c6bb1", words("laboratory at work", "实验室工作")),
            ("#a3122b", words("goals: sampled, results", "目标：采样、结果")),
        ].map { "<span>\(ReportPage.key($0.0))\($0.1)</span>" }
        let legend = "<p class=\"legend\">\(keys.joined())</p>"
        // Both on one axis, which holds the goals too.
        let until = max(
            goals.map(\.hours).max() ?? 1,
            (districts + laboratories).flatMap(\.bars).map(\.to).max() ?? 1)
        return chart(districts, words("Districts", "各区"), until) + legend
            + chart(laboratories, words("Laboratories", "实验室"), until)
            + details(
                htmlTable(
                    [
                        words("district", "区"), words("first swab", "首采"), words("last swab", "末采"),
                        words("50 % results", "50% 结果"), words("95 % results", "95% 结果"),
                        words("last result", "末个结果"),
                    ], rows))
    }

    private func chart(
        _ rows: [TimetableChart.Row], _ title: String, _ until: Double
    ) -> String {
        TimetableChart(
            title: title, rows: rows, clock: scenario.clockAtStart, dayWord: dayWord,
            until: until, marks: goals
        ).svg
    }

    /// By when the goal wants everybody sampled, and every result.
    private var goals: [(hours: Double, word: String)] {
        [
            (scenario.goal.sampledWithin / 60, words("goal: sampled", "采样目标")),
            (scenario.goal.resultsWithin / 60, words("goal: results", "结果目标")),
        ]
    }

    /// Where results come late.
    var map: String {
        let document = StudyDocument(study, nil)
        let places = zip(scenario.districts, document.districts).map { plan, district in
            DistrictMap.Place(
                name: words == .zh && !plan.localName.isEmpty ? plan.localName : plan.name,
                people: plan.people, position: plan.position, hours: district.mostResulted)
        }
        return DistrictMap(
            title: words("Hours until 95 % of the results", "95% 结果所需小时"), places: places,
            hoursWord: words("hours until 95 % of the results", "95% 结果所需小时")
        ).html
            + details(
                htmlTable(
                    [
                        words("district", "区"), words("people", "人口"),
                        words("hours to 95 % results", "95% 结果（小时）"),
                    ], places.map { [$0.name, StudyNumbers.grouped($0.people), number($0.hours)] }))
    }

    func details(_ body: String) -> String {
        "<details><summary>\(words("As a table", "表格"))</summary>\(body)</details>"
    }

    func number(_ value: Double) -> String { StudyNumbers.text(value) }

    func clock(_ minutes: Double) -> String { words.clock(minutes, of: scenario) }

    var dayWord: String { words("day", "日") }
}
