internal import LabWording

/// A value in a settings file that knows its place.
package struct SettingsNode: Equatable, Sendable {
    /// A key of a mapping with its value.
    package struct Entry: Equatable, Sendable {
        /// The key.
        package let key: String
        /// Where the key stands.
        package let keyPlace: SettingsPlace
        /// The value.
        package let value: SettingsNode
    }

    /// The three shapes of YAML, and nothing.
    package indirect enum Content: Equatable, Sendable {
        /// Keys with values, in the order of the file.
        case mapping([Entry])
        /// A list.
        case sequence([SettingsNode])
        /// A text, a number or a word, as it is written.
        case scalar(String)
        /// No value: nothing, `~` or `null`, not in quotes.
        case nothing

        var name: Wording {
            switch self {
            case .mapping: "a mapping"
            case .sequence: "a list"
            case .scalar: "a single value"
            case .nothing: "no value"
            }
        }
    }

    /// Where the value begins.
    package let place: SettingsPlace
    /// What it is.
    package let content: Content
}
