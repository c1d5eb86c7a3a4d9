/// What happened in the futures of a state: breaches, and how each group of tubes fared.
struct MoveOutcome: Sendable {
    /// Breaches in each future, of what was not late already.
    private(set) var breaches: [Double]
    /// In each future, whether each group was late; group by group.
    private var late: [Bool]
    /// The mean time to the finish of each group; bounded, since some never come to an end.
    private(set) var finish: [Double]
    private let futures: Int

    private static let longest = 1e5

    init(
        _ work: WorkInHand, _ due: [DueTubes], _ times: LearnedTimes, _ order: LineOrder,
        futures: Int, seed: UInt64
    ) {
        self.futures = futures
        var breaches = [Double](repeating: 0, count: futures)
        var late = [Bool](repeating: false, count: due.count * futures)
        var finish = [Double](repeating: 0, count: due.count)
        var future = Future(work, times, order)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: max(1, work.subjects)) { room in
            guard let finishes = room.baseAddress else { return }
            finishes.initialize(repeating: 0, count: room.count)
            for number in 0..<futures {
                future.run(seed: seed, number: number, into: finishes, every: 1)
                for (place, one) in due.enumerated() {
                    let minutes = Double(finishes[one.subject])
                    finish[place] += min(minutes, Self.longest) / Double(futures)
                    guard one.deadline > work.now, work.now + minutes > one.deadline else {
                        continue
                    }
                    late[place * futures + number] = true
                    breaches[number] += Double(one.count)
                }
            }
        }
        (self.breaches, self.late, self.finish) = (breaches, late, finish)
    }

    /// The share of the futures in which a group was late.
    func lateness(_ place: Int) -> Double {
        let own = late[place * futures..<(place + 1) * futures]
        return Double(own.count { $0 }) / Double(futures)
    }

    /// Says what becomes of a group that the futures do not follow to its end.
    mutating func settle(_ place: Int, at time: Double, _ one: DueTubes, now: Double) {
        finish[place] = time - now
        guard one.deadline > now else { return }
        let isLate = time > one.deadline
        for number in 0..<futures where late[place * futures + number] != isLate {
            late[place * futures + number] = isLate
            breaches[number] += isLate ? Double(one.count) : -Double(one.count)
        }
    }
}

/// A move and what happened in its futures.
struct MoveAttempt: Sendable {
    let suggestion: SuggestedMove
    let outcome: MoveOutcome

    init(_ move: Move, _ outcome: MoveOutcome, instead untouched: MoveOutcome) {
        self.outcome = outcome
        let avoided = zip(untouched.breaches, outcome.breaches).map { $0 - $1 }.sorted()
        let n = avoided.count
        suggestion = SuggestedMove(
            move: move, avoided: avoided.reduce(0, +) / Double(n), low: avoided[n / 10],
            high: avoided[n - 1 - n / 10])
    }
}

/// The moves that were tried in a state.
package struct MoveAttempts: Sendable {
    private let tried: [MoveAttempt]
    private let due: [DueTubes]
    private let now: Double
    private let untouched: MoveOutcome
    private let isInDanger: Bool

    /// A group is helped when so much smaller a share of its futures is late.
    private static let noticed = 0.05
    /// Or, where it is late in any case, when it is finished so many minutes earlier.
    private static let sooner = 5.0

    init(
        _ tried: [MoveAttempt], due: [DueTubes], now: Double, instead untouched: MoveOutcome,
        isInDanger: Bool
    ) {
        (self.tried, self.due, self.now) = (tried, due, now)
        (self.untouched, self.isInDanger) = (untouched, isInDanger)
    }

    /// The moves that avoid at least one breach, as one rounds, the best first.
    package var best: [SuggestedMove] {
        guard isInDanger else { return [] }
        return tried.map(\.suggestion).filter { $0.avoided >= 0.5 }
            .sorted { $0.avoided > $1.avoided }
    }

    /// The move that helps a group of tubes and harms nobody more; nil when none that was tried
    /// does.
    package func help(_ place: Int) -> MoveHelp? {
        (due[place].deadline > now ? prevention(place) : nil)
            ?? (untouched.lateness(place) >= 0.5 || due[place].deadline <= now
                ? haste(place) : nil)
    }

    /// Of the moves that make a group nearly as safe as any does, the one that avoids most.
    private func prevention(_ place: Int) -> MoveHelp? {
        let without = untouched.lateness(place)
        let gains = tried.map { without - $0.outcome.lateness(place) }
        let enough = max(Self.noticed - 1e-9, 0.8 * (gains.max() ?? 0))
        return zip(tried, gains).filter { $1 >= enough && $0.suggestion.avoided > 0 }
            .max { $0.0.suggestion.avoided < $1.0.suggestion.avoided }
            .map { help(place, $0.0) }
    }

    /// What is late whatever is done is helped by what brings it sooner without a breach
    /// elsewhere: of the moves that do so nearly as well as any, the one that avoids most.
    private func haste(_ place: Int) -> MoveHelp? {
        let quicker = tried.filter { $0.suggestion.avoided > -0.5 }.map { help(place, $0) }
        let enough = max(Self.sooner, 0.8 * (quicker.map(\.earlier).max() ?? 0))
        return quicker.filter { $0.earlier >= enough }.max { $0.avoided < $1.avoided }
    }

    private func help(_ place: Int, _ attempt: MoveAttempt) -> MoveHelp {
        MoveHelp(
            move: attempt.suggestion.move, avoided: attempt.suggestion.avoided,
            earlier: untouched.finish[place] - attempt.outcome.finish[place])
    }
}
