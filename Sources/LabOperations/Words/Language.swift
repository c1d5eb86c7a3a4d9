/// The languages in which the laboratory speaks.
package enum Language: String, CaseIterable, Sendable, Codable {
    case english = "en"
    case chinese = "zh"
}
