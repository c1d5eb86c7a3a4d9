internal import LabDomain
internal import LabOperations
internal import LabStore

/// Manifests: handed in, checked in place, registered.
struct ManifestsPage: Hashable, Sendable {
    /// A registered one.
    struct Row: Hashable, Sendable {
        let manifest: String
        let time: String
        let by: String
        let tubes: Int
        let people: Int
        let left: String
    }

    let csrf: String
    let result: ManifestResult?
    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager

    init(
        _ part: Part<StoredManifest>, after: String, result: ManifestResult? = nil,
        for visit: Visit
    ) {
        csrf = visit.csrf
        self.result = result
        rows = part.rows.map {
            Row(
                manifest: $0.id.text, time: visit.time($0.registeredAt), by: $0.registeredBy,
                tubes: $0.tubes, people: $0.people,
                left: $0.linesLeftOut == 0
                    ? "" : visit.words.count("manifests.leftOut", $0.linesLeftOut))
        }
        isEmpty = part.rows.isEmpty
        pager = Pager(part, on: "/manifests", after: after)
    }
}
