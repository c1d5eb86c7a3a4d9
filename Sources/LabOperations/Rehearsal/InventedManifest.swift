package import LabDomain
internal import LabExchange
internal import LabSimulation
internal import LabStatistics

/// A manifest of invented people, for training, tests and measurements.
package struct InventedManifest: Sendable {
    let tubes: Int
    let people: Int
    let perBox: Int
    let seed: UInt64

    /// `tubes` tubes with `people` people each (1, 5, 10 or 20), `perBox` to a box.
    package init(tubes: Int, people: Int, perBox: Int, seed: UInt64) {
        self.tubes = tubes
        self.people = people
        self.perBox = perBox
        self.seed = seed
    }

    /// The manifest as CSV, collected an hour before `now`.
    package func csv(at now: Timestamp) -> [UInt8] {
        let random = SeededGenerator(seed: seed)
        var drawing = random.stream(named: "residents")
        let zone = Zone.china
        let collected = zone.minuteText(now.advanced(by: .hours(-1)))
        let residents = InventedResidents(today: zone.day(of: now))
            .draw(tubes * people, using: &drawing)
        var rows: [[ManifestColumn: String]] = []
        rows.reserveCapacity(residents.count)
        for (index, resident) in residents.enumerated() {
            let tube = index / people
            rows.append(
                resident.row.merging([
                    .tube: InventedBarcodes.tube(seed: seed, number: tube + 1).text,
                    .kind: "\(people):1", .unit: "Training unit",
                    .box: "BOX-\(seed)-\(tube / perBox + 1)", .collectedAt: collected,
                ]) { _, new in new })
        }
        return ManifestFile.write(rows)
    }
}

/// Barcodes of tubes in the format of the shipped settings.
enum InventedBarcodes {
    /// The n-th tube of a seed: `SW`, three characters of the seed, six digits, a check character.
    static func tube(seed: UInt64, number: Int) -> TubeID {
        let letters = Array("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ")
        var rest = seed
        var mark = ""
        for _ in 0..<3 {
            mark.append(letters[Int(rest % UInt64(letters.count))])
            rest /= UInt64(letters.count)
        }
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
        return TubeID(Identifiers.withCheck("SW" + mark + padded))
    }
}

extension InventedResident {
    /// The person's cells of a manifest.
    var row: [ManifestColumn: String] {
        [
            .name: name, .documentType: document.type.rawValue,
            .documentNumber: document.number, .sex: sex.rawValue,
            .birthDate: document.residentNumber == nil ? birthDate.description : "",
            .telephone: telephone, .address: address.text,
        ]
    }
}
