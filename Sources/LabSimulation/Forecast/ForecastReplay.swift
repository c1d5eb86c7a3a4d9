/// A recorded laboratory walked through: what was predicted when, and what came.
package struct ForecastReplay: Sendable {
    /// A breach counts as predicted from this probability on.
    ///
    /// As on the board and in alerts, from where it is likelier than not. Over the logs of seventy
    /// simulated laboratories (seeds 201 to 240 and 301 to 330 of the fixed model's scenario B)
    /// recall and precision are then most often both above 0.9, and least below it elsewhere.
    package static let usualFlag = 0.5

    /// How to walk.
    package struct Plan: Sendable {
        package var stations: LaboratoryStations
        /// Minutes between forecasts.
        package var every = 60.0
        package var futures = 200
        package var seed: UInt64 = 1
        package var order = LineOrder.firstCome
        /// Only tubes whose deadline is at least so far away are scored.
        package var lead = 120.0
        /// A breach is predicted from this probability on.
        package var flag = ForecastReplay.usualFlag

        /// A plan for a laboratory.
        package init(stations: LaboratoryStations) { self.stations = stations }
    }

    package private(set) var ours: ForecastScore
    package private(set) var stageMean: ForecastScore
    package private(set) var queueRate: ForecastScore
    package private(set) var steps = 0

    private let plan: Plan
    private var naive = NaiveForecasters()
    private var bands = BandKeeper(0.8)
    private var scored: (ours: [ScoredForecast], stage: [ScoredForecast], queue: [ScoredForecast]) =
        ([], [], [])

    /// Walks through a log.
    /// - Parameters:
    ///   - log: What was recorded; at each step only what had happened by then is looked at.
    ///   - history: Logs of the same laboratory that were complete before.
    ///   - plan: How to walk.
    package init(
        _ log: LaboratoryLog, history: [LaboratoryLog] = [], plan: Plan
    ) {
        self.plan = plan
        (ours, stageMean, queueRate) = (ForecastScore([]), ForecastScore([]), ForecastScore([]))
        let past = Observations(of: history, plan.stations)
        for log in history { study(log) }
        var now = plan.every
        let end = log.end
        while now < end {
            step(log, past, now)
            steps += 1
            now += plan.every
        }
        ours = ForecastScore(scored.ours)
        stageMean = ForecastScore(scored.stage)
        queueRate = ForecastScore(scored.queue)
        scored = ([], [], [])
    }

    /// Lets the naive forecasters learn from a log that is over.
    private mutating func study(_ log: LaboratoryLog) {
        let times = LearnedTimes(from: [log], stations: plan.stations)
        var now = plan.every
        while now < log.end {
            let known = log.known(at: now)
            let state = LoggedState(known, at: now, times, order: plan.order)
            naive.note(state, naive.byQueue(known, state))
            now += plan.every
        }
        naive.learn(log)
        naive.endLog()
    }

    private mutating func step(_ log: LaboratoryLog, _ past: Observations, _ now: Double) {
        let known = log.known(at: now)
        let times = LearnedTimes(
            from: past.adding(known, plan.stations), stations: plan.stations)
        let state = LoggedState(known, at: now, times, order: plan.order)
        naive.learn(known)
        bands.learn(known)
        let level = bands.level
        let forecast = Forecast(
            state.work, times, order: plan.order, futures: plan.futures,
            seed: plan.seed &+ UInt64(steps))
        let byQueue = naive.byQueue(known, state)
        for one in state.tubes {
            let tube = known.tubes[one.tube]
            guard let queue = byQueue[one.tube], tube.deadline - now >= plan.lead else { continue }
            // The truth is taken from the whole log, for the score alone.
            let plate = log.tubes[one.tube].plate
            guard plate >= 0, log.plates[Int(plate)].released.isFinite else { continue }
            let released = log.plates[Int(plate)].released
            let ours = forecast.scored(
                one.subject, deadline: tube.deadline, released: released, band: level,
                flag: plan.flag)
            scored.ours.append(ours)
            bands.note(one.tube, ours.low, ours.high)
            scored.stage.append(
                naive.byStage(one.place, now: now, deadline: tube.deadline)
                    .scored(released: released))
            scored.queue.append(
                naive.byQueue(queue, deadline: tube.deadline).scored(released: released))
        }
        naive.note(state, byQueue)
    }
}

extension Forecast {
    fileprivate func scored(
        _ subject: Int, deadline: Double, released: Double, band level: Double, flag: Double
    ) -> ScoredForecast {
        let probability = lateness(subject, deadline: deadline)
        return ScoredForecast(
            probability: probability, rank: probability, isFlagged: probability >= flag,
            finish: finish(subject, quantile: 0.5), low: finish(subject, quantile: (1 - level) / 2),
            high: finish(subject, quantile: (1 + level) / 2), isLate: released > deadline,
            released: released)
    }
}
