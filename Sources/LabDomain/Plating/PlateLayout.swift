/// What one well holds: one tube or pool by its request, or one control.
package enum WellContent: Hashable, Sendable, Codable {
    case sample(RequestID)
    case control(ControlKind)
}

/// One well with its content.
package struct FilledWell: Hashable, Sendable, Codable {
    package let position: WellPosition
    package let content: WellContent

    /// A well that holds something.
    package init(position: WellPosition, content: WellContent) {
        self.position = position
        self.content = content
    }
}

/// Why a plate cannot be laid out.
package enum LayoutFault: Error, Hashable, Sendable {
    case nothingWaits
    case tooMany(room: Int)
    case controlsFillPlate
}

/// Which request and which control goes into which well.
package struct PlateLayout: Hashable, Sendable {
    package let format: PlateFormat
    /// Column by column; wells that stay empty are left out.
    package let wells: [FilledWell]
    /// Wells that hold something of which nobody wants to hear, in plate order.
    package let failed: [WellPosition]

    /// Lays requests out in the order given, around controls at drawn places (PLATE-1).
    ///
    /// The positive controls never lie where a turn of the plate by half, or four plates put
    /// together in a wrong order, would bring another one (PLATE-2). Nor do they lie where other
    /// plates of the day have theirs, so that two plates that were swapped show themselves
    /// (PLATE-6). Controls are drawn among the wells that this plate uses, so that they stand
    /// among the samples; where these leave no free place, some wells more are used.
    /// `others` are those with which this one could be swapped, the newest first.
    /// - Throws: `LayoutFault` when nothing waits or more waits than the plate has room for.
    package init(
        _ requests: [RequestID], on format: PlateFormat, controls scheme: ControlScheme,
        apartFrom others: [ControlPlaces] = [], using random: inout some RandomNumberGenerator
    ) throws(LayoutFault) {
        let controls = scheme.controls
        let room = format.rawValue - controls.count
        guard room > 0 else { throw .controlsFillPlate }
        guard !requests.isEmpty else { throw .nothingWaits }
        guard requests.count <= room else { throw .tooMany(room: room) }
        let places = ControlPlaces.draw(
            controls, amongAtLeast: requests.count + controls.count, on: format,
            apartFrom: others.filter { $0.format == format }, using: &random)
        var waiting = requests[...]
        wells = format.positions.compactMap { position in
            if let control = places[position] {
                return FilledWell(position: position, content: .control(control))
            }
            return waiting.popFirst().map { FilledWell(position: position, content: .sample($0)) }
        }
        failed = []
        self.format = format
    }
}

extension PlateLayout {
    /// A layout as it was drawn before and kept; `wells` and `failed` are in plate order.
    package init(format: PlateFormat, wells: [FilledWell], failed: [WellPosition] = []) {
        self.format = format
        self.wells = wells
        self.failed = failed
    }
}

extension PlateLayout: Codable {
    private enum CodingKeys: String, CodingKey {
        case format, wells, failed
    }

    /// Reads a layout; one from before wells could fail has none that did.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        format = try container.decode(PlateFormat.self, forKey: .format)
        wells = try container.decode([FilledWell].self, forKey: .wells)
        failed = try container.decodeIfPresent([WellPosition].self, forKey: .failed) ?? []
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(format, forKey: .format)
        try container.encode(wells, forKey: .wells)
        if !failed.isEmpty { try container.encode(failed, forKey: .failed) }
    }
}
