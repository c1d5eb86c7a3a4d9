internal import LabSimulation

/// The language of a report.
package enum ReportLanguage: String, CaseIterable, Sendable {
    case en
    case zh

    /// The words of this language.
    func callAsFunction(_ english: String, _ chinese: String) -> String {
        self == .en ? english : chinese
    }

    /// A currency as people write it behind a sum.
    func currency(_ code: String) -> String { self == .zh && code == "CNY" ? "元" : code }

    /// `day 2, 14:30` of minutes from a scenario's start.
    func clock(_ minutes: Double, of scenario: Scenario) -> String {
        let text = StudyNumbers.clock(minutes, startingAt: scenario.clockAtStart)
        guard self == .zh, text.hasPrefix("day ") else { return text }
        let parts = text.dropFirst(4).split(separator: ",")
        return parts.count == 2 ? "第\(parts[0])天\(parts[1])" : text
    }
}

/// Text put into HTML.
func escaped(_ text: String) -> String {
    var out = ""
    for character in text {
        switch character {
        case "&": out += "&amp;"
        case "<": out += "&lt;"
        case ">": out += "&gt;"
        case "\"": out += "&quot;"
        default: out.append(character)
        }
    }
    return out
}

/// A table of HTML; the first column holds names.
func htmlTable(_ heading: [String], _ rows: [[String]], caption: String = "") -> String {
    let head = heading.enumerated().map { place, cell in
        "<th scope=\"col\"\(place > 0 ? " class=\"number\"" : "")>\(escaped(cell))</th>"
    }
    let body = rows.map { row in
        "<tr>"
            + row.enumerated().map { place, cell in
                place == 0
                    ? "<th scope=\"row\">\(escaped(cell))</th>"
                    // Long cells are words, which may wrap.
                    : "<td\(cell.count > 24 ? "" : " class=\"number\"")>\(escaped(cell))</td>"
            }.joined() + "</tr>"
    }
    let words = caption.isEmpty ? "" : "<caption>\(escaped(caption))</caption>"
    return
        "<div class=\"wide\" tabindex=\"0\"><table>\(words)"
        + "<thead><tr>\(head.joined())</tr></thead><tbody>"
        + body.joined(separator: "\n") + "</tbody></table></div>"
}
