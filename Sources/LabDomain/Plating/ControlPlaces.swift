/// Where the positive controls of a plate lie: by them a plate is told from others.
package struct ControlPlaces: Hashable, Sendable {
    package let format: PlateFormat
    package let positives: Set<WellPosition>

    /// The places of a plate's positive controls.
    package init(format: PlateFormat, positives: Set<WellPosition>) {
        self.format = format
        self.positives = positives
    }

    /// The places of the positive controls in a layout.
    package init(_ layout: PlateLayout) {
        self.init(
            format: layout.format,
            positives: Set(
                layout.wells.compactMap { well in
                    if case .control(let kind) = well.content, kind.isPositive {
                        return well.position
                    }
                    return nil
                }))
    }

    /// The places when the plate is turned by half.
    package var turned: ControlPlaces {
        ControlPlaces(format: format, positives: Set(positives.map(format.turned)))
    }

    /// Whether no positive control of the one lies where the other has one, turned or not: read in
    /// place of the other, every positive control is missed.
    package func isApart(from other: ControlPlaces) -> Bool {
        format != other.format
            || (positives.isDisjoint(with: other.positives)
                && positives.isDisjoint(with: other.turned.positives))
    }

    /// Whether some positive control is missed when the one is read in place of the other,
    /// whichever of them and however turned.
    package func differs(from other: ControlPlaces) -> Bool {
        guard format == other.format else { return true }
        return [other, other.turned].allSatisfy {
            !positives.isSubset(of: $0.positives) && !$0.positives.isSubset(of: positives)
        }
    }

    /// Whether the plate shows by itself that it was turned by half, or that the four plates in it
    /// were put together in a wrong order (PLATE-2).
    var showsTurns: Bool {
        guard positives.isDisjoint(with: turned.positives) else { return false }
        let blocks = Set(positives.map { [$0.row / 2, $0.column / 2] })
        return format == .wells96 || blocks.count == positives.count
    }
}

extension ControlPlaces {
    /// Draws places for controls among the first wells of a plate.
    ///
    /// Draws until the positives are apart from those of every other plate, in more and more wells
    /// of this one; then until they differ from every other; then from the newer half of the
    /// others, and so on. A full plate with two positive controls finds places apart from some
    /// twenty others, and places that differ from some thousand.
    static func draw(
        _ controls: [ControlKind], amongAtLeast least: Int, on format: PlateFormat,
        apartFrom others: [ControlPlaces], using random: inout some RandomNumberGenerator
    ) -> [WellPosition: ControlKind] {
        let all = format.positions
        var places: [WellPosition: ControlKind] = [:]
        func draws(_ wells: Int, _ fits: (ControlPlaces) -> Bool) -> Bool {
            for _ in 0..<200 {
                let drawn = all.prefix(wells).shuffled(using: &random).prefix(controls.count)
                places = Dictionary(uniqueKeysWithValues: zip(drawn, controls))
                let positives = places.filter(\.value.isPositive).keys
                let found = ControlPlaces(format: format, positives: Set(positives))
                if found.showsTurns, fits(found) { return true }
            }
            return false
        }
        let sizes = stride(from: least, through: all.count, by: format.rows)
        for wells in sizes where draws(wells, { found in others.allSatisfy(found.isApart) }) {
            return places
        }
        var near = others[...]
        while true {
            for wells in sizes where draws(wells, { found in near.allSatisfy(found.differs) }) {
                return places
            }
            // A scheme whose positives fill half the plate has no such places at all.
            guard !near.isEmpty else { return places }
            near = near.prefix(near.count / 2)
        }
    }
}
