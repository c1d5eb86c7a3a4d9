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
        MustacheContentTypes.register(EscapedText(), named: EscapedText.name)
        var library = MustacheLibrary()
        for file in try Resources.files(in: "Templates") where file.hasSuffix(".mustache") {
            let source = String(decoding: try Resources.data("Templates/\(file)"), as: UTF8.self)
            // Every template says it anew: a partial begins with the library's own escaping.
            try library.register(
                "{{% CONTENT_TYPE: \(EscapedText.name)}}" + Self.worded(source, by: catalogue),
                named: String(file.dropLast(9)))
        }
        self.library = library
    }

    /// A model as the template shows it.
    /// - Throws: when there is no such template.
    func render(_ model: Any, _ template: String) throws -> String {
        let shown = Shown.value(model) ?? model
        guard let text = library.render(shown, withTemplate: template) else {
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

private let special = Set("&<>\"'".utf8)

/// A text as HTML shows it, in elements and in attributes.
func escaped(_ text: String) -> String {
    // Most texts have nothing to escape.
    guard text.utf8.contains(where: { $0 < 63 && special.contains($0) }) else { return text }
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
