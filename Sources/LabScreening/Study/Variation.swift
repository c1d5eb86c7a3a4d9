package import LabSimulation

/// One more of a resource, everywhere: what a bottleneck is told by.
package enum Variation: String, CaseIterable, Sendable, Encodable {
    case site
    case line
    case courier
    case reception
    case extraction
    case pcr
    case review

    /// The scenario with one more, and how many that are in all.
    package func applied(to scenario: Scenario) -> (scenario: Scenario, added: Int) {
        var changed = scenario
        var added = 0
        switch self {
        case .site:
            for place in changed.districts.indices {
                let sites = changed.districts[place].sites
                let people = sites.reduce(0) { $0 + $1.weight } / Double(max(1, sites.count))
                let lines = sites.map(\.lines).max() ?? 1
                changed.districts[place].sites.append(Scenario.Site(weight: people, lines: lines))
                staff(lines, &changed.districts[place])
                added += 1
            }
        case .line:
            for place in changed.districts.indices {
                for site in changed.districts[place].sites.indices {
                    changed.districts[place].sites[site].lines += 1
                    added += 1
                }
                staff(changed.districts[place].sites.count, &changed.districts[place])
            }
        case .courier:
            for place in changed.districts.indices {
                changed.districts[place].couriers += 1
                added += 1
            }
        case .reception, .extraction, .pcr, .review:
            for place in changed.laboratories.indices {
                let old = changed.laboratories[place].levels(of: station)
                changed.laboratories[place].set(old.adding(1), at: station)
                added += 1
            }
        }
        return (changed, added)
    }

    /// New lines come with their samplers, in every shift that has any.
    private func staff(_ lines: Int, _ district: inout Scenario.District) {
        district.samplers = district.samplers?.adding(lines * district.samplersPerLine)
    }

    private var station: ScenarioStation {
        switch self {
        case .extraction: .extraction
        case .pcr: .pcr
        case .review: .review
        default: .reception
        }
    }

    /// The resource in Chinese.
    var chinese: String {
        switch self {
        case .site: "采样点"
        case .line: "采样通道"
        case .courier: "转运"
        case .reception: "收样"
        case .extraction: "核酸提取"
        case .pcr: "扩增"
        case .review: "审核"
        }
    }

    /// What one more is called.
    package var words: String {
        switch self {
        case .site: "one more site in every district"
        case .line: "one more line at every site"
        case .courier: "one more courier in every district"
        case .reception: "one more technician at every reception"
        case .extraction: "one more extraction machine in every laboratory"
        case .pcr: "one more PCR machine in every laboratory"
        case .review: "one more reviewer in every laboratory"
        }
    }
}

/// What stands in the way, with the evidence.
package struct Bottleneck: Sendable, Encodable {
    /// What one more of a resource changes, with the same chance otherwise.
    package struct Evidence: Sendable, Encodable {
        package let variation: Variation
        package let words: String
        /// How many were added in all.
        package let added: Int
        /// The change of each measure that is looked at; below zero is less.
        package let change: [String: Spread]
    }

    /// The measures by which variations are judged, the most important first.
    package static let judges = [
        "hours_to_99_resulted", "share_in_window", "turnaround_p90_hours", "hours_to_99_sampled",
        "wait_mean_minutes", "cost",
    ]

    package let evidence: [Evidence]
    /// The resource that helps most; nil when none helps for certain.
    package let bottleneck: Variation?
    /// The measure it helps.
    package let measure: String?
    /// What was found, in a sentence.
    package let finding: String
    /// The same in Chinese.
    let chineseFinding: String

    private enum CodingKeys: String, CodingKey {
        case evidence, bottleneck, measure, finding
    }

    /// Judges variations.
    /// - Parameters:
    ///   - base: The runs of the scenario.
    ///   - varied: The runs of each variation with the same seeds, in the same order.
    package init(
        base: [ScenarioOutcome],
        varied: [(variation: Variation, added: Int, runs: [ScenarioOutcome])]
    ) {
        evidence = varied.map { item in
            var change: [String: Spread] = [:]
            for name in Self.judges {
                let differences = zip(item.runs, base).map { ($0[name] ?? 0) - ($1[name] ?? 0) }
                change[name] = Spread(differences)
            }
            return Evidence(
                variation: item.variation, words: item.variation.words, added: item.added,
                change: change)
        }
        (bottleneck, measure) = Self.judge(evidence)
        finding = Self.words(evidence, bottleneck, measure)
        chineseFinding = Self.chineseWords(evidence, bottleneck, measure)
    }

    /// The smallest gain that is worth a name: hours, share and minutes.
    private static let least = [
        "hours_to_99_resulted": 0.1, "share_in_window": 0.001, "turnaround_p90_hours": 0.05,
    ]

    private static func judge(_ evidence: [Evidence]) -> (Variation?, String?) {
        for name in judges {
            guard let least = least[name] else { continue }
            // A greater share is better, and less of everything else.
            let sign = name == "share_in_window" ? 1.0 : -1
            let gains = evidence.compactMap { item -> (Variation, Double)? in
                guard let change = item.change[name], change.isReal, sign * change.mean >= least
                else { return nil }
                return (item.variation, sign * change.mean)
            }
            if let best = gains.max(by: { $0.1 < $1.1 }) { return (best.0, name) }
        }
        return (nil, nil)
    }

    private static func words(
        _ evidence: [Evidence], _ bottleneck: Variation?, _ measure: String?
    ) -> String {
        guard let bottleneck, let measure,
            let item = evidence.first(where: { $0.variation == bottleneck }),
            let change = item.change[measure]
        else {
            return "No single resource stands in the way: one more of none of them brings results "
                + "earlier for certain. The hours at which people come and the steps themselves "
                + "set the pace."
        }
        let gain = StudyNumbers.text(abs(change.mean), within: change.halfWidth)
        let effect =
            switch measure {
            case "hours_to_99_resulted": "brings 99 % of the results \(gain) hours earlier"
            case "share_in_window":
                "puts \(StudyNumbers.text(100 * change.mean, within: 100 * change.halfWidth)) % "
                    + "more people inside the window"
            default: "shortens the turnaround of the slowest tenth by \(gain) hours"
            }
        return "The bottleneck is \(name(of: bottleneck)): \(bottleneck.words) "
            + "(\(item.added) in all) \(effect)."
    }

    private static func name(of variation: Variation) -> String {
        switch variation {
        case .site: "the number of sites"
        case .line: "the number of sampling lines"
        case .courier: "the couriers"
        case .reception: "reception"
        case .extraction: "extraction"
        case .pcr: "PCR"
        case .review: "review"
        }
    }

    private static func chineseWords(
        _ evidence: [Evidence], _ bottleneck: Variation?, _ measure: String?
    ) -> String {
        guard let bottleneck, let measure,
            let item = evidence.first(where: { $0.variation == bottleneck }),
            let change = item.change[measure]
        else {
            return "没有单一资源构成瓶颈：各增加一个都不能确定地提前出结果，进度由到场时间和各环节本身决定。"
        }
        let scale = measure == "share_in_window" ? 100.0 : 1
        let gain = StudyNumbers.text(scale * abs(change.mean), within: scale * change.halfWidth)
        let effect =
            switch measure {
            case "hours_to_99_resulted": "99% 的结果提前 \(gain) 小时"
            case "share_in_window": "时限内出结果的人数增加 \(gain) 个百分点"
            default: "最慢一成的周转缩短 \(gain) 小时"
            }
        return "瓶颈：\(bottleneck.chinese)。每处各增加一个（共 \(item.added) 个），\(effect)。"
    }
}
