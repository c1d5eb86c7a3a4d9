import LabCurves
import ReferenceFiles
import Testing

/// Published curves with what people called them.
struct CurveSet {
    /// A curve, its name and how many people called it what.
    struct Entry {
        let id: String
        let curve: AmplificationCurve
        let votes: [Substring: Int]

        /// What all called it; nil when they differ.
        var unanimous: Substring? { votes.count == 1 ? votes.keys.first : nil }

        /// What most called it; nil for a tie.
        var most: Substring? {
            let best = votes.values.max() ?? 0
            let names = votes.filter { $0.value == best }
            return names.count == 1 ? names.keys.first : nil
        }
    }

    static let names = [
        "RAS002", "kbqPCR", "testdat", "competimer", "htPCR_odd_plates", "karlen1", "boggy",
        "guescini1", "reps384", "vermeulen2", "C126EG595", "VIMCFX96_60",
    ]

    let name: String
    let entries: [Entry]

    /// Reads a set from `curves/NAME.csv` and `curves/NAME_labels.csv`.
    init(_ name: String) throws {
        self.name = name
        let rows = try Reference.rows("curves/\(name).csv")
        var votes: [String: [Substring: Int]] = [:]
        for row in try Reference.rows("curves/\(name)_labels.csv").dropFirst() {
            votes[row[0]] = row[1..<(row.count - 1)].reduce(into: [:]) {
                $0[$1[...], default: 0] += 1
            }
        }
        entries = try rows[0].indices.dropFirst().map { column in
            let points = rows.dropFirst().compactMap { row -> (Double, Double)? in
                guard let cycle = Double(row[0]), let reading = Double(row[column]) else {
                    return nil
                }
                return reading.isFinite ? (cycle, reading) : nil
            }
            let curve = try #require(
                AmplificationCurve(cycles: points.map(\.0), fluorescence: points.map(\.1)))
            return Entry(
                id: rows[0][column], curve: curve,
                votes: try #require(votes[rows[0][column]], "\(rows[0][column]) has no label"))
        }
    }
}

extension CurveCall {
    /// The letter that the published labels use.
    var letter: Substring {
        switch self {
        case .positive: "y"
        case .negative: "n"
        case .ambiguous: "a"
        }
    }
}
