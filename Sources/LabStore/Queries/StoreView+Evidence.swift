internal import Foundation
internal import GRDB
package import LabDomain

extension StoreView {
    /// The sealed file of a plate's run; nil without a run, and for runs of earlier versions.
    package func evidence(of plate: PlateID) throws -> [UInt8]? {
        try row(
            "SELECT f.sealed FROM runFile f JOIN run r ON r.id = f.run WHERE r.plate = ?",
            [plate.text]
        ).map { [UInt8]($0["sealed"] as Data) }
    }
}

extension Transaction {
    /// Keeps the sealed file of a run.
    package func keepEvidence(_ sealed: [UInt8], for id: RunID) throws {
        try database.execute(
            sql: "INSERT INTO runFile (run, sealed) VALUES (?, ?)",
            arguments: [id.text, Data(sealed)])
    }
}
