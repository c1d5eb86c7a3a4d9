/// Labels in the language of Zebra's printers (ZPL II), for a print head with 203 dots to the inch.
enum ZPL {
    private static let dotsPerMillimetre = 8

    /// Labels one after another.
    static func text(_ labels: [Label], size: LabelSize) -> String {
        labels.map { text($0, size: size) }.joined()
    }

    /// One label: bars in the middle, the code under them, the note at the foot.
    ///
    /// `^BC` in mode A chooses the same code sets as our own encoder does, so that the width is
    /// known beforehand.
    private static func text(_ label: Label, size: LabelSize) -> String {
        let width = size.width * dotsPerMillimetre
        let height = size.height * dotsPerMillimetre
        let module = max(1, min(2, width / label.bars.width))
        let left = max(0, (width - label.bars.modules.count * module) / 2)
        let bars = height / 2
        let first = height / 12
        let letters = height / 7
        return """
            ^XA^CI28^PW\(width)^LL\(height)^LH0,0
            ^FO\(left),\(first)^BY\(module)^BCN,\(bars),N,N,N,A^FH\\^FD\(field(label.code))^FS
            ^FO0,\(first + bars + height / 25)^A0N,\(letters),\(letters)^FB\(width),1,0,C^FH\\\
            ^FD\(field(label.code))^FS
            ^FO0,\(first + bars + height / 25 + letters)^A0N,\(letters * 3 / 4),\(letters * 3 / 4)\
            ^FB\(width),1,0,C^FH\\^FD\(field(label.note))^FS
            ^XZ

            """
    }

    /// A text as field data: what begins a command, ends a line of a block, or begins a number of
    /// a character is written as one (`^FH`).
    static func field(_ text: String) -> String {
        var field = ""
        for byte in text.utf8 {
            let isPlain = (32...126).contains(byte) && !Array("^~\\".utf8).contains(byte)
            if isPlain {
                field.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                field += "\\" + (digits.count < 2 ? "0" : "") + digits
            }
        }
        return field
    }
}
