package import LabDomain

extension Worklist {
    /// What the letters of a picture say.
    package enum Lettering: String, CaseIterable, Sendable {
        /// What stands in the well.
        case kind
        /// The risk class.
        case risk
        /// Whole hours until the first clock runs out.
        case slack
    }

    /// The plate as a picture in letters: controls by sign, failed wells crossed out, samples by
    /// what is asked for.
    package func picture(by lettering: Lettering = .kind, at now: Timestamp) -> String {
        var signs = Dictionary(wells.map { ($0.well, sign(of: $0, lettering, now)) }) { one, _ in
            one
        }
        for well in failed { signs[well] = "xx" }
        var lines = [
            "   " + (1...format.columns).map { $0 < 10 ? " \($0)" : "\($0)" }.joined(separator: " ")
        ]
        for row in 0..<format.rows {
            let cells = (0..<format.columns).map { column in
                signs[WellPosition(row: row, column: column)] ?? " ."
            }
            let letter = WellPosition(row: row, column: 0).rowLetter
            lines.append(" \(letter) " + cells.joined(separator: " "))
        }
        lines.append("   " + legend(of: lettering))
        lines.append("   w+ weak positive  k+ kit positive  n- negative  k- kit negative")
        if !failed.isEmpty { lines.append("   xx failed: it need not be read") }
        return lines.joined(separator: "\n")
    }

    private func legend(of lettering: Lettering) -> String {
        switch lettering {
        case .kind:
            "s single  m mixed  e environment  p pool  (capital: retest, repeat, confirmation)"
        case .risk: "l low  m medium  h high  k key  (capital: retest, repeat, confirmation)"
        case .slack: "hours until the first clock runs out  ! late  - no clock  + over 99"
        }
    }

    private func sign(of well: Well, _ lettering: Lettering, _ now: Timestamp) -> String {
        switch ControlKind(rawValue: well.content) {
        case .weakPositive: return "w+"
        case .kitPositive: return "k+"
        case .negative: return "n-"
        case .kitNegative: return "k-"
        case nil: break
        }
        switch lettering {
        case .kind: return letter(well.content, well)
        case .risk: return letter(well.risk?.rawValue ?? "?", well)
        case .slack:
            guard let due = well.due else { return " -" }
            let hours = Int((Double(now.span(to: due).milliseconds) / 3_600_000).rounded(.down))
            if hours < 0 { return " !" }
            return hours > 99 ? " +" : hours < 10 ? " \(hours)" : "\(hours)"
        }
    }

    private func letter(_ word: String, _ well: Well) -> String {
        let first = String(word.prefix(1))
        return " " + (well.purpose == .routine ? first : first.uppercased())
    }
}
