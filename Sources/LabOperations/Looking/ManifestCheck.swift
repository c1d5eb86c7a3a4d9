package import LabDomain
internal import LabExchange
internal import LabStore

/// What registering a manifest would do.
package struct ManifestCheck: Codable, Sendable {
    package let tubes: Int
    package let people: Int
    package let faults: [ManifestFault]
    /// Good lines of tubes that have a faulty one.
    package let heldBack: [Int]
}

extension Laboratory {
    /// Checks a manifest against its own rules and against what is registered; stores nothing.
    package func check(
        manifest file: [UInt8], as handle: String, at now: Timestamp
    ) throws -> ManifestCheck {
        let member = try look(.registerManifest, as: handle) { _, member in member }
        let command = RegisterManifest(file: file, mode: .goodRowsOnly)
        let prepared = try command.prepare(
            under: try rules(), for: member, vault: vault, at: now)
        return try look(.registerManifest, as: handle) { view in
            var faults = prepared.faults
            var heldBack = prepared.heldBack
            var whole: [RegisterManifest.Sealed] = []
            let names = try view.nameTokens(
                of: prepared.tubes.flatMap { $0.people.map(\.id) })
            for tube in prepared.tubes {
                let known = try RegisterManifest.faults(
                    of: tube, knownAs: names, columns: prepared.columns, in: view)
                if known.isEmpty { whole.append(tube) }
                faults += known
                if !known.isEmpty {
                    heldBack += tube.tube.lines.filter { line in
                        !known.contains { $0.line == line }
                    }
                }
            }
            return ManifestCheck(
                tubes: whole.count, people: whole.reduce(0) { $0 + $1.people.count },
                faults: faults.sorted { ($0.line, $0.column ?? 0) < ($1.line, $1.column ?? 0) },
                heldBack: heldBack.sorted())
        }
    }

    /// The lines that were left out, as a file to be mended and handed in again.
    package static func rejects(
        of file: [UInt8], places: [Refusal.Place], heldBack: [Int],
        saying say: (Wording) -> String = \.text
    ) -> [UInt8] {
        let faults = places.compactMap { place in
            place.line.map {
                ManifestFault(
                    line: $0, column: place.column, heading: place.subject,
                    code: ManifestFault.Code(rawValue: place.code) ?? .row,
                    message: place.message, remedy: place.remedy)
            }
        }
        return ManifestFile.rejects(file, faults: faults, heldBack: heldBack, saying: say)
    }

    /// An example manifest to start from.
    package static var manifestTemplate: [UInt8] { ManifestFile.template }
}
