/// The columns of a roster.
package enum RosterColumn: String, CaseIterable, Sendable {
    case person
    case name
    case unit
    case site
    case household
    case risk

    /// Whether a roster without this column is refused.
    var isRequired: Bool { self == .person || self == .unit }

    /// Other headings that lists of residents have.
    static let aliases: [String: String] = [
        "人员编号": "person", "人员编码": "person", "编号": "person", "序号": "person",
        "姓名": "name", "单位": "unit", "送检单位": "unit", "小区": "unit", "村组": "unit",
        "楼栋": "unit", "采样点": "site", "户": "household", "户号": "household",
        "家庭": "household", "家庭编号": "household", "家庭户": "household",
        "风险": "risk", "风险等级": "risk",
    ]
}
