import Foundation
import LabSimulation

/// What a table of closed forms came to.
struct QueueReport: Encodable {
    /// One row of the table.
    struct Row: Encodable {
        let `case`: String
        let family: String
        let parameters: String
        let measure: String
        let kind: String
        let theory: Double
        let formula: Double?
        let relativeError: Double?
        let simulated: Double?
        let halfWidth: Double?
        let isNarrow: Bool?
        let verdict: String

        private enum CodingKeys: String, CodingKey {
            case `case`, family, parameters, measure, kind, theory, formula, simulated, verdict
            case relativeError = "relative_error"
            case halfWidth = "half_width"
            case isNarrow = "is_narrow"
        }
    }

    let seed: UInt64
    let rows: [Row]
    let formulasRight: Int
    let formulasWrong: Int
    let simulatedRows: Int
    let outside: Int
    let wide: Int
    let passes: Bool

    private enum CodingKeys: String, CodingKey {
        case seed, rows, outside, passes, wide
        case formulasRight = "formulas_right"
        case formulasWrong = "formulas_wrong"
        case simulatedRows = "simulated_rows"
    }

    init(_ verdicts: [QueueVerdict], seed: UInt64) {
        self.seed = seed
        let right: Set<QueueVerdict.Outcome> = [.agrees, .formulaOnly, .outside]
        formulasRight = verdicts.count { right.contains($0.outcome) }
        formulasWrong = verdicts.count - formulasRight
        simulatedRows = verdicts.count { $0.estimate != nil }
        outside = verdicts.count { verdict in
            guard let estimate = verdict.estimate, let formula = verdict.formula else {
                return false
            }
            return abs(estimate.mean - formula) > estimate.halfWidth
        }
        wide = verdicts.count { $0.estimate.map { !$0.isNarrow } ?? false }
        passes = formulasWrong == 0 && outside <= 1 && !verdicts.isEmpty
        rows = verdicts.map { verdict in
            Row(
                case: verdict.row.name, family: verdict.row.queue.family,
                parameters: verdict.row.queue.parameters, measure: verdict.row.measure,
                kind: verdict.row.kind.rawValue, theory: verdict.row.theory,
                formula: verdict.formula,
                relativeError: verdict.error.flatMap { $0.isFinite ? $0 : nil },
                simulated: verdict.estimate?.mean, halfWidth: verdict.estimate?.halfWidth,
                isNarrow: verdict.estimate?.isNarrow, verdict: Self.words(verdict))
        }
    }

    private static func words(_ verdict: QueueVerdict) -> String {
        switch verdict.fault {
        case nil: verdict.outcome.rawValue
        case .missing(let key): "cannot be computed: the parameter \(key) is missing"
        case .unreadable(let key): "cannot be computed: the parameter \(key) is no such number"
        case .unstable: "cannot be computed: the queue grows without end"
        case .family: "cannot be computed: the family is not known"
        case .measure: "cannot be computed: the family has no such measure"
        }
    }

    /// For people: a line a row, and the sum of it.
    var text: String {
        let lines = rows.map { row in
            [
                row.case, row.measure, digits(row.theory, 8), digits(row.formula, 15),
                row.relativeError.map { String(format: "%.0e", $0) } ?? "-",
                row.simulated.map { "\(digits($0, 7)) ± \(digits(row.halfWidth, 2))" } ?? "-",
                row.verdict,
            ]
        }
        let heading = [
            "case", "measure", "theory", "our formula", "error", "simulated (99.99 %)", "verdict",
        ]
        return table(heading, lines) + "\n\n"
            + "\(formulasRight) of \(count(rows.count, "row")) agree by formula; "
            + "\(simulatedRows) simulated, \(outside) outside the interval (1 allowed), \(wide) "
            + "with an interval wider than 1 % (2 % under heavy load). "
            + (passes ? "The table holds." : "The table does NOT hold.")
    }
}
