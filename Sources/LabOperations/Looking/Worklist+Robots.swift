internal import LabDomain
internal import LabTables

/// Files by which pipetting robots fill a plate.
///
/// Specimens stand in racks of 96 in the order of the worklist, `SOURCE1` first; controls in the
/// rack `CONTROLS` at places of their own. A plate that was put together is pipetted out of the
/// plates that were put on it.
extension Worklist {
    /// Where something is aspirated.
    private struct Source {
        let rack: String
        let type: String
        /// The place in the rack: a number, of a plate column by column.
        let place: Int
        /// As people write it: A1 of a plate, a number of a rack.
        let name: String
        /// The barcode that the robot should find there; empty where there is none.
        let code: String
    }

    private static let rackSize = 96

    /// The places of the controls in their rack, by kind, as `ControlKind` lists them.
    private static func place(of control: ControlKind) -> Int {
        (ControlKind.allCases.firstIndex(of: control) ?? 0) + 1
    }

    private var plateType: String { "\(format.rawValue) Well PCR Plate" }

    private func number(of well: WellPosition, on format: PlateFormat) -> Int {
        well.column * format.rows + well.row + 1
    }

    private var transfers: [(source: Source, well: WellPosition)] {
        var samples = 0
        return wells.map { well in
            if let plate = well.sourcePlate, let place = well.sourceWell {
                let source = Source(
                    rack: plate.text, type: "96 Well PCR Plate",
                    place: number(of: place, on: .wells96), name: place.description,
                    code: plate.text)
                return (source, well.well)
            }
            if let control = ControlKind(rawValue: well.content) {
                let place = Self.place(of: control)
                return (
                    Source(
                        rack: "CONTROLS", type: "Tube Rack", place: place, name: "\(place)",
                        code: control.rawValue), well.well
                )
            }
            samples += 1
            let place = (samples - 1) % Self.rackSize + 1
            return (
                Source(
                    rack: "SOURCE\((samples - 1) / Self.rackSize + 1)", type: "Tube Rack",
                    place: place, name: "\(place)", code: well.code), well.well
            )
        }
    }

    /// The worklist for Tecan's robots (GWL): master mix to all wells (`R`), then for each well an
    /// aspiration (`A`), a dispensation (`D`) and fresh tips (`W`).
    ///
    /// Fields of A and D: rack's label, its barcode, its type, position, tube's barcode, volume in
    /// microlitres, liquid class, tip type, tip mask, forced rack type. Positions count column by
    /// column.
    package var gwl: [UInt8] {
        var lines = ["C;plate \(plate) \(assay)\(lot.map { " lot \($0)" } ?? "")"]
        if reagent > 0, !isCombined {
            let used = Set(wells.map { number(of: $0.well, on: format) })
            let left = (1...format.rawValue).filter { !used.contains($0) }
            let fields =
                ["R", "MASTERMIX", "", "Trough", "1", "8", plate.text, plate.text, plateType]
                + ["1", "\(format.rawValue)", Self.text(reagent), "", "1", "1", "0"]
                + left.map(String.init)
            lines.append(fields.joined(separator: ";"))
        }
        for (source, well) in transfers {
            lines.append(
                [
                    "A", source.rack, "", source.type, "\(source.place)", source.code,
                    Self.text(template), "", "", "", "",
                ].joined(separator: ";"))
            lines.append(
                [
                    "D", plate.text, plate.text, plateType,
                    "\(number(of: well, on: format))", "", Self.text(template), "", "", "", "",
                ].joined(separator: ";"))
            lines.append("W;")
        }
        // The robots' software wants the line ends of its own system.
        return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
    }

    /// The worklist for Hamilton's robots: CSV with one transfer a line.
    package var hamilton: [UInt8] {
        var writer = DelimitedWriter(guardsFormulas: false)
        writer.row([
            "SourceLabware", "SourcePosition", "SourceBarcode", "TargetLabware",
            "TargetPosition", "Volume",
        ])
        for (source, well) in transfers {
            writer.row([
                source.rack, source.name, source.code, plate.text, well.description,
                Self.text(template),
            ])
        }
        return writer.bytes
    }

    private static func text(_ microlitres: Double) -> String {
        let hundredths = Int((microlitres * 100).rounded())
        guard hundredths % 100 != 0 else { return "\(hundredths / 100)" }
        let rest = hundredths % 100
        return "\(hundredths / 100)."
            + (rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)")
    }
}
