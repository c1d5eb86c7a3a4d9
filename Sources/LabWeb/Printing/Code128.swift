internal import CZint

/// A text as bars of Code 128 (ISO/IEC 15417).
struct Code128: Hashable, Sendable {
    /// Why a text cannot be bars.
    enum Fault: Error, Hashable, Sendable {
        case empty
        case tooLong(most: Int)
        /// Something that is not printable ASCII.
        case character
        /// The library's own number.
        case library(Int)
    }

    /// Light modules that a reader needs on both sides.
    static let quietZone = 10
    static let longest = 30

    let text: String
    /// The modules from left to right without the quiet zones; true is dark.
    let modules: [Bool]

    /// The bars of a text of 1 to 30 printable ASCII characters.
    init(_ text: String) throws(Fault) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= Self.longest else { throw .tooLong(most: Self.longest) }
        guard bytes.allSatisfy({ (32...126).contains($0) }) else { throw .character }
        guard let symbol = ZBarcode_Create() else { throw .library(Int(ZINT_ERROR_MEMORY)) }
        defer { ZBarcode_Delete(symbol) }
        symbol.pointee.symbology = BARCODE_CODE128
        let error = ZBarcode_Encode(symbol, bytes, Int32(bytes.count))
        guard error == 0, symbol.pointee.rows == 1 else { throw .library(Int(error)) }
        self.text = text
        modules = (0..<symbol.pointee.width).map { swabline_is_dark(symbol, 0, $0) != 0 }
    }

    /// Modules with both quiet zones.
    var width: Int { modules.count + 2 * Self.quietZone }

    /// The dark bars as an SVG path in a box of `width` by 1.
    var path: String {
        var path = ""
        var start: Int?
        for (index, isDark) in (modules + [false]).enumerated() {
            if isDark, start == nil { start = index }
            if !isDark, let from = start {
                path += "M\(from + Self.quietZone) 0h\(index - from)v1h-\(index - from)z"
                start = nil
            }
        }
        return path
    }
}

extension Code128 {
    /// Bars with their size on paper, for the partial `bars`.
    struct Drawn: Hashable, Sendable {
        let text: String
        let modules: Int
        let path: String
        /// Millimetres.
        let width: String
        let height: String
    }

    /// The bars as wide as they may be.
    ///
    /// A module is 0.25 mm wide where there is room: two dots of a printer with 203 dots to the
    /// inch.
    func drawn(within millimetres: Double, high height: Double) -> Drawn {
        let module = min(0.25, millimetres / Double(width))
        return Drawn(
            text: text, modules: width, path: path,
            width: Self.rounded(module * Double(width)), height: Self.rounded(height))
    }

    /// The width of a module in a space, in millimetres.
    func module(within millimetres: Double) -> Double { millimetres / Double(width) }

    private static func rounded(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
