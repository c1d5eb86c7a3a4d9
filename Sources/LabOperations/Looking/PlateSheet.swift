package import LabDomain
package import LabStore

/// A plate as a picture and a page of it need it.
package struct PlateSheet: Hashable, Sendable {
    package let line: PlateLine
    /// Filled wells, column by column.
    package let wells: [PlateWell]
    /// Who gave the plate up, or brought in its run.
    package let ended: Deed?
    /// Wells that nobody wants to hear of any more, in plate order.
    package let failed: [StoredFailedWell]
    /// The kit's lot; nil where none is kept.
    package let lot: String?
    /// The plate that it repeats, because that one's run failed.
    package let rerunOf: PlateID?
    /// The plate that repeats it.
    package let rerun: PlateID?
    /// The plates that were put together on it, in the order of the quadrants.
    package let sources: [PlateID]
    /// The larger plate on which it was put.
    package let target: PlateID?
    /// Whether its run failed or was refused, so that it can be laid out again.
    package let mayRerun: Bool

    package var plate: PlateID { line.id }
    package var format: PlateFormat { line.format }
    /// Whether the plate waits for its run.
    package var isWaiting: Bool { line.state == "laid-out" }
    package var isAbandoned: Bool { line.state == "abandoned" }

    /// A plate with its wells.
    package init(
        _ line: PlateLine, wells: [PlateWell], ended: Deed? = nil,
        failed: [StoredFailedWell] = [], stored: StoredPlate? = nil, rerun: PlateID? = nil,
        mayRerun: Bool = false
    ) {
        self.line = line
        self.wells = wells
        self.ended = ended
        self.failed = failed
        lot = stored?.lot
        rerunOf = stored?.rerunOf
        self.rerun = rerun
        sources = stored?.sources ?? []
        target = stored?.target?.plate
        self.mayRerun = mayRerun
    }
}

/// What the next plate would hold, and what waits beside it.
package struct PlatePreview: Sendable {
    /// The tests that wait for one kit.
    package struct Waiting: Hashable, Sendable {
        package let kit: KitRole
        /// Nil when the laboratory has no such kit.
        package let assay: String?
        package let routine: Int
        /// Retests, repeats and confirmations.
        package let again: Int

        package var all: Int { routine + again }
    }

    package let kit: KitRole
    package let format: PlateFormat
    /// Samples that the plate has room for beside its controls.
    package let room: Int
    package let controls: Int
    /// What would be taken, in the order in which it is taken.
    package let taken: [DueRequest]
    package let waiting: [Waiting]

    /// How many tests with this kit find no room.
    package var leftWaiting: Int {
        (waiting.first { $0.kit == kit }?.all ?? 0) - taken.count
    }
}

extension Laboratory {
    /// A plate with all that is known of its wells.
    package func plateSheet(of plate: PlateID, as handle: String) throws -> PlateSheet {
        try look(.seeWork, as: handle) { try Self.plateSheet(of: plate, in: $0) }
    }

    static func plateSheet(of plate: PlateID, in view: StoreView) throws -> PlateSheet {
        guard let line = try view.plateLine(plate) else {
            throw Refusal(
                .unknown, "This laboratory has no such plate.",
                remedy: "See swabline plate list.")
        }
        let ended =
            switch line.state {
            case "read": try view.read(plate)
            case "abandoned": try view.abandoned(plate)
            default: nil as Deed?
            }
        let rerun = try view.rerun(of: plate)
        let run = try view.run(of: plate)
        return PlateSheet(
            line, wells: try view.wells(of: plate), ended: ended,
            failed: try view.failedWells(of: plate), stored: try view.plate(plate),
            rerun: rerun,
            mayRerun: rerun == nil && (run?.state == .invalid || run?.state == .refused))
    }

    /// A part of the plates without their wells.
    package func plates(
        onlyUnread: Bool, after: String, as handle: String
    ) throws -> Part<PlateLine> {
        try look(.seeWork, as: handle) { try $0.plates(onlyUnread: onlyUnread, after: after) }
    }

    /// The plate that was laid out last, by whomever.
    package func latestPlate(as handle: String) throws -> PlateLine? {
        try look(.seeWork, as: handle) { try $0.latestPlate() }
    }

    /// What waits for each kit that the laboratory has or needs.
    package func waitingForPlates(as handle: String) throws -> [PlatePreview.Waiting] {
        try look(.seeWork, as: handle) { try waiting(in: $0) }
    }

    /// What `LayOutPlate` would take now; nil takes what it would take.
    package func platePreview(
        kit: KitRole?, format: PlateFormat?, most: Int?, as handle: String
    ) throws -> PlatePreview {
        try look(.seeWork, as: handle) { view in
            let settings = try rules(in: view).settings
            let waiting = try waiting(in: view)
            let kit = kit ?? waiting.first { $0.all > 0 }?.kit ?? .first
            let format = format ?? settings.plateFormat
            let controls = settings.controls(for: kit).controls.count
            let room = max(0, format.rawValue - controls)
            return PlatePreview(
                kit: kit, format: format, room: room, controls: controls,
                taken: try view.requestsToPlate(with: kit, limit: max(0, min(room, most ?? room))),
                waiting: waiting)
        }
    }

    private func waiting(in view: StoreView) throws -> [PlatePreview.Waiting] {
        let settings = try rules(in: view).settings
        let counts = try view.waitingByKit()
        return KitRole.allCases.compactMap { kit in
            let count = counts[kit] ?? (0, 0)
            let assay = settings.assays[kit]?.name
            guard assay != nil || count.routine + count.again > 0 else { return nil }
            return PlatePreview.Waiting(
                kit: kit, assay: assay, routine: count.routine, again: count.again)
        }
    }
}
