/// Who did something: a person with a role, a device, or the system.
///
/// Every fact names one.
package struct Actor: Hashable, Sendable, Codable {
    /// The short name by which somebody signs: lower-case letters, digits, dots and hyphens.
    package let handle: String
    package let role: Role

    /// An actor with a handle that has been checked.
    package init(handle: String, role: Role) {
        self.handle = handle
        self.role = role
    }

    /// Whether a text can be a handle: 2 to 40 of `a-z 0-9 . -`, beginning with a letter (ACT-2).
    package static func isHandle(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (2...40).contains(bytes.count), let first = bytes.first, (97...122).contains(first)
        else { return false }
        return bytes.allSatisfy { (97...122).contains($0) || isDigit($0) || $0 == 45 || $0 == 46 }
    }
}
