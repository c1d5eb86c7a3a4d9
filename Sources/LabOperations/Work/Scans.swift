internal import LabDomain
internal import LabStore

extension Rules {
    /// Reads scans into barcodes and collects what is wrong with them, each scan by its number.
    func tubes(scanned scans: [String]) -> (tubes: [(TubeID, Int)], places: [Refusal.Place]) {
        var tubes: [(TubeID, Int)] = []
        var places: [Refusal.Place] = []
        for (index, scan) in scans.enumerated() {
            do {
                tubes.append(
                    (try BarcodeFormat.read(scan, under: settings.barcodes), index + 1))
            } catch {
                places.append(
                    Refusal.Place(
                        line: index + 1, subject: "scan \(index + 1)", code: error.code,
                        message: error.message, remedy: "Scan the tube again."))
            }
        }
        return (tubes, places)
    }
}

extension Work {
    /// Reads scans into barcodes and collects what is wrong with them, each scan by its number.
    func tubes(scanned scans: [String]) -> (tubes: [(TubeID, Int)], places: [Refusal.Place]) {
        rules.tubes(scanned: scans)
    }

    /// The tube behind one scan.
    func tube(scanned scan: String) throws -> ExpectedTube {
        let read = tubes(scanned: [scan])
        guard let id = read.tubes.first?.0 else {
            throw Refusal(
                .badData, read.places.first?.message ?? "The scan is no barcode.",
                remedy: "Scan the tube again.", places: read.places)
        }
        guard let tube = try transaction.tube(id) else {
            throw Refusal(
                .unknown, "No tube is registered under this barcode.",
                remedy: "Register its manifest first.")
        }
        return tube
    }
}

extension BarcodeFault {
    var code: String {
        switch self {
        case .empty: "barcode-missing"
        case .character: "barcode-character"
        case .noSuchFormat: "barcode-format"
        case .checkCharacter: "barcode-check"
        }
    }

    var message: Wording {
        switch self {
        case .empty: "The scan is empty."
        case .character: "The scan holds a character that no barcode has."
        case .noSuchFormat(let length):
            "A code of \(length) characters with this beginning belongs to no known supplier."
        case .checkCharacter(let supplier):
            "The check character does not fit the format of \(supplier)."
        }
    }
}
