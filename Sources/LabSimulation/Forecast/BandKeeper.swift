/// Keeps bands honest: it counts how often they held, and widens or narrows the next ones.
///
/// Futures know the chance of the model, not the errors of what was learned. As in adaptive
/// conformal inference (Gibbs and Candès 2021) the level is moved against the error seen so far.
struct BandKeeper {
    private let wanted: Double
    private var pending: [(tube: Int, low: Double, high: Double)] = []
    private var held = 0
    private var count = 0
    private var rounds = 0

    init(_ wanted: Double) { self.wanted = wanted }

    /// The share of the futures that the next band spans.
    var level: Double {
        guard count > 0 else { return wanted }
        let miss = wanted - Double(held) / Double(count)
        // The tubes of one round err together; a few rounds prove little.
        let trust = Double(rounds) / Double(rounds + 5)
        // Strong, as the count answers slowly: it weighs the first rounds like the last, and what
        // is forecast is released hours later. Chosen as the flag was (`ForecastReplay`).
        return min(0.98, max(0.5, wanted + 20 * trust * miss))
    }

    mutating func note(_ tube: Int, _ low: Double, _ high: Double) {
        pending.append((tube, low, high))
    }

    /// Counts the bands of what was released by now.
    mutating func learn(_ log: LaboratoryLog) {
        let before = count
        pending.removeAll { one in
            let plate = log.tubes[one.tube].plate
            guard plate >= 0, log.plates[Int(plate)].released.isFinite else { return false }
            let released = log.plates[Int(plate)].released
            count += 1
            held += one.low <= released && released <= one.high ? 1 : 0
            return true
        }
        if count > before { rounds += 1 }
    }
}
