package import LabWording

/// One thing that is wrong with a settings file.
package struct SettingsFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// Where it is.
    package let place: SettingsPlace
    /// What is wrong and what to do; the value itself is not repeated.
    package let message: Wording

    /// A fault that is found after the reading, such as values that contradict each other.
    package init(place: SettingsPlace, message: Wording) {
        (self.place, self.message) = (place, message)
    }

    /// `file:line:column: path: what; what to do`.
    package var description: String {
        let path = place.path.isEmpty ? "" : "\(place.path): "
        return "\(place.file):\(place.line):\(place.column): \(path)\(message)"
    }
}

/// Everything that is wrong with a settings file, found in one reading.
package struct SettingsFaults: Error, Equatable, Sendable, CustomStringConvertible {
    /// The faults, at least one, in the order in which they were found.
    package let faults: [SettingsFault]

    /// Faults, at least one.
    package init(faults: [SettingsFault]) { self.faults = faults }

    /// One fault a line.
    package var description: String {
        faults.map(\.description).joined(separator: "\n")
    }
}

/// A place in a settings file.
package struct SettingsPlace: Equatable, Sendable {
    /// The name of the file.
    package let file: String
    /// The line, from 1.
    package let line: Int
    /// The column in characters, from 1.
    package let column: Int
    /// The way from the root, such as `clocks[2].limit` (items count from 1); empty at the root.
    package let path: String
}
