internal import GRDB
internal import LabDomain

extension StoreView {
    /// A part of the boxes in the order of their codes, those with missing tubes alone or all.
    package func boxes(
        onlyIncomplete: Bool, after: String, size: Int = Part<BoxSummary>.size
    ) throws -> Part<BoxSummary> {
        let names = try values(
            onlyIncomplete
                ? """
                SELECT DISTINCT box FROM tube WHERE state = 'expected' AND box > ?
                ORDER BY box LIMIT ?
                """
                : "SELECT DISTINCT box FROM tube WHERE box > ? ORDER BY box LIMIT ?",
            [after, size + 1]
        ) { BoxID($0["box"]) }
        return Part(try names.compactMap { try box($0) }, size: size) { $0.box.text }
    }
}
