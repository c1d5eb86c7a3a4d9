internal import Foundation
internal import LabOperations
internal import Mustache

/// The templates of all pages in one language.
///
/// `[[key]]` in a template stands for a text of the catalogue; it is put in when the templates are
/// read, so that a page costs no look-up of its fixed words.
struct Templates: Sendable {
    private let library: MustacheLibrary

    init(_ catalogue: Catalogue) throws {
        var library = MustacheLibrary()
        for file in try Resources.files(in: "Templates") where file.hasSuffix(".mustache") {
            let source = String(decoding: try Resources.data("Templates/\(file)"), as: UTF8.self)
            try library.register(
                Self.worded(source, by: catalogue), named: String(file.dropLast(9)))
        }
        self.library = library
    }

    /// A model as the template shows it.
    /// - Throws: when there is no such template.
    func render(_ model: Any, _ template: String) throws -> String {
        guard let text = library.render(model, withTemplate: template) else {
            throw CocoaError(.fileNoSuchFile)
        }
        return text
    }

    static func worded(_ source: String, by catalogue: Catalogue) -> String {
        var worded = ""
        var rest = source[...]
        while let start = rest.range(of: "[["), let end = rest.range(of: "]]") {
            worded += rest[..<start.lowerBound]
            worded += escaped(catalogue.say(String(rest[start.upperBound..<end.lowerBound])))
            rest = rest[end.upperBound...]
        }
        return worded + rest
    }
}

/// A text as HTML shows it, in elements and in attributes.
func escaped(_ text: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": escaped += "&amp;"
        case "<": escaped += "&lt;"
        case ">": escaped += "&gt;"
        case "\"": escaped += "&quot;"
        case "'": escaped += "&#39;"
        default: escaped.unicodeScalars.append(scalar)
        }
    }
    return escaped
}
