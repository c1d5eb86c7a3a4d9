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
package struct PlateLayout: Hashable, Sendable, Codable {
    package let format: PlateFormat
    /// Column by column; wells that stay empty are left out.
    package let wells: [FilledWell]

    /// Lays requests out in the order given, around controls at drawn places (PLATE-1).
    ///
    /// The positive controls never lie where a turn of the plate by half would put a control of
    /// the same sign, so that a turned plate shows itself (PLATE-2). Controls are drawn among the
    /// wells that this plate uses, so that they stand among the samples.
    /// - Throws: `LayoutFault` when nothing waits or more waits than the plate has room for.
    package init(
        _ requests: [RequestID], on format: PlateFormat, controls scheme: ControlScheme,
        using random: inout some RandomNumberGenerator
    ) throws(LayoutFault) {
        let controls = scheme.controls
        let room = format.rawValue - controls.count
        guard room > 0 else { throw .controlsFillPlate }
        guard !requests.isEmpty else { throw .nothingWaits }
        guard requests.count <= room else { throw .tooMany(room: room) }

        let used = Array(format.positions.prefix(requests.count + controls.count))
        var places: [WellPosition: ControlKind] = [:]
        // Each draw fails with a chance under one half unless positives fill half the plate.
        for _ in 0..<100 {
            let drawn = used.shuffled(using: &random).prefix(controls.count)
            places = Dictionary(uniqueKeysWithValues: zip(drawn, controls))
            if !Self.survivesTurn(places, on: format) { break }
        }

        var waiting = requests[...]
        wells = used.map { position in
            if let control = places[position] {
                return FilledWell(position: position, content: .control(control))
            }
            return FilledWell(position: position, content: .sample(waiting.removeFirst()))
        }
        self.format = format
    }

    /// Whether a turn by half would put some positive control onto a positive control.
    static func survivesTurn(
        _ controls: [WellPosition: ControlKind], on format: PlateFormat
    ) -> Bool {
        controls.contains { place, control in
            control.isPositive && controls[format.turned(place)]?.isPositive == true
        }
    }
}

extension PlateLayout {
    /// A layout as it was drawn before and kept; `wells` are in plate order.
    package init(format: PlateFormat, wells: [FilledWell]) {
        self.format = format
        self.wells = wells
    }
}
