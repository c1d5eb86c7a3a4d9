internal import Foundation
package import LabOperations

/// Every text of the pages in one language, by its key.
package struct Catalogue: Sendable {
    package let language: Language
    private let texts: [String: String]

    /// Reads the catalogue of a language out of the program's resources: one file for each part of
    /// the pages.
    package init(_ language: Language) throws {
        self.language = language
        let folder = "Texts/\(language.rawValue)"
        var texts: [String: String] = [:]
        for file in try Resources.files(in: folder) {
            texts.merge(
                try JSONDecoder().decode(
                    [String: String].self, from: try Resources.data("\(folder)/\(file)"))
            ) { first, _ in first }
        }
        self.texts = texts
    }

    /// The keys that the catalogue knows.
    package var keys: Set<String> { Set(texts.keys) }

    /// The text behind a key as it stands, with its places; nil when there is none.
    package func text(_ key: String) -> String? { texts[key] }

    /// The text behind a key, its places `{name}` filled in.
    ///
    /// A key that nobody wrote shows itself between double brackets; a test looks for those.
    package func say(_ key: String, _ values: [String: String] = [:]) -> String {
        guard var text = texts[key] else { return "⟦\(key)⟧" }
        for (name, value) in values {
            text = text.replacingOccurrences(of: "{\(name)}", with: value)
        }
        return text
    }

    /// The text behind a key that depends on a number: `key.one` for 1 where there is such, else
    /// `key`; `{n}` is the number.
    package func count(_ key: String, _ n: Int, _ values: [String: String] = [:]) -> String {
        let one = key + ".one"
        return say(
            n == 1 && texts[one] != nil ? one : key, values.merging(["n": "\(n)"]) { $1 })
    }

    /// The word for one case of a closed list, such as `role.technician`.
    package func word(_ list: String, _ value: some RawRepresentable<String>) -> String {
        say("\(list).\(value.rawValue)")
    }

    /// All texts whose keys begin with `prefix`, without it: for the scripts of a page.
    package func texts(under prefix: String) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: texts.filter { $0.key.hasPrefix(prefix) }
                .map { (String($0.key.dropFirst(prefix.count)), $0.value) })
    }
}
