internal import LabDomain
internal import LabStore
internal import Synchronization

/// The times of received tubes by day, as they were read last: a city's days are not read anew for
/// everybody who looks back at them.
final class KeptTimes: Sendable {
    /// The tubes that were received on one day, which begins at midnight UTC in any zone.
    private struct Day {
        let times: [TubeTimes]
        let counted: ReceivedCount
        let atWork: Int
        /// The last fact that the times know of, and when they were read.
        var fact: Int
        var readAt: Timestamp
        var used = 0
    }

    /// What is known of a period.
    struct Period {
        let parts: [ArraySlice<TubeTimes>]
        /// Since when something may have been done that the times do not know; nil when they know
        /// all.
        let olderThan: Timestamp?
    }

    /// A day is settled when it ended so long ago and nothing of it is at work.
    private static let settles = Span.hours(48)
    /// So many tubes are kept, of the days that were looked at last; some 150 bytes each.
    private static let most = 1_000_000

    /// Days of no more tubes are read at once; larger ones beside the requests.
    private let readAtOnce: Int
    private let state = Mutex<(days: [Int64: Day], looks: Int)>(([:], 0))

    init(readAtOnce: Int = 5_000) { self.readAtOnce = readAtOnce }

    /// The tubes that were received in a period, in that order, as they are known.
    ///
    /// Where `isNew`, every day is read that may have changed, however many tubes it has.
    func period(
        from first: Timestamp, to last: Timestamp, in view: StoreView, at now: Timestamp,
        isNew: Bool
    ) throws -> Period {
        guard first < last else { return Period(parts: [], olderThan: nil) }
        let fact = try view.lastFact()
        var parts: [ArraySlice<TubeTimes>] = []
        var older: Timestamp?
        for number in Self.day(of: first)...Self.day(of: last) {
            let day = try day(number, fact, in: view, at: now, isNew: isNew)
            parts.append(Self.slice(day.times, from: first, to: last))
            if day.fact < fact, !Self.isSettled(day, number, now) {
                older = min(older ?? day.readAt, day.readAt)
            }
        }
        return Period(parts: parts.filter { !$0.isEmpty }, olderThan: older)
    }

    private func day(
        _ number: Int64, _ fact: Int, in view: StoreView, at now: Timestamp, isNew: Bool
    ) throws -> Day {
        let known = state.withLock { state in
            state.looks += 1
            state.days[number]?.used = state.looks
            return state.days[number]
        }
        if let known {
            if known.fact >= fact { return known }
            if !isNew && known.times.count > readAtOnce { return known }
        }
        let (first, last) = (Self.start(of: number), Self.start(of: number + 1))
        let counted = try view.receivedCount(from: first, to: last)
        if var known, Self.isSettled(known, number, now), known.counted == counted {
            (known.fact, known.readAt) = (fact, now)
            return keep(known, number)
        }
        let times = try counted.tubes == 0 ? [] : view.tubeTimes(from: first, to: last)
        return keep(
            Day(
                times: times, counted: counted, atWork: times.count { $0.isAtWork }, fact: fact,
                readAt: now), number)
    }

    private func keep(_ day: Day, _ number: Int64) -> Day {
        state.withLock { state in
            if let other = state.days[number], other.fact > day.fact { return other }
            var day = day
            day.used = state.looks
            state.days[number] = day
            var tubes = state.days.values.reduce(0) { $0 + $1.times.count }
            while tubes > Self.most,
                let oldest = state.days.min(by: { $0.value.used < $1.value.used }),
                oldest.key != number
            {
                tubes -= oldest.value.times.count
                state.days[oldest.key] = nil
            }
            return day
        }
    }

    private static func isSettled(_ day: Day, _ number: Int64, _ now: Timestamp) -> Bool {
        day.atWork == 0 && start(of: number + 1).advanced(by: settles) <= now
    }

    private static func day(of instant: Timestamp) -> Int64 {
        let milliseconds = instant.milliseconds
        return (milliseconds >= 0 ? milliseconds : milliseconds - 86_399_999) / 86_400_000
    }

    private static func start(of day: Int64) -> Timestamp {
        Timestamp(milliseconds: day * 86_400_000)
    }

    /// The tubes of a day that were received in a period; days are in the order of receipt.
    private static func slice(
        _ times: [TubeTimes], from first: Timestamp, to last: Timestamp
    ) -> ArraySlice<TubeTimes> {
        func place(_ instant: Timestamp) -> Int {
            var (low, high) = (0, times.count)
            while low < high {
                let middle = (low + high) / 2
                if times[middle].received < instant { low = middle + 1 } else { high = middle }
            }
            return low
        }
        return times[place(first)..<place(last)]
    }
}
