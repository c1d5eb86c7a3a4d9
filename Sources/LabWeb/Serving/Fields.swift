internal import Foundation

/// The fields of a form or a query, in their order; a name may stand several times.
package struct Fields: Sendable {
    private var values: [(name: String, value: String)] = []

    /// No fields.
    package init() {}

    /// Reads `application/x-www-form-urlencoded` text; a broken part stands for itself.
    package init(urlEncoded text: String) {
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            values.append((Self.decoded(parts[0]), parts.count > 1 ? Self.decoded(parts[1]) : ""))
        }
    }

    /// The first value under a name, without white space around it; nil when the name is not
    /// there.
    package subscript(name: String) -> String? {
        values.first { $0.name == name }?.value.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The first value under a name as it was typed.
    package func untrimmed(_ name: String) -> String? { values.first { $0.name == name }?.value }

    /// All values under a name.
    package func all(_ name: String) -> [String] {
        values.filter { $0.name == name }.map(\.value)
    }

    /// A whole number of at most nine digits under a name.
    package func number(_ name: String) -> Int? {
        guard let text = self[name], (1...9).contains(text.utf8.count) else { return nil }
        return Int(text)
    }

    /// All fields in their order.
    var pairs: [(name: String, value: String)] { values }

    mutating func add(_ name: String, _ value: String) { values.append((name, value)) }

    private static func decoded(_ text: Substring) -> String {
        let spaced = text.replacingOccurrences(of: "+", with: " ")
        return spaced.removingPercentEncoding ?? spaced
    }
}
