/// Titles and sources that the program itself writes into scenarios, in the reader's language.
///
/// A scenario's file keeps them in English; whatever a person wrote stays as it was written.
enum ScenarioTitle {
    /// Where a scenario of the census has its numbers from.
    static let census = """
        People, households and positions: 2020 census by county (National Bureau of Statistics, \
        2022). Sites, tables and samplers: guideline on area-wide testing, third edition. \
        Machines and hours: assumptions, see the guide.
        """

    private static let chineseCensus = """
        人口、家庭户和位置：2020 年分县人口普查（国家统计局，2022）。采样点、采样台和采样员：\
        《区域新型冠状病毒核酸检测组织实施指南（第三版）》。设备与时段：假设，见使用指南。
        """

    private static let places = [
        "Diqing": "迪庆", "Guizhou": "贵州", "Jingdezhen": "景德镇", "Yantai": "烟台",
    ]

    private static let campaigns = [
        "Qingdao, 12 to 16 October 2020: 10.9 million people in five days":
            "青岛，2020 年 10 月 12 日至 16 日：五天 1,090 万人",
        "Shijiazhuang, 6 to 8 January 2021: 10.25 million people in three days":
            "石家庄，2021 年 1 月 6 日至 8 日：三天 1,025 万人",
        "Wuhan, 14 May to 1 June 2020: 9.9 million people in nineteen days":
            "武汉，2020 年 5 月 14 日至 6 月 1 日：十九天 990 万人",
    ]

    static func chinese(_ title: String) -> String {
        if let known = campaigns[title] { return known }
        guard let made = title.wholeMatch(of: #/(.+), ([\d,]+) people in (\d+) days?/#) else {
            return title
        }
        let name = String(made.1)
        return "\(places[name] ?? name)，\(made.2) 人，\(made.3) 天"
    }

    static func chineseSource(_ source: String) -> String {
        source == census ? chineseCensus : source
    }
}

extension ReportLanguage {
    /// A scenario's title; one that a person wrote is the same in every language.
    package func title(_ title: String) -> String {
        self == .zh ? ScenarioTitle.chinese(title) : title
    }

    /// Where a scenario has its numbers from.
    func source(_ source: String) -> String {
        self == .zh ? ScenarioTitle.chineseSource(source) : source
    }
}
