internal import LabDomain
internal import LabSimulation

extension StudyReport {
    /// People waiting at sites.
    var siteQueues: String {
        let curve = study.waitingAtSites
        let chart = CurveChart(
            title: words("People waiting at sites", "采样点排队人数"), yTitle: words("people", "人"),
            series: [.init(name: words("waiting", "排队"), color: "#d94801", curve: curve)],
            clock: scenario.clockAtStart, language: words)
        return chart.svg + details(curveTable([(words("waiting", "排队"), curve)]))
    }

    /// Who waits and works at each station, and how much it is used.
    var stations: String {
        let names = [
            words("reception (tubes)", "收样（管）"), words("extraction (plates)", "提取（板）"),
            words("PCR (plates)", "扩增（板）"), words("review (plates)", "审核（板）"),
        ]
        let charts = zip(ScenarioStation.allCases, names).map { station, name in
            let waiting = study.load(of: station, \.waiting)
            let working = study.load(of: station, \.working)
            let chart = CurveChart(
                title: name, yTitle: name,
                series: [
                    .init(name: words("waiting", "等待"), color: "#cb181d", curve: waiting),
                    .init(name: words("at work", "在做"), color: "#2171b5", curve: working),
                ], clock: scenario.clockAtStart, language: words)
            return "<h3>\(escaped(name))</h3>" + chart.svg
                + details(
                    curveTable([
                        (words("waiting", "等待"), waiting), (words("at work", "在做"), working),
                    ]))
        }
        return charts.joined() + laboratories
    }

    private func curveTable(_ curves: [(String, ScenarioStudy.Curve)]) -> String {
        let hours = curves.map(\.1.hours.count).min() ?? 0
        let rows = stride(from: 0, to: hours, by: 12).map { place in
            [clock(60 * curves[0].1.hours[place])] + curves.map { number($0.1.mean[place]) }
        }
        return htmlTable([words("time", "时间")] + curves.map(\.0), rows)
    }

    private var laboratories: String {
        let rows = StudyDocument(study, nil).laboratories.map { laboratory in
            [laboratory.name, number(laboratory.tubes), number(laboratory.plates)]
                + ScenarioStation.allCases.map {
                    number(100 * (laboratory.use["\($0)"] ?? 0)) + " %"
                }
                + ScenarioStation.allCases.map { "\(laboratory.mostWaiting["\($0)"] ?? 0)" }
        }
        let stations = [
            words("reception", "收样"), words("extraction", "提取"), words("PCR", "扩增"),
            words("review", "审核"),
        ]
        return htmlTable(
            [words("laboratory", "实验室"), words("tubes", "管"), words("plates", "板")]
                + stations.map { words("use of \($0)", "\($0)利用率") }
                + stations.map { words("most waiting, \($0)", "\($0)最多等待") }, rows,
            caption: words("Use of every station", "各环节利用率"))
    }

    /// All measures with their spread.
    var measures: String {
        MeasureWords.groups.map { group in
            let rows = group.measures.compactMap { measure -> [String]? in
                guard let spread = study[measure.name] else { return nil }
                let scale = measure.isShare ? 100.0 : 1
                let unit = measure.isShare ? " %" : ""
                return [words(measure.english, measure.chinese)]
                    + [spread.mean, spread.halfWidth, spread.sd, spread.min, spread.max].map {
                        number(scale * $0) + unit
                    }
            }
            return htmlTable(
                [
                    "", words("mean", "均值"), "± 95 %", words("sd", "标准差"), words("least", "最小"),
                    words("most", "最大"),
                ], rows, caption: words(group.english, group.chinese))
        }.joined()
    }

    /// What was put in.
    var inputs: String {
        let districts = scenario.districts.map { district in
            [
                words == .zh && !district.localName.isEmpty ? district.localName : district.name,
                StudyNumbers.grouped(district.people), "\(district.sites.count)",
                "\(district.sites.reduce(0) { $0 + $1.lines })", "\(district.couriers)",
                "\(district.ring)", clock(district.starts),
                district.routes.map { scenario.laboratories[$0.laboratory].name }
                    .joined(separator: ", "),
            ]
        }
        let laboratories = scenario.laboratories.map { laboratory in
            [
                laboratory.name, "\(laboratory.reception.most)", "\(laboratory.extractors.most)",
                "\(laboratory.cyclers.most)", "\(laboratory.review.most)",
            ]
        }
        return htmlTable(
            [
                words("district", "区"), words("people", "人口"), words("sites", "采样点"),
                words("lines", "通道"), words("couriers", "转运"), words("ring", "圈层"),
                words("starts", "开始"), words("laboratories", "实验室"),
            ], districts)
            + htmlTable(
                [
                    words("laboratory", "实验室"), words("reception", "收样"),
                    words("extraction", "提取"), words("PCR", "扩增"), words("review", "审核"),
                ], laboratories)
            + "<details><summary>YAML</summary>"
            + "<pre>\(escaped(ScenarioFile.write(scenario)))</pre></details>"
    }
}
