internal import LabDomain
internal import LabOperations

/// A sending unit's results of a day as they are printed.
struct FeedbackPage: Hashable, Sendable {
    let bar: PaperBar?
    let laboratory: String
    let unit: String
    let day: String
    let made: String
    let counts: String
    let headings: [String]
    let rows: [Row]
    let isEmpty: Bool

    /// One person or place.
    struct Row: Hashable, Sendable {
        let cells: [String]
        let isDetected: Bool
    }

    /// The page of a feedback in the words of a language.
    init(_ feedback: UnitFeedback, table: FeedbackTable, words: Catalogue, bar: PaperBar? = nil) {
        self.bar = bar
        laboratory = feedback.laboratory
        unit = feedback.unit
        day = feedback.day.map(\.description) ?? words.say("feedback.allDays")
        made = feedback.zone.minuteText(feedback.madeAt)
        counts = words.say(
            "feedback.counts",
            [
                "n": "\(feedback.rows.count)", "ready": "\(feedback.count(of: .result))",
                "again": "\(feedback.count(of: .calledBack))",
                "waiting": "\(feedback.count(of: .waiting))",
            ])
        headings = table.headings
        rows = feedback.rows.map {
            Row(cells: table.cells(of: $0), isDetected: $0.outcome == .detected)
        }
        isEmpty = feedback.rows.isEmpty
    }
}
