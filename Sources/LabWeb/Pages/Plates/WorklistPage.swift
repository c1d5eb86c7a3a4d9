internal import LabDomain
internal import LabOperations
internal import LabStore
internal import Mustache

/// The worklist of a plate on paper: who pipettes has it beside the plate.
struct WorklistPage: Hashable, Sendable {
    /// One well.
    struct Row: Hashable, Sendable {
        let well: String
        let code: String
        let kind: String
        let isControl: Bool
        /// `retest` and the like; empty for a first test.
        let purpose: String
        let members: [String]
    }

    /// One column of the plate, as a pipette with eight channels fills it.
    struct Column: Hashable, Sendable {
        let title: String
        let rows: [Row]
    }

    let bar: PaperBar
    let plate: String
    let bars: Code128.Drawn
    let line: String
    let laidOut: String
    let printed: String
    let columns: [Column]
    let signatures: [String]

    init(_ sheet: PlateSheet, for visit: Visit) throws {
        let words = visit.words
        plate = sheet.plate.text
        bar = PaperBar(back: "/plates/" + encoded(plate))
        bars = try Code128(plate).drawn(within: 70, high: 14)
        let line = sheet.line
        self.line = [
            line.assay, words.word("kit", line.kit),
            words.say("plates.wells", ["n": "\(line.format.rawValue)"]),
            words.count("plates.samples", line.samples),
            words.count("plates.controls", sheet.wells.count - line.samples),
        ].joined(separator: " · ")
        laidOut = words.say(
            "worklist.laidOut",
            ["who": line.laidOut.by, "time": visit.site.zone.minuteText(line.laidOut.at)])
        printed = words.say(
            "worklist.printed",
            ["who": visit.handle, "time": visit.site.zone.minuteText(visit.now)])
        columns = Dictionary(grouping: sheet.wells, by: \.position.column)
            .sorted { $0.key < $1.key }
            .map { column, wells in
                Column(
                    title: words.say("worklist.column", ["n": "\(column + 1)"]),
                    rows: wells.map { Self.row($0, words) })
            }
        signatures = ["pipetted", "checked", "loaded"].map { words.say("worklist.\($0)") }
    }

    private static func row(_ well: PlateWell, _ words: Catalogue) -> Row {
        Row(
            well: well.position.description, code: well.of?.text ?? "",
            kind: well.control.map { words.word("controlKind", $0) }
                ?? well.kind.map { words.word("testedKind", $0) } ?? "",
            isControl: well.control != nil,
            purpose: well.purpose.flatMap {
                $0 == .routine ? nil : words.word("purpose", $0)
            } ?? "",
            members: well.members.map(\.text))
    }
}

extension WorklistPage.Row: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "well": well
        case "code": code
        case "kind": kind
        case "isControl": isControl
        case "purpose": purpose
        case "members": members
        default: nil
        }
    }
}
