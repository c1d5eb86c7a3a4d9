internal import LabDomain
internal import LabOperations

/// When everything that is open will be finished, and what would help.
struct ForecastSection: Hashable, Sendable {
    /// How many tubes stand so with their limits; it leads to them.
    struct Figure: Hashable, Sendable {
        let path: String
        let kind: String
        let sign: String
        let count: Int
        let text: String
        let groups: String
        let isHere: Bool
    }

    /// A move with the breaches that it avoids.
    struct MoveRow: Hashable, Sendable {
        let move: String
        let worth: String
    }

    /// Some of the groups, with what is left out.
    struct Table: Hashable, Sendable {
        let title: String
        let rows: [ForecastRow]
        let more: String?
    }

    /// So many rows are shown at most, of those in time and of those late already.
    static let most = 25
    static let mostLate = 10

    let figures: [Figure]
    let isFiltered: Bool
    let allPath: String
    /// From when the forecast is, and how many breaches it expects.
    let asOf: String
    let expected: String?
    /// Whether something was done since.
    let isOlder: Bool
    /// Whether stage times are defaults: the laboratory has no history yet.
    let isDefault: Bool
    let moves: [MoveRow]
    let hasMoves: Bool
    /// What can still be in time.
    let inTime: Table?
    /// What is late already, in a table of its own that is told of above.
    let late: Table?
    let lateNotice: String?
    let isEmpty: Bool

    init(_ forecast: TurnaroundBoard, at fact: Int, _ asked: BoardQuestion, for visit: Visit) {
        let words = visit.words
        let groups = Dictionary(grouping: forecast.lines.indices) { forecast.lines[$0].status }
        figures = Self.order.map {
            Self.figure($0, groups[$0] ?? [], of: forecast, asked, words)
        }
        isFiltered = asked.status != nil
        allPath = asked.with(TurnaroundBoard.Status?.none).path()
        asOf = words.say("board.forecastAsOf", ["time": visit.time(forecast.at)])
        let breaches = Int(forecast.expectedBreaches.rounded())
        expected = breaches > 0 ? words.count("board.expectedBreaches", breaches) : nil
        isOlder = forecast.fact < fact
        isDefault = !forecast.isLearned
        moves = forecast.moves.prefix(5).map {
            MoveRow(
                move: visit.site.say($0.move, visit.language), worth: Self.worth($0, words))
        }
        hasMoves = !moves.isEmpty
        let asks = Self.order.filter { asked.status == nil || $0 == asked.status }
        let lines = asks.filter { $0 != .breached }.flatMap { groups[$0] ?? [] }
        let overdue = asks.contains(.breached) ? groups[.breached] ?? [] : []
        inTime = Self.table(lines, Self.most, words.say("board.stillInTime"), forecast, visit)
        let tubes = overdue.reduce(0) { $0 + forecast.lines[$1].tubes }
        late = Self.table(
            overdue, asked.status == .breached ? Self.most : Self.mostLate,
            words.count("board.lateGroups", tubes), forecast, visit)
        lateNotice =
            asked.status == nil && tubes > 0 ? words.count("board.lateNotice", tubes) : nil
        isEmpty = inTime == nil && late == nil
    }

    /// What a move avoids; where four fifths of the futures avoid nothing, it is a mean of seldom
    /// cases.
    private static func worth(_ advice: TurnaroundBoard.Advice, _ words: Catalogue) -> String {
        let (low, high) = (Int(advice.low.rounded()), Int(advice.high.rounded()))
        return words.count(
            low == 0 && high == 0 ? "board.avoidsSeldom" : "board.avoids",
            Int(advice.avoided.rounded()), ["low": "\(low)", "high": "\(high)"])
    }

    private static func table(
        _ lines: [Int], _ most: Int, _ title: String,
        _ forecast: TurnaroundBoard, _ visit: Visit
    ) -> Table? {
        guard !lines.isEmpty else { return nil }
        let shown = lines.prefix(most).map { forecast.lines[$0] }
        let axis = ForecastAxis(shown, at: forecast.at)
        let left = lines.count - shown.count
        return Table(
            title: title, rows: shown.map { ForecastRow($0, axis, for: visit) },
            more: left > 0 ? visit.words.count("board.moreGroups", left) : nil)
    }

    /// What will be late stands first: it can still be helped.
    static let order: [TurnaroundBoard.Status] = [.willBreach, .atRisk, .onTime, .breached]

    private static func figure(
        _ status: TurnaroundBoard.Status, _ lines: [Int], of forecast: TurnaroundBoard,
        _ asked: BoardQuestion, _ words: Catalogue
    ) -> Figure {
        Figure(
            path: asked.with(status).path(), kind: status.kind, sign: status.sign,
            count: lines.reduce(0) { $0 + forecast.lines[$1].tubes },
            text: words.word("board.tubes", status),
            groups: words.count("board.groups", lines.count), isHere: asked.status == status)
    }
}

extension TurnaroundBoard.Status {
    /// The colour of a tag; the sign and the word say the same without it.
    var kind: String {
        switch self {
        case .willBreach, .breached: "bad"
        case .atRisk: "warn"
        case .onTime: "good"
        }
    }

    var sign: String {
        switch self {
        case .willBreach: "▲"
        case .atRisk: "!"
        case .onTime: "✓"
        case .breached: "✗"
        }
    }

    /// The mark of a row in a table.
    var rowClass: String {
        switch self {
        case .willBreach, .breached: "late"
        case .atRisk: "soon"
        case .onTime: ""
        }
    }
}
