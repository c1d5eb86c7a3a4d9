/// One of the four plates of 96 wells that make a plate of 384.
///
/// Quadrants interleave: the first takes A1, A3, C1 and so on, the second begins at B1, the third
/// at A2, the fourth at B2.
package enum Quadrant: Int, CaseIterable, Hashable, Sendable, Codable {
    case first = 1
    case second
    case third
    case fourth

    private var rowShift: Int { (rawValue - 1) % 2 }
    private var columnShift: Int { (rawValue - 1) / 2 }

    /// Where a well of the source comes to lie (PLATE-8).
    package func place(of source: WellPosition) -> WellPosition {
        WellPosition(row: 2 * source.row + rowShift, column: 2 * source.column + columnShift)
    }

    /// The quadrant of a well on 384 wells, with the well of the source that lies there.
    package static func source(of well: WellPosition) -> (Quadrant, WellPosition) {
        let number = well.column % 2 * 2 + well.row % 2
        return (
            allCases[number], WellPosition(row: well.row / 2, column: well.column / 2)
        )
    }
}

extension PlateLayout {
    /// Why plates cannot be put together.
    package enum CombiningFault: Error, Hashable, Sendable {
        /// Not two to four plates.
        case number
        /// A source has not 96 wells.
        case format(Quadrant)
        /// The controls of two sources would not tell that they were swapped.
        case alike(Quadrant, Quadrant)
    }

    /// Puts two to four plates of 96 wells together on one of 384, in the order of the quadrants
    /// (PLATE-8).
    /// - Throws: `CombiningFault`, the first that there is.
    package init(combining sources: [PlateLayout]) throws(CombiningFault) {
        guard (2...4).contains(sources.count) else { throw .number }
        let quadrants = Array(zip(Quadrant.allCases, sources))
        for (quadrant, source) in quadrants where source.format != .wells96 {
            throw .format(quadrant)
        }
        for (index, (one, layout)) in quadrants.enumerated() {
            for (other, before) in quadrants.prefix(index)
            where !ControlPlaces(layout).differs(from: ControlPlaces(before)) {
                throw .alike(other, one)
            }
        }
        self.init(
            format: .wells384,
            wells: quadrants.flatMap { quadrant, source in
                source.wells.map {
                    FilledWell(position: quadrant.place(of: $0.position), content: $0.content)
                }
            }.sorted { $0.position < $1.position },
            failed: quadrants.flatMap { quadrant, source in
                source.failed.map(quadrant.place(of:))
            }.sorted())
    }

    /// The part of a plate of 384 wells that came out of one source.
    package func part(_ quadrant: Quadrant) -> PlateLayout {
        PlateLayout(
            format: .wells96,
            wells: wells.compactMap { well in
                let (found, position) = Quadrant.source(of: well.position)
                return found == quadrant
                    ? FilledWell(position: position, content: well.content) : nil
            }.sorted { $0.position < $1.position },
            failed: failed.compactMap { well in
                let (found, position) = Quadrant.source(of: well)
                return found == quadrant ? position : nil
            }.sorted())
    }
}
