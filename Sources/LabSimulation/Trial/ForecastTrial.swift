import LabStatistics

/// A day of a trial: how well it was forecast, and how late it was under three ways to work.
package struct TrialDayResult: Sendable {
    package let ours: ForecastScore
    package let stageMean: ForecastScore
    package let queueRate: ForecastScore
    package let tubes: Int
    /// Breaches when the first comes first; in the order of earliest deadlines; and with the
    /// moves as well.
    package let firstCome: Int
    package let ordered: Int
    package let steered: Int
    /// Tubes that were sent to another laboratory.
    package let sent: Int
}

/// Many laboratories on many days that the forecaster knows by their logs alone.
package enum ForecastTrial {
    /// How many minutes another laboratory takes, courier included, for what is sent there.
    static let elsewhere = 330.0
    /// Days of the same laboratory that the forecaster has logs of.
    static let daysBefore = 3
    /// The share of a day's tubes that it takes.
    static let room = 0.1

    /// One laboratory: three days to learn from, and a day to forecast.
    /// - Parameters:
    ///   - day: Which; every day has its own laboratory.
    ///   - seed: The trial's.
    ///   - futures: Futures for each forecast.
    /// - Returns: The scores of the forecasts, and how late the day was under each way to work.
    package static func run(day: Int, seed: UInt64, futures: Int = 100) -> TrialDayResult {
        let master = SeededGenerator(seed: seed).stream(
            named: "trial day", number: UInt64(truncatingIfNeeded: day))
        var random = master.stream(named: "laboratory")
        let laboratory = TrialLaboratory(&random)
        let history = (0..<daysBefore).map { number in
            TrialRun(
                laboratory, TrialDay(laboratory, &random),
                seed: master.stream(named: "day before", number: UInt64(number)),
                order: .firstCome
            ).log
        }
        let past = Observations(of: history, laboratory.stations)
        let today = TrialDay(laboratory, &random)
        let luck = master.stream(named: "today")
        let plain = TrialRun(laboratory, today, seed: luck, order: .firstCome)
        var plan = ForecastReplay.Plan(stations: laboratory.stations)
        (plan.futures, plan.seed) = (futures, seed)
        let replay = ForecastReplay(plain.log, history: history, plan: plan)
        let ordered = TrialRun(laboratory, today, seed: luck, order: .earliestDeadline)
        let sent = Sent()
        let steered = TrialRun(
            laboratory, today, seed: luck, order: .earliestDeadline,
            steer: { log, now in
                steer(log, now, past, laboratory, plan, sent)
            }, elsewhere: elsewhere)
        return TrialDayResult(
            ours: replay.ours, stageMean: replay.stageMean, queueRate: replay.queueRate,
            tubes: plain.pools, firstCome: plain.late, ordered: ordered.late,
            steered: steered.late, sent: sent.count)
    }

    private final class Sent {
        var count = 0
    }

    /// What is sent away now: the boxes whose sending avoids most, one after the other.
    private static func steer(
        _ log: LaboratoryLog, _ now: Double, _ past: Observations,
        _ laboratory: TrialLaboratory, _ plan: ForecastReplay.Plan, _ sent: Sent
    ) -> [Int] {
        let known = log.known(at: now)
        let times = LearnedTimes(
            from: past.adding(known, plan.stations), stations: plan.stations)
        let state = LoggedState(known, at: now, times, order: .earliestDeadline)
        var work = state.work
        var due = state.due(known).filter { $0.deadline > now }
        var boxes: Set<Int32> = []
        for _ in 0..<4 {
            let finder = MoveFinder(
                work, due, times, order: .earliestDeadline, futures: 20, seed: plan.seed,
                elsewhere: elsewhere)
            guard finder.expected >= 1 else { break }
            let candidates = finder.worstBoxes(2).map { Move.sendAway(box: $0) }
            guard let best = finder.best(of: candidates).first, best.avoided >= 1,
                case .sendAway(let box) = best.move
            else { break }
            let tubes = due.filter { $0.box == box && work.isOnNoPlate($0.subject) }
            let count = tubes.reduce(0) { $0 + $1.count }
            guard Double(sent.count + count) <= room * laboratory.load else { break }
            sent.count += count
            for one in tubes { work.remove(one.count, of: one.subject) }
            due.removeAll { tubes.contains($0) }
            boxes.insert(box)
        }
        guard !boxes.isEmpty else { return [] }
        return known.tubes.indices.filter {
            let tube = known.tubes[$0]
            return boxes.contains(tube.box) && tube.received <= now && tube.plate < 0
        }
    }
}

extension TrialRun {
    /// The tubes that came, without the singles of those who were called back.
    var pools: Int { log.tubes.count { !$0.isSingle } }

    /// How many of them were late.
    var late: Int {
        log.tubes.indices.count {
            !log.tubes[$0].isSingle && finishes[$0] > log.tubes[$0].deadline
        }
    }
}
