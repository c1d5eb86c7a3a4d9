internal import LabExchange

/// What a table of text is for, told by its heading, so that one that was given to the wrong page
/// is sent to the right one.
package enum TableKind: String, CaseIterable, Sendable {
    /// The sending unit's list of people and tubes.
    case manifest
    /// An instrument's cycles.
    case run

    /// The kind of a file whose heading leaves no doubt; nil for every other.
    package init?(_ file: [UInt8]) {
        let heading = Set(
            ManifestFile.lines([], of: file).heading.map {
                ManifestFile.standardHeading(of: $0)
            })
        let isRun = heading.contains("well") && !heading.isDisjoint(with: ["cq", "ct"])
        let isManifest = heading.isSuperset(of: ["tube", "unit"])
        switch (isRun, isManifest) {
        case (true, false): self = .run
        case (false, true): self = .manifest
        default: return nil
        }
    }
}
