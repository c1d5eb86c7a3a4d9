internal import LabDomain
internal import LabOperations
internal import LabStore

/// A plate as a grid of wells, for the partial `plate-picture`; a page that shows one loads
/// `plate.js`.
///
/// Each well carries its sign and its class under every colouring, and the chosen radio button
/// decides by style alone which of them is seen. A sign always stands beside the colour.
struct PlatePicture: Hashable, Sendable {
    /// By what the wells are coloured.
    enum Colouring: String, CaseIterable, Hashable, Sendable {
        case kind, pool, risk, slack, verdict
    }

    /// A colouring to choose, with its legend.
    struct Choice: Hashable, Sendable {
        let name: String
        let word: String
        let isChosen: Bool
        let hint: String?
        let entries: [Entry]
    }

    /// One line of a legend.
    struct Entry: Hashable, Sendable {
        let style: String
        let sign: String
        let word: String
        let count: Int
    }

    /// One row of wells.
    struct Row: Hashable, Sendable {
        let letter: String
        let wells: [Well]
    }

    let plate: String
    let label: String
    let isLarge: Bool
    let columns: [Int]
    let rows: [Row]
    let choices: [Choice]

    /// The picture of a plate; `readings` are what its run says, by default the verdicts that are
    /// stored.
    init(
        _ sheet: PlateSheet, readings: [WellPosition: WellReading]? = nil,
        by chosen: Colouring = .kind, words: Catalogue, at now: Timestamp
    ) {
        let readings = readings ?? Self.readings(of: sheet, words: words)
        let makers = WellMaker(sheet, readings: readings, words: words, now: now)
        let wells = Dictionary(
            sheet.wells.map { ($0.position, makers.well($0)) }
                + sheet.failed.map { ($0.position, makers.failed($0)) }
        ) { first, _ in first }
        plate = sheet.plate.text
        label = words.say(
            "plate.label",
            ["plate": sheet.plate.text, "n": "\(sheet.format.rawValue)"])
        isLarge = sheet.format == .wells384
        columns = Array(1...sheet.format.columns)
        rows = (0..<sheet.format.rows).map { row in
            Row(
                letter: WellPosition(row: row, column: 0).rowLetter,
                wells: (0..<sheet.format.columns).map { column in
                    let position = WellPosition(row: row, column: column)
                    return wells[position] ?? makers.empty(position)
                })
        }
        let offered = Colouring.allCases.filter {
            switch $0 {
            case .kind, .risk: true
            case .pool: sheet.wells.contains { $0.pool != nil }
            case .slack: sheet.wells.contains { $0.dueAt != nil }
            case .verdict: !readings.isEmpty
            }
        }
        let first = offered.contains(chosen) ? chosen : .kind
        let filled = (sheet.wells.map(\.position) + sheet.failed.map(\.position))
            .compactMap { wells[$0] }
        choices = offered.map {
            Choice(
                name: $0.rawValue, word: words.word("plate.by", $0), isChosen: $0 == first,
                hint: words.text("plate.by.\($0.rawValue).hint"),
                entries: makers.legend(of: filled, by: $0))
        }
    }

    private static func readings(
        of sheet: PlateSheet, words: Catalogue
    ) -> [WellPosition: WellReading] {
        var readings: [WellPosition: WellReading] = [:]
        for well in sheet.wells {
            guard let verdict = well.verdict else { continue }
            readings[well.position] = WellReading(
                verdict: verdict, reason: well.reason.map { words.word("verdictReason", $0) } ?? "")
        }
        return readings
    }
}
