package import LabDomain
internal import LabStore
internal import LabTables

/// What goes into which well of a plate.
package struct Worklist: Codable, Sendable {
    /// One well.
    package struct Well: Codable, Sendable {
        package let well: WellPosition
        /// `single`, `mixed`, `environmental`, `pool`, or the kind of control.
        package let content: String
        /// The barcode or the pool's identifier; empty for controls.
        package let code: String
        package let purpose: Purpose?
        /// The member tubes of a pool, in pipetting order.
        package let members: [TubeID]
    }

    package let plate: PlateID
    package let format: PlateFormat
    package let kit: KitRole
    package let assay: String
    /// The targets that the run must report for each well.
    package let channels: [String]
    package let wells: [Well]

    /// The worklist as CSV: one line a well, members separated by blanks.
    package var csv: [UInt8] {
        var writer = DelimitedWriter(guardsFormulas: false)
        writer.row(["plate", "well", "content", "code", "purpose", "members"])
        for well in wells {
            writer.row([
                plate.text, well.well.description, well.content, well.code,
                well.purpose?.rawValue ?? "", well.members.map(\.text).joined(separator: " "),
            ])
        }
        return writer.bytes
    }

    /// A run's file without its numbers: one line for each well and target, controls included.
    package var emptyRun: [UInt8] {
        var writer = DelimitedWriter(guardsFormulas: false)
        writer.row(["plate", "well", "target", "cq"])
        for well in wells {
            for channel in channels {
                writer.row([plate.text, well.well.description, channel, ""])
            }
        }
        return writer.bytes
    }

    /// The plate as a picture in letters: controls by sign, samples by kind.
    package var picture: String {
        let byWell = Dictionary(wells.map { ($0.well, $0) }) { first, _ in first }
        var lines = [
            "   " + (1...format.columns).map { $0 < 10 ? " \($0)" : "\($0)" }.joined(separator: " ")
        ]
        for row in 0..<format.rows {
            let cells = (0..<format.columns).map { column -> String in
                let position = WellPosition(row: row, column: column)
                return byWell[position].map(Self.sign) ?? " ."
            }
            let letter = WellPosition(row: row, column: 0).rowLetter
            lines.append(" \(letter) " + cells.joined(separator: " "))
        }
        lines.append(
            "   s single  m mixed  e environment  p pool  (capital: retest, repeat, confirmation)")
        lines.append("   w+ weak positive  k+ kit positive  n- negative  k- kit negative")
        return lines.joined(separator: "\n")
    }

    private static func sign(_ well: Well) -> String {
        switch ControlKind(rawValue: well.content) {
        case .weakPositive: return "w+"
        case .kitPositive: return "k+"
        case .negative: return "n-"
        case .kitNegative: return "k-"
        case nil: break
        }
        let letter = String(well.content.prefix(1))
        return " " + (well.purpose == .routine ? letter : letter.uppercased())
    }
}

extension Laboratory {
    /// The worklist of a plate.
    package func worklist(of plate: PlateID, as handle: String) throws -> Worklist {
        try look(.seeWork, as: handle) { view in
            guard let stored = try view.plate(plate) else {
                throw Refusal(
                    .unknown, "This laboratory has no such plate.",
                    remedy: "See swabline plate list.")
            }
            guard stored.state != "abandoned" else {
                throw Refusal(
                    .rule, "The plate \(plate) was abandoned; nothing is to be pipetted for it.",
                    remedy: "Its tests wait for another plate: swabline plate lay-out.")
            }
            let rules = try rules(in: view)
            return Worklist(
                plate: plate, format: stored.layout.format, kit: stored.kit, assay: stored.assay,
                channels: rules.settings.assays[stored.kit]?.channels ?? [],
                wells: try stored.layout.wells.map { try Self.well($0, in: view) })
        }
    }

    private static func well(_ well: FilledWell, in view: StoreView) throws -> Worklist.Well {
        switch well.content {
        case .control(let control):
            return Worklist.Well(
                well: well.position, content: control.rawValue, code: "", purpose: nil, members: [])
        case .sample(let id):
            guard let request = try view.request(id), let tested = try view.tested(request.of)
            else {
                throw Refusal(
                    .rule, "A well names a test that is not stored.", remedy: "Run swabline audit.")
            }
            var members: [TubeID] = []
            if case .pooled(let pool) = tested { members = pool.members.map(\.id) }
            return Worklist.Well(
                well: well.position, content: tested.kind.rawValue, code: request.of.text,
                purpose: request.purpose, members: members)
        }
    }
}
