internal import LabPooling

/// A row of the chance that a pool is detected, by its size.
struct DilutionRow {
    let row: TableRow

    init(_ row: TableRow) {
        self.row = row
    }

    func recompute() throws -> Recomputed { throw RowFault("not yet") }
}
