package import LabDomain

/// The board in short: how many open tubes stand how with their limits.
package struct TurnaroundSum: Codable, Sendable {
    package let at: Timestamp
    /// Open tubes by status; each status is named, also with none.
    package let tubes: [String: Int]
    package let expectedBreaches: Double
    /// When, with a chance of nine in ten for each group, the last one is finished.
    package let lastFinish: Timestamp?
    package let isLearned: Bool
    package let moves: [TurnaroundBoard.Advice]

    /// The sum of a board.
    package init(_ board: TurnaroundBoard) {
        at = board.at
        var tubes: [String: Int] = [:]
        for status in TurnaroundBoard.Status.allCases { tubes[status.rawValue] = 0 }
        for line in board.lines { tubes[line.status.rawValue, default: 0] += line.tubes }
        self.tubes = tubes
        expectedBreaches = board.expectedBreaches
        lastFinish = board.lines.map(\.high).max()
        isLearned = board.isLearned
        moves = board.moves
    }
}
