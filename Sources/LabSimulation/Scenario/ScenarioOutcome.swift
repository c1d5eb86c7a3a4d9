/// What one run of a scenario came to.
package struct ScenarioOutcome: Sendable, Equatable {
    /// What a district went through; times in minutes from the start, −1 for never.
    package struct District: Sendable, Equatable {
        package var sampled = 0
        package var resulted = 0
        package var firstSwab = -1.0
        package var lastSwab = -1.0
        /// When half and 95 % of its results were there.
        package var halfResulted = -1.0
        package var mostResulted = -1.0
        package var lastResult = -1.0
    }

    /// What a laboratory went through.
    package struct Laboratory: Sendable, Equatable {
        package var tubes = 0
        package var plates = 0
        package var firstReceipt = -1.0
        package var lastRelease = -1.0
        /// The greatest number waiting, and the share of the time on duty at work, by station.
        package var mostWaiting: [Int] = []
        package var use: [Double] = []
    }

    package let seed: UInt64
    /// Name and value, in the order of the sample's way.
    package let measures: [Measure]
    /// People sampled, people with a result and tubes received, in each five minutes.
    package let sampled: [Int32]
    package let results: [Int32]
    package let received: [Int32]
    /// Mean people waiting at sites in each quarter of an hour.
    package let waitingAtSites: [Float]
    /// Waiting and at work at each quarter of an hour, by station.
    package let waiting: [[Int32]]
    package let working: [[Int32]]
    package let districts: [District]
    package let laboratories: [Laboratory]
    /// Whether the goal was reached.
    package let isFeasible: Bool

    /// A number with its name.
    package struct Measure: Sendable, Equatable {
        package let name: String
        package let value: Double

        init(_ name: String, _ value: Double) { (self.name, self.value) = (name, value) }
    }

    /// The value of a measure, or nil when there is none of this name.
    package subscript(_ name: String) -> Double? {
        measures.first { $0.name == name }?.value
    }

    /// The length of a bin of `sampled`, `results` and `received` in minutes.
    package static let bin = ScenarioTally.bin
    /// The time between two values of the other curves in minutes.
    package static let look = ScenarioTally.look
}
