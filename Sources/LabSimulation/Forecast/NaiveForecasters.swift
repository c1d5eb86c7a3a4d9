/// Two simple forecasters that ours must beat: the mean remaining time of the stage, and the
/// length of the queue over the rate of release.
///
/// Both learn from tubes that were released: how long those still took that were seen at a
/// stage; by how much the queue's answer was wrong. So they have probabilities and bands as well.
struct NaiveForecasters {
    private var remaining = TubePlace.allCases.map { _ in MinuteCounts() }
    private var errors = MinuteCounts()
    private var pending: [Seen] = []

    private struct Seen {
        let tube: Int
        let place: TubePlace
        let time: Double
        let byQueue: Double
    }

    /// Learns from what was released by now.
    mutating func learn(_ log: LaboratoryLog) {
        pending.removeAll { seen in
            let plate = log.tubes[seen.tube].plate
            guard plate >= 0, log.plates[Int(plate)].released.isFinite else { return false }
            let released = log.plates[Int(plate)].released
            remaining[seen.place.rawValue].add(released - seen.time)
            errors.add(released - seen.byQueue)
            return true
        }
        for place in remaining.indices { remaining[place].settle() }
        errors.settle()
    }

    /// Forgets what was seen in a log that is over.
    mutating func endLog() { pending = [] }

    /// When the queue will have served each routine tube, at the rate of the last three hours.
    func byQueue(_ log: LaboratoryLog, _ state: LoggedState) -> [Int: Double] {
        let now = state.work.now
        let window = 180.0
        let released = log.tubes.count { tube in
            !tube.isSingle && tube.plate >= 0
                && log.plates[Int(tube.plate)].released > now - window
                && log.plates[Int(tube.plate)].released <= now
        }
        let rate = Double(released) / min(window, max(now, 1))
        let ordered = state.tubes.filter { !log.tubes[$0.tube].isSingle }
            .sorted { log.tubes[$0.tube].received < log.tubes[$1.tube].received }
        var finishes: [Int: Double] = [:]
        for (ahead, one) in ordered.enumerated() {
            // Nothing was released yet: a plate's way without any waiting, by the defaults.
            let wait = rate > 0 ? Double(ahead + 1) / rate : 200
            finishes[one.tube] = now + wait
        }
        return finishes
    }

    /// Remembers what was seen, to learn from it when it is released.
    mutating func note(_ state: LoggedState, _ byQueue: [Int: Double]) {
        for one in state.tubes {
            guard let queue = byQueue[one.tube] else { continue }
            pending.append(
                Seen(tube: one.tube, place: one.place, time: state.work.now, byQueue: queue))
        }
    }

    /// The forecast of the mean remaining time of a stage.
    func byStage(_ place: TubePlace, now: Double, deadline: Double) -> NaiveForecast {
        let seen = remaining[place.rawValue]
        let finish = now + (seen.count > 0 ? seen.mean : 200)
        return NaiveForecast(
            finish: finish, deadline: deadline,
            probability: seen.share(above: deadline - now),
            low: seen.quantile(0.1).map { now + $0 }, high: seen.quantile(0.9).map { now + $0 })
    }

    /// The forecast of the queue's length over its rate.
    func byQueue(_ finish: Double, deadline: Double) -> NaiveForecast {
        NaiveForecast(
            finish: finish, deadline: deadline,
            probability: errors.share(above: deadline - finish),
            low: errors.quantile(0.1).map { finish + $0 },
            high: errors.quantile(0.9).map { finish + $0 })
    }
}

/// What a naive forecaster says of a tube.
struct NaiveForecast {
    let finish: Double
    let deadline: Double
    let probability: Double
    let low: Double
    let high: Double

    init(finish: Double, deadline: Double, probability: Double?, low: Double?, high: Double?) {
        (self.finish, self.deadline) = (finish, deadline)
        self.probability = probability ?? (finish > deadline ? 1 : 0)
        self.low = low ?? finish
        self.high = high ?? finish
    }

    func scored(released: Double) -> ScoredForecast {
        ScoredForecast(
            probability: probability, rank: finish - deadline, isFlagged: finish > deadline,
            finish: finish, low: low, high: high, isLate: released > deadline, released: released)
    }
}
