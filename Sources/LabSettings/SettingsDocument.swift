internal import LabWording
internal import Yams

/// A settings file, read as YAML and refused when it could mean two things.
///
/// Refused are doubled keys, a second document, anchors and aliases (a place must be one place),
/// keys that are not single values, and files too long or too deep to be settings.
package struct SettingsDocument: Sendable {
    /// The longest settings file in bytes.
    package static let longest = 1 << 20
    /// The deepest nesting of lists and mappings.
    package static let deepest = 32

    /// The value of the whole file.
    package let root: SettingsNode

    /// Reads a file's text.
    /// - Parameters:
    ///   - text: The text.
    ///   - name: The file's name as complaints shall show it.
    /// - Throws: `SettingsFaults` with the place of what cannot be read.
    package init(_ text: String, name: String) throws(SettingsFaults) {
        let start = SettingsPlace(file: name, line: 1, column: 1, path: "")
        guard text.utf8.count <= Self.longest else {
            throw SettingsFaults(start, "longer than 1 MiB; split the file")
        }
        if let place = YAMLGuard.firstAliasTooMany(in: text, file: name) {
            throw SettingsFaults(place, "too many aliases; write the values out")
        }
        var converter = NodeConverter(file: name)
        let root: SettingsNode?
        do {
            // Without rules every plain word stays a text: `no` is Norway until a reader asks for
            // a yes or no. The parser must live while anchors are looked for, it holds them.
            let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
            root = try withExtendedLifetime(parser) {
                try parser.singleRoot().map { converter.convert($0, path: "", depth: 1) }
            }
        } catch {
            throw SettingsFaults(faults: [YAMLWords.fault(error, file: name)])
        }
        guard converter.faults.isEmpty else { throw SettingsFaults(faults: converter.faults) }
        guard let root, root.content != .nothing else {
            throw SettingsFaults(start, "the file is empty; fill in its settings")
        }
        self.root = root
    }
}

extension SettingsFaults {
    init(_ place: SettingsPlace, _ message: Wording) {
        self.init(faults: [SettingsFault(place: place, message: message)])
    }
}
