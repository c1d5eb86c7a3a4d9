package import LabDomain
internal import LabProgramme
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
        package let risk: RiskClass?
        /// When its first clock runs out; nil when none runs.
        package let due: Timestamp?
        /// The plate that was put on this one, with the well in it; nil where none was.
        package let sourcePlate: PlateID?
        package let sourceWell: WellPosition?
    }

    package let plate: PlateID
    package let format: PlateFormat
    package let kit: KitRole
    package let assay: String
    /// The kit's lot; nil where none is kept.
    package let lot: String?
    /// The targets that the run must report for each well.
    package let channels: [String]
    /// Of the specimen's extract in each well, in microlitres.
    package let template: Double
    /// Of the master mix in each well, in microlitres.
    package let reagent: Double
    package let wells: [Well]
    /// Wells that failed: nothing is pipetted into them any more.
    package let failed: [WellPosition]

    /// Whether it was put together of others.
    var isCombined: Bool { wells.contains { $0.sourcePlate != nil } }

    /// The worklist as CSV: one line a well, members separated by blanks; with the source of each
    /// well where the plate was put together of others.
    package var csv: [UInt8] {
        var writer = DelimitedWriter(guardsFormulas: false)
        let sources = isCombined ? ["source_plate", "source_well"] : []
        writer.row(["plate", "well", "content", "code", "purpose", "members"] + sources)
        for well in wells {
            let source = [well.sourcePlate?.text ?? "", well.sourceWell?.description ?? ""]
            writer.row(
                [
                    plate.text, well.well.description, well.content, well.code,
                    well.purpose?.rawValue ?? "", well.members.map(\.text).joined(separator: " "),
                ] + (isCombined ? source : []))
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
            let settings = try rules(in: view).settings
            let volumes = settings.kits[stored.kit]?.volumes ?? .usual
            return Worklist(
                plate: plate, format: stored.layout.format, kit: stored.kit, assay: stored.assay,
                lot: stored.lot, channels: settings.assays[stored.kit]?.channels ?? [],
                template: volumes.template, reagent: volumes.reagent,
                wells: try view.wells(of: plate).map { well in
                    Self.well(well, out: stored.sources)
                }, failed: stored.layout.failed)
        }
    }

    private static func well(_ well: PlateWell, out sources: [PlateID]) -> Worklist.Well {
        let (quadrant, place) = Quadrant.source(of: well.position)
        let source = sources.isEmpty ? nil : sources[quadrant.rawValue - 1]
        return Worklist.Well(
            well: well.position, content: well.control?.rawValue ?? well.kind?.rawValue ?? "",
            code: well.of?.text ?? "", purpose: well.purpose, members: well.members,
            risk: well.risk, due: well.dueAt, sourcePlate: source,
            sourceWell: source == nil ? nil : place)
    }
}
