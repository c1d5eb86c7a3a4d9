/// What a laboratory's own history says of its stations, plates and retests.
///
/// Defaults stand in until there is a history: 8 s at reception, extraction 20 to 60 min of
/// machine and 10 of hands, PCR 80 to 120 min and 10 to 30 of set-up, 5 to 20 min of review
/// (compiled from published accounts of mass-testing laboratories, 2020 to 2022).
package struct LearnedTimes: Sendable {
    /// Fewer durations than this are not yet a law of their own.
    static let enough = 5

    package var reception = 8.0 / 60
    package var stages: [StageLaw] = [.evenly(30, 70), .evenly(90, 150), .evenly(5, 20)]
    /// From the closing of a tube to its receipt.
    package var transit = StageLaw.evenly(20, 120)
    /// From the release of a positive pool to the receipt of its members' singles.
    package var callBack = StageLaw.evenly(60, 180)
    package var samplesOnPlate = 94
    /// How long a plate waits for more samples, for pools and for singles.
    package var patience = (routine: 30.0, singles: 15.0)
    /// The chance that a pool is positive.
    package var positivity = 0.001
    /// On how many positive pools that chance rests.
    package var positives = 0.25
    /// Singles that follow a positive pool, on average.
    package var singlesPerPositive = 10.0
    /// Minutes until a machine that is out of order works again, on average.
    package var repair = 75.0
    /// The chance that a plate must be repeated.
    package var repeats = 0.003
    /// Servers at each station: those that were named, or more where more were seen at work.
    package var stations: LaboratoryStations

    /// The defaults.
    package init(stations: LaboratoryStations) { self.stations = stations }

    package subscript(stage: PlateStage) -> StageLaw { stages[stage.rawValue] }

    /// What logs tell; of the one that is still being written only what is known by now.
    package init(from logs: [LaboratoryLog], stations: LaboratoryStations) {
        self.init(from: Observations(of: logs, stations), stations: stations)
    }

    init(from seen: Observations, stations: LaboratoryStations) {
        self.init(stations: stations)
        if seen.receptionCount >= Self.enough {
            reception = seen.receptionSum / Double(seen.receptionCount)
        }
        for stage in PlateStage.allCases {
            guard let law = seen.law(stage) else { continue }
            stages[stage.rawValue] = law
            let most = seen.mostAtWork(stage)
            self.stations[stage] = max(stations[stage], most)
        }
        let repairs = stages.flatMap(\.repairs)
        // As if two repairs of the default's length had been seen before.
        repair = (2 * repair + repairs.reduce(0, +)) / Double(2 + repairs.count)
        if seen.transits.count >= Self.enough { transit = StageLaw(seen.transits) }
        if seen.callBacks.count >= Self.enough { callBack = StageLaw(seen.callBacks) }
        learnPlates(seen)
        // A beta prior of one positive among a thousand pools.
        positives = Double(seen.positives) + 0.25
        positivity = positives / (Double(seen.pools) + 250)
        if seen.positives > 0, seen.pools > 0 {
            singlesPerPositive = max(1, Double(seen.poolMembers) / Double(seen.pools))
        } else if seen.pools > 0 {
            singlesPerPositive = Double(seen.poolMembers) / Double(seen.pools)
        }
        repeats = (Double(seen.repeats) + 0.003) / (Double(seen.released) + 1)
    }

    /// The chance of a breakdown in one service, as it may be for all that was seen: a tenth
    /// of a breakdown in ten services was thought before.
    func breakdowns(_ stage: PlateStage, _ u: Double) -> Double {
        let law = self[stage]
        let (count, services) = law.isLearned ? (law.repairs.count, law.seen.count) : (0, 0)
        let shape = Double(count) + 0.1
        return min(0.5, Gamma.quantile(u, shape: shape) / Double(count + services + 10))
    }

    private mutating func learnPlates(_ seen: Observations) {
        if seen.largestPlate > 0, seen.plateCount >= Self.enough {
            samplesOnPlate = seen.largestPlate
        }
        patience.routine = seen.patience(urgent: false, below: samplesOnPlate) ?? patience.routine
        patience.singles = seen.patience(urgent: true, below: samplesOnPlate) ?? patience.singles
    }
}
