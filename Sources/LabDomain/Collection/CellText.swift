/// What may stand in a cell of a manifest or a roster.
package enum CellText {
    /// Whether a cell holds blanks and nothing else, which quotes can keep.
    package static func isBlank(_ cell: String) -> Bool {
        // The first byte decides it for nearly every cell: blanks above ASCII begin with these.
        guard let first = cell.utf8.first,
            first <= 0x20 || [0xC2, 0xE1, 0xE2, 0xE3].contains(first)
        else { return false }
        return cell.unicodeScalars.allSatisfy(\.properties.isWhitespace)
    }

    /// Whether a cell can be printed and sent: at most 200 characters, none of them a control.
    package static func isPrintable(_ cell: String) -> Bool {
        // Scalars are counted, not characters: one character can carry marks without end.
        if cell.utf8.count <= 200, cell.utf8.allSatisfy({ $0 >= 32 && $0 < 127 }) { return true }
        return cell.unicodeScalars.count <= 200 && hasOnlyPrintable(cell)
    }

    /// Whether a text of any length can be printed in one line and sent.
    package static func hasOnlyPrintable(_ text: String) -> Bool {
        !text.unicodeScalars.contains(where: isUnfit)
    }

    /// Controls, breaks of lines, and what is no character: a message could not carry them.
    private static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<32, 127...159, 0x2028, 0x2029, 0xFDD0...0xFDEF, 0xFFFD: true
        default: scalar.value & 0xFFFE == 0xFFFE
        }
    }
}
