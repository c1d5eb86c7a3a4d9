internal import LabStore

/// The way to the further parts of a long list.
struct Pager: Hashable, Sendable {
    let nextPath: String?
    let firstPath: String?

    /// The way on from a part of a list; `path` is the page with its other questions.
    init<Row>(_ part: Part<Row>, on path: String, after: String) {
        let joint = path.contains("?") ? "&" : "?"
        nextPath = part.next.map { "\(path)\(joint)after=\(encoded($0))" }
        firstPath = after.isEmpty ? nil : path
    }
}
