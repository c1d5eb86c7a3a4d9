internal import Foundation
package import LabDomain

/// The catalogue of one language: what the operations say, for people at a web page.
///
/// The command line says `Wording.text`. The English catalogue holds only the sentences that name a
/// command of the shell, in other words.
package struct Sentences: Sendable {
    private let templates: [String: String]

    /// The catalogue of a language.
    ///
    /// - Throws: when the program's resource folder is not beside it.
    package init(_ language: Language) throws {
        let url = Bundle.module.url(
            forResource: language.rawValue, withExtension: "json", subdirectory: "Sentences")
        guard let url else { throw CocoaError(.fileNoSuchFile) }
        templates = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: url))
    }

    /// A wording in this language; what the catalogue does not hold stays English.
    package func say(_ wording: Wording) -> String { wording.said { templates[$0] } }

    /// The keys of single words of closed lists: `role|technician`.
    package var words: Set<String> { Set(templates.keys.filter { $0.contains("|") }) }

    /// Whether the catalogue holds every part of a wording.
    package func knows(_ wording: Wording) -> Bool {
        wording.parts.allSatisfy { templates[$0.key] != nil }
    }
}
