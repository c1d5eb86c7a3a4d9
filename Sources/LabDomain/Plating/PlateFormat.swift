/// A plate of 96 or 384 wells.
package enum PlateFormat: Int, CaseIterable, Hashable, Sendable, Codable {
    case wells96 = 96
    case wells384 = 384

    package var rows: Int { self == .wells96 ? 8 : 16 }
    package var columns: Int { self == .wells96 ? 12 : 24 }

    /// Every well, column by column, as pipettes fill them.
    package var positions: [WellPosition] {
        (0..<columns).flatMap { column in
            (0..<rows).map { WellPosition(row: $0, column: column) }
        }
    }

    /// Where a well comes to lie when the plate is turned by half.
    package func turned(_ well: WellPosition) -> WellPosition {
        WellPosition(row: rows - 1 - well.row, column: columns - 1 - well.column)
    }

    /// Whether the plate has such a well.
    package func contains(_ well: WellPosition) -> Bool {
        (0..<rows).contains(well.row) && (0..<columns).contains(well.column)
    }
}

/// One well, by its zero-based row and column; written `A1` to `P24`.
package struct WellPosition: Hashable, Sendable {
    package let row: Int
    package let column: Int

    /// A well by row and column, both from zero.
    package init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }

    /// Reads `A1`, `A01` or `a1`; nil for what is no well of a 384-well plate.
    package init?(text: String) {
        let bytes = Array(normalised(text).utf8)
        guard (2...3).contains(bytes.count), (65...80).contains(bytes[0]) else { return nil }
        var number = 0
        for byte in bytes.dropFirst() {
            guard isDigit(byte) else { return nil }
            number = number * 10 + Int(byte - 48)
        }
        guard (1...24).contains(number) else { return nil }
        row = Int(bytes[0]) - 65
        column = number - 1
    }

    /// The letter of the row.
    package var rowLetter: String { String(UnicodeScalar(UInt8(65 + row))) }
}

extension WellPosition: Comparable {
    /// Column by column, as pipettes fill a plate.
    package static func < (one: Self, other: Self) -> Bool {
        (one.column, one.row) < (other.column, other.row)
    }
}

extension WellPosition: CustomStringConvertible {
    package var description: String { "\(rowLetter)\(column + 1)" }
}

extension WellPosition: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let well = WellPosition(text: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a well")
        }
        self = well
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
