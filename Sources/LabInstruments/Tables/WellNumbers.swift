internal import LabDomain

/// Which wells a file's numbers mean, counted along the rows.
struct WellNumbers {
    /// The first well's number: 1, or 0 in an experiment's own table.
    var first = 1
    var format: PlateFormat
    /// Whether the file or the user said the format; it is a guess else.
    var isTold: Bool

    /// Finds the plate by what is said of it, by wells with both number and name, or by the
    /// largest number.
    init(
        told: PlateFormat?, block: String?, pairs: [(number: Int, well: WellPosition)],
        largest: Int, first: Int = 1
    ) {
        self.first = first
        if let told {
            (format, isTold) = (told, true)
        } else if let block, let said = Self.format(of: block) {
            (format, isTold) = (said, true)
        } else if !pairs.isEmpty {
            let fitting = PlateFormat.allCases.max { one, other in
                Self.fits(pairs, one, first) < Self.fits(pairs, other, first)
            }
            (format, isTold) = (fitting ?? .wells96, true)
        } else {
            format = largest - first >= 96 ? .wells384 : .wells96
            isTold = format == .wells384
        }
    }

    func well(_ number: Int) -> WellPosition? {
        let index = number - first
        guard index >= 0, index < format.rawValue else { return nil }
        return WellPosition(row: index / format.columns, column: index % format.columns)
    }

    /// `384-Well Block`, `96well`, `Fast 96-Well Block (0.1mL)`.
    static func format(of block: String) -> PlateFormat? {
        if block.contains("384") { return .wells384 }
        return block.contains("96") ? .wells96 : nil
    }

    private static func fits(
        _ pairs: [(number: Int, well: WellPosition)], _ format: PlateFormat, _ first: Int
    ) -> Int {
        pairs.count {
            $0.well.row < format.rows && $0.well.column < format.columns
                && $0.number - first == $0.well.row * format.columns + $0.well.column
        }
    }
}
