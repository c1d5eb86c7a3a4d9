internal import Foundation

/// What stood in a form that was refused, so that the page shows it again.
package struct TypedForm: Hashable, Sendable, Encodable {
    let action: String
    /// Names and values in the form's order.
    let fields: [[String]]

    /// As much is kept of a form; a longer one has a page that shows it again itself.
    private static let longest = 8_192

    /// Nobody's secret is shown again, and each page has its own tokens.
    private static let secret: Set = [
        "csrf", "key", "back", "password", "old", "new", "again", "secret", "basis",
    ]

    /// The fields that were sent to a path; nil when there are none, or too much.
    init?(_ form: Fields, to path: String) {
        let kept = form.pairs.filter { !Self.secret.contains($0.name) }
        let length = kept.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        guard !kept.isEmpty, length <= Self.longest else { return nil }
        action = path
        fields = kept.map { [$0.name, $0.value] }
    }
}
