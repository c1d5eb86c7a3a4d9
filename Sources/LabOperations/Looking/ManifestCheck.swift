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
    /// The manifest as which this very file is registered already, and then nothing is a fault.
    package let registered: Registered?
    /// The first line of each sending unit of which no tube was registered before, where any was.
    ///
    /// No fault, but perhaps a name that is mistyped.
    package let newUnitLines: [Int]

    /// A file that was registered before.
    package struct Registered: Codable, Sendable {
        package let manifest: ManifestID
        package let tubes: Int
        package let people: Int
        package let at: Timestamp
        package let by: String
    }
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
            let isLimited = member.actor.role.limit != .laboratory
            if let stored = try view.manifest(
                ofFile: prepared.fileHash, by: isLimited ? handle : nil), stored.linesLeftOut == 0
            {
                return ManifestCheck(stored)
            }
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
                heldBack: heldBack.sorted(), registered: nil,
                newUnitLines: try prepared.newUnitLines(in: view))
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

extension ManifestCheck {
    /// A file all of whose lines are registered.
    fileprivate init(_ stored: StoredManifest) {
        self.init(
            tubes: stored.tubes, people: stored.people, faults: [], heldBack: [],
            registered: Registered(
                manifest: stored.id, tubes: stored.tubes, people: stored.people,
                at: stored.registeredAt, by: stored.registeredBy), newUnitLines: [])
    }
}

extension RegisterManifest.Prepared {
    /// The first line of each unit that no registered tube names.
    fileprivate func newUnitLines(in view: StoreView) throws -> [Int] {
        guard try view.hasTubes() else { return [] }
        let first = Dictionary(
            tubes.map { ($0.tube.unit, $0.tube.lines.min() ?? 0) }, uniquingKeysWith: min)
        return try first.filter { try !view.hasTubes(of: $0.key) }.map(\.value).sorted()
    }
}
