import Foundation
import LabDomain
import LabExchange
import LabOperations
import Testing

/// A laboratory in which single tubes wait to be pooled.
struct PoolBench {
    let bench: WebBench
    let tubes: [String]

    /// So many tubes of low risk, each of a household of its own, and then some of key persons.
    init(low: Int, key: Int = 0) throws {
        bench = try WebBench()
        tubes = (0..<low + key).map { WebBench.barcode($0 + 1) }
        let rows = try tubes.enumerated().map { number, tube in
            [
                ManifestColumn.tube: tube, .kind: "1:1", .unit: "Unit 1", .box: "B1",
                .risk: number < low ? "low" : "key", .name: "Person \(number)",
                .collectedAt: Zone.china.text(bench.now),
                .documentNumber: try WebBench.document(number),
                .telephone: "102\(10_000_000 + number)", .address: "Home \(number)",
            ]
        }
        try perform(RegisterManifest(file: ManifestFile.write(rows), mode: .allOrNothing))
        try perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
    }

    @discardableResult
    func perform<Asked: Command>(_ command: Asked) throws -> Asked.Answer {
        try bench.laboratory.perform(command, as: Role.technician.rawValue, at: bench.now).answer
    }

    var pools: [PoolPicture] {
        get throws {
            try bench.laboratory.pools(onlyOpen: false, as: Role.technician.rawValue).map {
                try bench.laboratory.picture(of: $0.id, as: Role.technician.rawValue)
            }
        }
    }
}

extension Browser.Seen {
    /// The value of each hidden field of a name, in their order.
    func values(_ name: String) -> [String] {
        body.matches(of: #/<input [^>]*name="([^"]*)" value="([^"]*)"/#)
            .filter { $0.1 == name }.map { String($0.2) }
    }
}
