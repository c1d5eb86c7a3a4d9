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
