internal import LabDomain
internal import LabStore
internal import Synchronization

/// The first readings of runs, counted: two days of a city are 200,000 of them, and every proposal
/// of pools asks for all.
///
/// A test in which nothing was found keeps its verdict until its run is refused; those are counted
/// once for each run, and again when the run has more of them. A refusal may make other tests the
/// first ones. What was found is asked for every time: later tests may refute it.
final class KeptReadings: Sendable {
    private struct Counted {
        let clear: Int
        let readings: [CountedReadings]
    }

    /// So many runs are kept at most, of the period that was asked for last.
    private static let most = 20_000

    private let kept = Mutex<(refused: Int, runs: [RunID: Counted])>((0, [:]))

    /// The first readings since an instant up to another, those that are alike together.
    func readings(
        since: Timestamp, until: Timestamp, in view: StoreView
    ) throws -> [CountedReadings] {
        let refused = try view.refusedRuns()
        let known = kept.withLock { $0.refused == refused ? $0.runs : [:] }
        var new: [RunID: Counted] = [:]
        var all = CountedReadings.counted(
            try view.firstReadings(since: since, until: until, onlyFound: true))
        for run in try view.readRuns(since: since, until: until) {
            var counted = known[run.id]
            if counted?.clear != run.clear {
                counted = Counted(clear: run.clear, readings: try view.clearReadings(of: run.id))
                new[run.id] = counted
            }
            all += counted?.readings ?? []
        }
        let added = new
        kept.withLock { kept in
            if kept.refused != refused || kept.runs.count + added.count > Self.most {
                kept = (refused, [:])
            }
            kept.runs.merge(added) { $1 }
        }
        return CountedReadings.merged(all)
    }
}

extension CountedReadings {
    private struct Kind: Hashable {
        let risk: RiskClass
        let kind: TestedKind
        let people: Int
    }

    /// Readings that are alike, together.
    static func counted(_ readings: [FirstReading]) -> [CountedReadings] {
        merged(
            readings.map {
                CountedReadings(
                    risk: $0.risk, kind: $0.kind, people: $0.people, tests: 1,
                    positive: $0.isPositive ? 1 : 0)
            })
    }

    /// Counts that are alike, together.
    static func merged(_ counts: [CountedReadings]) -> [CountedReadings] {
        var sums: [Kind: (tests: Int, positive: Int)] = [:]
        for count in counts {
            let kind = Kind(risk: count.risk, kind: count.kind, people: count.people)
            let sum = sums[kind] ?? (0, 0)
            sums[kind] = (sum.tests + count.tests, sum.positive + count.positive)
        }
        return sums.map {
            CountedReadings(
                risk: $0.risk, kind: $0.kind, people: $0.people, tests: $1.tests,
                positive: $1.positive)
        }
    }
}
