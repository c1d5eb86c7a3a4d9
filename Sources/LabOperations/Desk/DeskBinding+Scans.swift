internal import LabDomain

extension DeskEntry.Binding {
    /// The fewest digits in a row that are taken for somebody's number.
    private static let longNumber = 15

    /// Whether a scan slid into the wrong field: somebody's number stands for the unit, site or
    /// box, or a tube's code for the unit or site (DESK-11).
    ///
    /// Units and sites are shown and printed; a person's number would be too.
    func holdsScan(under formats: [BarcodeFormat]) -> Bool {
        [unit, site, box].contains { Self.holdsNumber($0) }
            || [unit, site].contains { Self.isTube($0, under: formats) }
    }

    private static func holdsNumber(_ text: String) -> Bool {
        normalised(text).split { !$0.isASCII || !$0.isNumber }
            .contains { $0.count >= longNumber }
    }

    private static func isTube(_ text: String, under formats: [BarcodeFormat]) -> Bool {
        do throws(BarcodeFault) {
            _ = try BarcodeFormat.read(text, under: formats)
            return true
        } catch .checkCharacter {
            return true
        } catch {
            return false
        }
    }
}
