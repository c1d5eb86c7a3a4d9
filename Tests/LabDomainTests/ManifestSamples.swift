import LabDomain

/// Rows of manifests to be checked, good until a test spoils a cell.
enum ManifestSamples {
    static let now = Timestamp(milliseconds: 1_627_617_600_000)  // 2021-07-30 12:00 in China
    static let rules = ManifestRules(
        formats: BarcodeTests.formats, zone: .china, now: now, mixedRatios: [.five, .ten])
    /// A file that has every column, in the template's order.
    static let allColumns: [Int?] = ManifestColumn.allCases.map { $0.rawValue + 1 }

    static func barcode(_ number: Int) -> String { "T\(10_000 + number)" }

    /// An invented resident's number: area 60 was never assigned.
    static func document(_ number: Int) throws -> String {
        let born = CalendarDay(daysSinceEpoch: number / 1_000)
        return try ResidentNumber(area: 600_203, birthDate: born, sequence: number % 1_000).text
    }

    /// A good line: a person in a single tube, if nothing else is said.
    static func row(
        _ line: Int, _ cells: [ManifestColumn: String] = [:], person: Int? = nil
    ) throws -> ManifestRow {
        let good: [ManifestColumn: String] = [
            .tube: barcode(1), .kind: "1:1", .unit: "Station 1", .site: "Gate 2", .box: "B1",
            .collectedAt: "2021-07-30 08:15", .risk: "low", .name: "Person \(person ?? line)",
            .documentType: "resident-id", .documentNumber: try document(person ?? line),
            .sex: "", .birthDate: "", .telephone: "102 0000 0000",
            .address: "1 Cidu Avenue",
        ]
        let merged = good.merging(cells) { $1 }
        return ManifestRow(line: line, cells: ManifestColumn.allCases.map { merged[$0] ?? "" })
    }

    /// A good line of a mixed tube.
    static func mixed(
        _ line: Int, tube: Int = 1, kind: String = "10:1", person: Int? = nil,
        _ cells: [ManifestColumn: String] = [:]
    ) throws -> ManifestRow {
        let mixed: [ManifestColumn: String] = [.tube: barcode(tube), .kind: kind]
        return try row(line, mixed.merging(cells) { $1 }, person: person)
    }

    /// A good line of the environment.
    static func environment(
        _ line: Int, tube: Int = 1, _ cells: [ManifestColumn: String] = [:]
    ) throws -> ManifestRow {
        let good: [ManifestColumn: String] = [
            .tube: barcode(tube), .kind: "environment", .name: "", .documentType: "",
            .documentNumber: "", .sex: "", .birthDate: "", .telephone: "", .address: "",
            .place: "door handle",
        ]
        return try row(line, good.merging(cells) { $1 })
    }

    static func check(
        _ rows: [ManifestRow], rules: ManifestRules = rules, columns: [Int?] = allColumns
    ) -> CheckedManifest {
        var checker = ManifestChecker(rules: rules, columns: columns)
        return checker.check(rows)
    }
}

/// A fault without its words: where it is and what it is.
struct FoundFault: Hashable {
    let line: Int
    let heading: String?
    let code: ManifestFault.Code

    init(_ line: Int, _ column: ManifestColumn, _ code: ManifestFault.Code) {
        (self.line, self.heading, self.code) = (line, column.heading, code)
    }

    init(_ fault: ManifestFault) {
        (line, heading, code) = (fault.line, fault.heading, fault.code)
    }
}
