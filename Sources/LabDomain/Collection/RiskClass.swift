/// How likely the people of a tube are to be infected, as the programme classes them.
///
/// It decides who may be pooled with whom and at which ratio (Jingdezhen plan, July 2021).
package enum RiskClass: String, CaseIterable, Hashable, Sendable, Codable {
    case low
    case medium
    case high
    /// Key persons and close contacts: single tubes, never pooled.
    case key
}

extension RiskClass {
    /// A class as files write it, in English or Chinese; nil when it is none.
    package init?(written cell: String) {
        guard let known = Self.words[cell] ?? Self.words[cell.lowercased()] else { return nil }
        self = known
    }

    private static let words: [String: RiskClass] = [
        "low": .low, "低": .low, "低风险": .low, "medium": .medium, "中": .medium,
        "中风险": .medium, "high": .high, "高": .high, "高风险": .high,
        "key": .key, "重点": .key, "重点人群": .key,
    ]
}
