internal import Foundation

/// The programmes and settings that come with the product.
package enum ShippedRules: String, CaseIterable, Sendable {
    case jingdezhen = "jingdezhen-2021-07"
    case laboratory
    /// A receiver of reports, to start from.
    case receiver
    /// Who is told of what, to start from.
    case alerting

    /// The YAML text.
    /// - Throws: when the program's resource folder is not beside it.
    package func text() throws -> String { try Self.text(of: rawValue, in: "Rules") }

    /// The YAML text of a file.
    static func text(of name: String, in folder: String) throws -> String {
        let url = Bundle.module.url(
            forResource: name, withExtension: "yaml", subdirectory: folder)
        guard let url else { throw CocoaError(.fileNoSuchFile) }
        return try String(contentsOf: url, encoding: .utf8)
    }
}
