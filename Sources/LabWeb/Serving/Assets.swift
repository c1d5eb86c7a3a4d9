internal import Foundation
internal import LabSecrets

/// Styles, scripts and icons, under an address that changes when any of them does: modules import
/// each other, so all of them change their address together.
struct Assets: Sendable {
    private let files: [String: (bytes: [UInt8], type: String)]
    private let hash: String

    init() throws {
        var files: [String: (bytes: [UInt8], type: String)] = [:]
        var parts: [[UInt8]] = []
        for name in try Resources.files(in: "Assets") {
            let bytes = [UInt8](try Resources.data("Assets/\(name)"))
            files[name] = (bytes, Self.type(of: name))
            parts += [Array(name.utf8), bytes]
        }
        // One sheet in the order of the files' names: what is general comes first.
        let sheet = try Resources.files(in: "Styles").flatMap {
            [UInt8](try Resources.data("Styles/\($0)"))
        }
        files["swabline.css"] = (sheet, Self.type(of: "swabline.css"))
        parts += [sheet]
        self.files = files
        hash = String(Hash.hex(Hash.blake2b256(parts: parts)).prefix(10))
    }

    /// All names, for the tests and for import maps.
    var names: [String] { files.keys.sorted() }

    /// Where a browser finds a file.
    func path(_ name: String) -> String { "/assets/\(hash)/\(name)" }

    func file(_ name: String) -> (bytes: [UInt8], type: String)? {
        files[name]
    }

    private static func type(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        default: "application/octet-stream"
        }
    }
}

extension Site {
    var assetRoutes: [Route] {
        [
            .get("/assets/:hash/:file", .everybody) { visit in
                guard let file = visit.site.assets.file(visit.parameter("file")) else {
                    throw Missing()
                }
                return .asset(file.bytes, type: file.type)
            }
        ]
    }
}

/// There is nothing at an address.
struct Missing: Error {}
