package import LabDomain
internal import LabTables

extension ManifestFile {
    /// The language of the headings.
    package enum Language: CaseIterable, Sendable {
        case english
        case chinese
    }

    /// Writes a manifest.
    /// - Parameters:
    ///   - rows: The cells of each line; a column that a line lacks is empty.
    ///   - language: Which headings to write.
    /// - Returns: CSV with all columns, in UTF-8 with a byte-order mark for spreadsheets.
    package static func write(
        _ rows: [[ManifestColumn: String]], language: Language = .english
    ) -> [UInt8] {
        var writer = DelimitedWriter(isMarked: true)
        let columns = ManifestColumn.allCases
        writer.row(
            columns.map { language == .english ? $0.heading : $0.chineseHeading })
        for row in rows { writer.row(columns.map { row[$0] ?? "" }) }
        return writer.bytes
    }

    /// A heading with examples of a single tube, a mixed tube and a tube of the environment.
    ///
    /// The people are invented: no area of China has their numbers' first digits. The barcodes
    /// have the form of the shipped settings. Overwrite the lines.
    package static var template: [UInt8] { write(examples) }

    private static let examples: [[ManifestColumn: String]] = [
        example("SWEXA000001F", "1:1", "2021-07-30 08:15").merging(
            person("张三", "103212194603210332", telephone: "13800000001", at: "新华街1号")
        ) { $1 },
        example("SWEXA000002D", "10:1", "2021-07-30 08:20").merging(
            person("李四", "162169194502078339", telephone: "13800000002", at: "新华街2号")
        ) { $1 },
        example("SWEXA000002D", "10:1", "2021-07-30 08:21").merging(
            person("王五", "E00000000", telephone: "13800000003", at: "新华街3号", by: "passport")
        ) { $1 },
        example("SWEXA000003B", "environment", "2021-07-30 09:00").merging(
            [.place: "冷库门把手"]
        ) { $1 },
    ]

    private static func example(
        _ tube: String, _ kind: String, _ collectedAt: String
    ) -> [ManifestColumn: String] {
        [
            .tube: tube, .kind: kind, .unit: "第一社区", .site: "社区中心", .box: "B-001",
            .collectedAt: collectedAt, .risk: "low",
        ]
    }

    private static func person(
        _ name: String, _ number: String, telephone: String, at address: String,
        by document: String = "resident-id"
    ) -> [ManifestColumn: String] {
        [
            .name: name, .documentType: document, .documentNumber: number,
            .telephone: telephone, .address: address,
        ]
    }
}
