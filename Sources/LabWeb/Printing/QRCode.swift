internal import CZint

/// A text as a square code (QR, ISO/IEC 18004) with medium correction.
struct QRCode: Hashable, Sendable {
    /// Why a text cannot be a square: the library's own number.
    struct Fault: Error, Hashable, Sendable {
        let number: Int
    }

    /// Light modules that a reader needs on every side.
    static let quietZone = 4

    let text: String
    /// The modules of each row without the quiet zone; true is dark.
    let rows: [[Bool]]

    /// The square of a text of ASCII characters.
    init(_ text: String) throws(Fault) {
        guard let symbol = ZBarcode_Create() else { throw Fault(number: Int(ZINT_ERROR_MEMORY)) }
        defer { ZBarcode_Delete(symbol) }
        symbol.pointee.symbology = BARCODE_QRCODE
        symbol.pointee.option_1 = 2
        let bytes = Array(text.utf8)
        let error = ZBarcode_Encode(symbol, bytes, Int32(bytes.count))
        guard error == 0 else { throw Fault(number: Int(error)) }
        self.text = text
        rows = (0..<symbol.pointee.rows).map { row in
            (0..<symbol.pointee.width).map { swabline_is_dark(symbol, row, $0) != 0 }
        }
    }

    /// Modules of a side with both quiet zones.
    var size: Int { rows.count + 2 * Self.quietZone }

    /// The dark modules as an SVG path in a box of `size` by `size`, a stroke for each run.
    var path: String {
        var path = ""
        for (number, row) in rows.enumerated() {
            var start: Int?
            for (place, isDark) in (row + [false]).enumerated() {
                if isDark, start == nil { start = place }
                if !isDark, let from = start {
                    path +=
                        "M\(from + Self.quietZone) \(number + Self.quietZone)"
                        + "h\(place - from)v1h-\(place - from)z"
                    start = nil
                }
            }
        }
        return path
    }
}
