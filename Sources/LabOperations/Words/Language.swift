/// A language in which the laboratory speaks to people.
package enum Language: String, CaseIterable, Hashable, Sendable, Codable {
    case english = "en"
    case chinese = "zh"
}
