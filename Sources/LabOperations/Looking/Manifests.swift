internal import LabDomain
internal import LabExchange
package import LabStore

/// A faulty line of a manifest as it stands in the file.
package struct FaultyLine: Hashable, Sendable {
    package let line: Int
    package let cells: [String]
    package let places: [Refusal.Place]
}

/// The faulty lines of a manifest under its heading.
package struct FaultyLines: Hashable, Sendable {
    package let heading: [String]
    package let lines: [FaultyLine]
    /// Faulty lines that are not among them.
    package let further: Int
}

extension Laboratory {
    /// A part of the registered manifests, the newest first; sending units and collectors see
    /// their own.
    package func manifests(after: String, as handle: String) throws -> Part<StoredManifest> {
        try look(.registerManifest, as: handle) { view, member in
            let isLimited = member.actor.role.limit != .laboratory
            return try view.manifests(by: isLimited ? handle : nil, after: after)
        }
    }

    /// The faulty lines of a file, each with its cells and everything that is wrong there.
    package static func faultyLines(
        of file: [UInt8], places: [Refusal.Place], most: Int
    ) -> FaultyLines {
        let byLine = Dictionary(grouping: places, by: { $0.line ?? 0 })
        let shown = byLine.keys.sorted().prefix(most)
        let written = ManifestFile.lines(Set(shown), of: file)
        return FaultyLines(
            heading: written.heading,
            lines: shown.map {
                FaultyLine(
                    line: $0, cells: written.cells[$0] ?? [], places: byLine[$0] ?? [])
            }, further: byLine.count - shown.count)
    }
}
