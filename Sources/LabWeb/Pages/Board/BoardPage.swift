internal import LabDomain
internal import LabOperations

/// The supervisor's board.
struct BoardPage: Hashable, Sendable {
    /// How many batches press so much; it leads to them.
    struct Figure: Hashable, Sendable {
        let path: String
        let kind: String
        let sign: String
        let count: Int
        let text: String
        let isHere: Bool
    }

    let figures: [Figure]
    let isFiltered: Bool
    let allPath: String
    /// Nil as long as the first one is being made.
    let forecast: ForecastSection?
    /// What the page's script asks for when something changed.
    let partPath: String
    /// The present in milliseconds: a browser's own clock may be wrong.
    let now: Int64
    /// The number of the last change, of what was done or foreseen.
    let change: Int
    let time: String
    let rows: [BoardRow]
    let isEmpty: Bool
    let more: String?
    let plates: [PlateRow]
    let hasPlates: Bool
    let unexplained: [UnexplainedRow]
    let hasUnexplained: Bool
    let wall: WallSection

    init(
        _ board: Board, _ foreseen: TurnaroundBoard?, change: Int, _ asked: BoardQuestion,
        for visit: Visit
    ) {
        let words = visit.words
        figures = Urgency.allCases.map {
            Figure(
                path: asked.with($0).path(), kind: $0.kind, sign: $0.sign,
                count: board.counts[$0] ?? 0, text: words.word("board.count", $0),
                isHere: $0 == asked.urgency)
        }
        isFiltered = asked.urgency != nil
        allPath = asked.with(Urgency?.none).path()
        forecast = foreseen.map { ForecastSection($0, at: board.fact, asked, for: visit) }
        partPath = asked.path(on: "/board/rows")
        now = board.at.milliseconds
        self.change = change
        time = visit.time(board.at)
        let back = asked.path()
        let last = foreseen?.last(
            of: Set(board.batches.map(\.open.box)), on: Set(board.plates.map(\.open.plate)))
        rows = board.batches.map {
            BoardRow($0, last?.boxes[$0.open.box], back: back, for: visit)
        }
        isEmpty = rows.isEmpty
        more = board.more > 0 ? words.count("board.more", board.more) : nil
        plates = board.plates.map { PlateRow($0, last?.plates[$0.open.plate], for: visit) }
        hasPlates = !plates.isEmpty
        unexplained = board.unexplained.map { UnexplainedRow($0, back: back, for: visit) }
        hasUnexplained = !unexplained.isEmpty
        wall = WallSection(visit)
    }
}

extension Urgency {
    /// The colour of a tag; the sign and the word say the same without it.
    var kind: String {
        switch self {
        case .late: "bad"
        case .soon: "warn"
        case .onTime: "good"
        case .awaitingDelivery: "accent"
        }
    }

    var sign: String {
        switch self {
        case .late: "✗"
        case .soon: "!"
        case .onTime: "✓"
        case .awaitingDelivery: "→"
        }
    }

    /// The mark of a row in a table.
    var rowClass: String {
        switch self {
        case .late: "late"
        case .soon: "soon"
        case .onTime, .awaitingDelivery: ""
        }
    }
}
