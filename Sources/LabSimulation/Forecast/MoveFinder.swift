/// Finds moves by simulating them, each with the luck of the same futures.
package struct MoveFinder: Sendable {
    let work: WorkInHand
    let due: [DueTubes]
    let times: LearnedTimes
    let order: LineOrder
    let futures: Int
    let seed: UInt64
    /// Minutes until another laboratory has the result of what is sent now.
    let elsewhere: Double?
    /// What happens when nothing is done.
    let untouched: MoveOutcome

    /// A finder for a state.
    package init(
        _ work: WorkInHand, _ due: [DueTubes], _ times: LearnedTimes, order: LineOrder,
        futures: Int = 50, seed: UInt64, elsewhere: Double? = nil
    ) {
        (self.work, self.due, self.times, self.order) = (work, due, times, order)
        (self.futures, self.seed, self.elsewhere) = (max(1, futures), seed, elsewhere)
        untouched = MoveOutcome(work, due, times, order, futures: self.futures, seed: seed)
    }

    /// The expected breaches when nothing is done, of what is not late already.
    package var expected: Double {
        untouched.breaches.reduce(0, +) / Double(untouched.breaches.count)
    }

    /// What a move avoids.
    package func judge(_ move: Move) -> SuggestedMove { attempt(move).suggestion }

    /// Simulates a move.
    func attempt(_ move: Move) -> MoveAttempt {
        var state = MovedWork(work, due, times, order)
        state.make(move, elsewhere: elsewhere)
        var outcome = MoveOutcome(
            state.work, state.due, state.times, state.order, futures: futures, seed: seed)
        for place in state.settled.keys {
            let finish = work.now + (state.settled[place] ?? 0)
            outcome.settle(place, at: finish, due[place], now: work.now)
        }
        return MoveAttempt(move, outcome, instead: untouched)
    }

    /// The moves that avoid at least one breach, the best first.
    package func best(of moves: [Move]) -> [SuggestedMove] { attempts(moves).best }

    /// Simulates moves, and the best of them together with some others.
    /// - Parameters:
    ///   - moves: What is tried alone.
    ///   - pairs: How many others are tried together with the best, where that leaves breaches.
    /// - Returns: What each is worth, for the laboratory and for each group of tubes.
    package func attempts(_ moves: [Move], pairs: Int = 0) -> MoveAttempts {
        let alone = moves.map(attempt)
        return MoveAttempts(
            alone + together(alone, pairs), due: due, now: work.now, instead: untouched,
            isInDanger: expected >= 0.5)
    }

    /// The best move with each of the next ones; kept where that avoids one breach more at least.
    private func together(_ alone: [MoveAttempt], _ pairs: Int) -> [MoveAttempt] {
        let order = alone.map(\.suggestion).enumerated().sorted {
            ($1.element.avoided, $0.offset) < ($0.element.avoided, $1.offset)
        }
        guard let best = order.first?.element, expected - best.avoided >= 1 else { return [] }
        let others = order.dropFirst().map(\.element.move).filter { other in
            other.plate == nil || other.plate != best.move.plate
        }
        return others.prefix(pairs).map { attempt(.both(best.move, $0)) }
            .filter { $0.suggestion.avoided >= best.avoided + 1 }
    }
}

/// How many moves are tried with how many futures, so that a city's board stays quick.
package struct MoveEffort: Sendable, Equatable {
    package let futures: Int
    package let moves: Int
    /// Moves that are tried together with the best.
    package let pairs: Int

    /// Steps of futures that all moves together may take: a second or so of a city's board.
    private static let steps = 3_000_000

    /// The effort for a state: a future takes a step for each plate, group and sixteen tubes.
    /// - Parameters:
    ///   - work: What there is.
    ///   - most: Futures that the forecast itself has; no move is tried with more.
    package init(_ work: WorkInHand, atMost most: Int) {
        let waiting = work.reception.reduce(0) { $0 + $1.count }
        let size = work.subjects + 4 * work.plates.count + waiting / 16
        let runs = min(3_000, max(200, Self.steps / max(1, size)))
        futures = min(most, runs >= 1_000 ? 50 : 20)
        moves = min(60, max(9, runs / max(1, futures) - 1))
        pairs = runs >= 1_000 ? 6 : 0
    }
}
