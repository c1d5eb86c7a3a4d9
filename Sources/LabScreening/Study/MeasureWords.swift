/// What the measures are called, and in which groups they are shown.
package struct MeasureWords: Sendable {
    package let name: String
    package let english: String
    package let chinese: String
    /// How numbers are shown.
    package let isShare: Bool

    private init(_ name: String, _ english: String, _ chinese: String, isShare: Bool = false) {
        (self.name, self.english, self.chinese) = (name, english, chinese)
        self.isShare = isShare
    }

    /// A group of measures under one heading.
    package struct Group: Sendable {
        package let english: String
        package let chinese: String
        package let measures: [MeasureWords]
    }

    /// Every measure that is shown, in groups.
    package static let groups = [
        Group(
            english: "People and tubes", chinese: "人员与采样管",
            measures: [
                .init("people", "people who came", "到场人数"),
                .init("people_not_sampled", "people who could not be sampled", "未能采样人数"),
                .init("people_without_result", "people without a result", "未出结果人数"),
                .init("tubes", "tubes", "采样管"),
                .init("tubes_by_timeout", "tubes closed by time-out", "超时封管"),
                .init("people_per_tube", "people in a tube", "每管人数"),
                .init("trips", "trips to laboratories", "送样趟数"),
                .init("wait_mean_minutes", "mean wait at a site, minutes", "平均排队（分钟）"),
                .init("wait_p99_minutes", "99 % wait at most, minutes", "99% 排队不超过（分钟）"),
                .init("wait_max_minutes", "longest wait at a site, minutes", "最长排队（分钟）"),
                .init("most_waiting_at_a_site", "most people waiting at a site", "单点最多排队人数"),
            ]),
        Group(
            english: "Hours from the start", chinese: "自开始起的小时数",
            measures: ["50", "90", "95", "99", "100"].flatMap { share in
                [
                    MeasureWords(
                        "hours_to_\(share)_sampled", "until \(share) % are sampled",
                        "\(share)% 完成采样"),
                    MeasureWords(
                        "hours_to_\(share)_resulted", "until \(share) % have results",
                        "\(share)% 出结果"),
                ]
            }),
        Group(
            english: "Turnaround", chinese: "周转时间",
            measures: [
                .init(
                    "share_in_window", "share inside the window from receipt", "时限内出结果比例",
                    isShare: true),
                .init("turnaround_p50_hours", "receipt to result, median, hours", "收样到结果中位数（小时）"),
                .init("turnaround_p90_hours", "90 % at most, hours", "90% 不超过（小时）"),
                .init("turnaround_p99_hours", "99 % at most, hours", "99% 不超过（小时）"),
                .init("turnaround_max_hours", "longest, hours", "最长（小时）"),
                .init("swab_to_result_p50_hours", "swab to result, median, hours", "采样到结果中位数（小时）"),
                .init(
                    "swab_to_result_p99_hours", "swab to result, 99 % at most, hours",
                    "采样到结果 99%（小时）"),
            ]),
        Group(
            english: "Queues and use of the stations", chinese: "各环节排队与利用率",
            measures: [
                .init("most_waiting_reception", "most tubes waiting at a reception", "收样最多积压管数"),
                .init("most_waiting_extraction", "most plates waiting for extraction", "提取最多积压板数"),
                .init("most_waiting_pcr", "most plates waiting for PCR", "扩增最多积压板数"),
                .init("most_waiting_review", "most plates waiting for review", "审核最多积压板数"),
                .init("use_reception", "use of reception", "收样利用率", isShare: true),
                .init("use_extraction", "use of extraction", "提取利用率", isShare: true),
                .init("use_pcr", "use of PCR", "扩增利用率", isShare: true),
                .init("use_review", "use of review", "审核利用率", isShare: true),
            ]),
        Group(
            english: "Findings", chinese: "检出",
            measures: [
                .init("infected", "infected who were sampled", "采样中的感染者"),
                .init("found", "found", "检出"),
                .init("missed", "missed", "漏检"),
                .init("missed_expected", "expected to be missed", "预期漏检"),
                .init("positive_wells", "positive wells of first tests", "初检阳性孔"),
                .init("called_back", "people called back", "召回人数"),
                .init("kept_tubes_retested", "kept tubes retested", "复检留存管"),
            ]),
        Group(
            english: "Supplies and cost", chinese: "物资与费用",
            measures: [
                .init("wells", "tests (wells with samples)", "检测数（样本孔）"),
                .init("plates", "plates", "板数"),
                .init("plates_repeated", "plates repeated", "重做板数"),
                .init("kits", "kits (reactions, controls included)", "试剂（含质控反应数）"),
                .init("cost_of_resources", "cost of resources", "资源费用"),
                .init("cost_of_supplies", "cost of supplies", "耗材费用"),
                .init("cost", "cost", "总费用"),
            ]),
    ]
}
