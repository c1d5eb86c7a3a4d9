/// For which part of the collection somebody works.
///
/// A sending unit works for its unit and a collector for its site; everybody else works for the
/// whole laboratory (ACT-3).
package enum Scope: Hashable, Sendable, Codable {
    case laboratory
    /// A sending unit, as manifests name it.
    case unit(String)
    /// A sampling site, as manifests name it.
    case site(String)

    /// The unit to which somebody is limited.
    package var unit: String? { if case .unit(let name) = self { name } else { nil } }

    /// The site to which somebody is limited.
    package var site: String? { if case .site(let name) = self { name } else { nil } }
}

extension Role {
    /// What somebody with a role is limited to.
    package enum Limit: String, CaseIterable, Hashable, Sendable {
        case laboratory
        case unit
        case site
    }

    /// What somebody with this role is limited to (ACT-3).
    package var limit: Limit {
        switch self {
        case .sendingUnit: .unit
        case .collector: .site
        default: .laboratory
        }
    }

    /// Whether somebody with this role can have `scope`.
    package func fits(_ scope: Scope) -> Bool {
        switch scope {
        case .laboratory: limit == .laboratory
        case .unit: limit == .unit
        case .site: limit == .site
        }
    }
}
