/// What a run read in one channel of a control well.
package struct ControlReading: Hashable, Sendable, Codable {
    package let run: RunID
    package let plate: PlateID
    package let readAt: Timestamp
    /// `valid`, `reviewed`, `invalid` or `refused`.
    package let state: String
    package let series: ControlSeries
    package let well: WellPosition
    /// Nil when no curve crossed the threshold.
    package let cq: Cq?

    /// One reading.
    package init(
        run: RunID, plate: PlateID, readAt: Timestamp, state: String, series: ControlSeries,
        well: WellPosition, cq: Cq?
    ) {
        self.run = run
        self.plate = plate
        self.readAt = readAt
        self.state = state
        self.series = series
        self.well = well
        self.cq = cq
    }

    /// Whether nobody was reported from the run.
    package var isOfStoppedRun: Bool { state == "invalid" || state == "refused" }
}

/// Which readings belong on one chart.
package struct ControlSeries: Hashable, Comparable, Sendable, Codable {
    /// The assay, as its plates name it.
    package let assay: String
    package let kit: KitRole
    package let target: String
    package let control: ControlKind
    /// The lot of the kit, where it is known.
    package let lot: String?
    /// The instrument, where it is known.
    package let instrument: String?

    /// A series.
    package init(
        assay: String, kit: KitRole, target: String, control: ControlKind, lot: String? = nil,
        instrument: String? = nil
    ) {
        self.assay = assay
        self.kit = kit
        self.target = target
        self.control = control
        self.lot = lot
        self.instrument = instrument
    }

    package static func < (one: Self, other: Self) -> Bool { one.order < other.order }

    private var order: [String] {
        let place = ControlKind.allCases.firstIndex(of: control) ?? 0
        return [assay, kit.rawValue, target, "\(place)", lot ?? "", instrument ?? ""]
    }

    /// What all controls of one target share: they are judged together, run by run.
    var group: [String] { [assay, kit.rawValue, target, lot ?? "", instrument ?? ""] }
}

extension Array where Element == String {
    fileprivate static func < (one: Self, other: Self) -> Bool {
        one.lexicographicallyPrecedes(other)
    }
}
