/// Rows set in columns for a terminal; Chinese characters take two places.
func table(_ heading: [String], _ rows: [[String]]) -> String {
    let all = heading.isEmpty ? rows : [heading] + rows
    let widths = (all.first ?? []).indices.map { column in
        all.map { width(of: $0[column]) }.max() ?? 0
    }
    return all.map { row in
        zip(row, widths).map { cell, width in
            cell + String(repeating: " ", count: max(0, width - swabline.width(of: cell)))
        }.joined(separator: "  ").trimmedAtEnd
    }.joined(separator: "\n")
}

private func width(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ((0x1100...0xFFDC).contains($1.value) ? 2 : 1) }
}

extension String {
    fileprivate var trimmedAtEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}

/// `1 tube`, `2 tubes`.
func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
}
