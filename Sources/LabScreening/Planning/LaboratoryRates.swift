internal import LabStatistics

/// What a laboratory does to a flow of tubes, in plates.
///
/// Plates that close by time-out are not full. The mean batch of Poisson arrivals grows with their
/// rate, so its value at the greatest rate that the laboratory's machines can take is the best
/// that any plan can have: a bound that uses it is a bound for every flow.
struct LaboratoryRates: Sendable {
    /// Tubes on a plate at best.
    let tubesPerPlate: Double
    /// Hours that a tube waits for its plate to close, at best.
    let platingDelay: Double
    /// Plates of single samples that follow each plate of tubes, and the singles on them.
    let retestPlates: Double
    let retestSingles: Double
    /// Hours from a positive plate to the last result of its members, without any waiting.
    let secondPass: Double
    /// From the plate's release until its members' plate is ready for extraction.
    let retestDelay: Double
    /// Runs for each good plate.
    let runs: Double
    /// Hours in extraction and PCR together.
    let machineTime: Double

    init(_ laboratory: ScreeningProblem.Laboratory, positiveShare: Double, singles: Double) {
        let machines = min(
            Double(laboratory.extraction.most) / laboratory.extraction.time,
            Double(laboratory.pcr.most) / laboratory.pcr.time)
        let size = Int(laboratory.plateSamples)
        let most = max(machines * laboratory.plateSamples, 1e-6)
        let forming = BatchForming(
            arrivals: most, size: size, timeout: laboratory.plateTimeouts.routine)
        tubesPerPlate = forming.meanBatch
        platingDelay = forming.meanWaitPerItem
        runs = 1 / (1 - laboratory.failure)
        machineTime = laboratory.extraction.time + laboratory.pcr.time
        let bunches = most * positiveShare
        if bunches > 0 {
            let together = max(1, Int(laboratory.plateSamples / max(1, singles)))
            let retests = BatchForming(
                arrivals: bunches, size: together, timeout: laboratory.plateTimeouts.singles)
            retestPlates = tubesPerPlate * positiveShare / retests.meanBatch
            retestSingles = tubesPerPlate * positiveShare * singles
            retestDelay = laboratory.callBack + retests.meanWaitPerItem
            secondPass =
                laboratory.callBack + retests.meanWaitPerItem + machineTime
                + 1 / laboratory.review.rate
        } else {
            (retestPlates, retestSingles, retestDelay, secondPass) = (0, 0, 0, 0)
        }
    }
}
