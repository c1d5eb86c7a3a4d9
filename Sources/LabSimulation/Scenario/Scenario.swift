package import LabDomain

/// A citywide screening as a planner describes it: people, sites, couriers, laboratories, rules.
///
/// Times are minutes from the start of the scenario, lengths of time minutes unless the name says
/// otherwise. A value may be wrong in itself; `faults` tells, and `CompiledScenario` refuses it.
package struct Scenario: Sendable, Hashable {
    /// A short name, such as that of its file.
    package var name: String
    /// What it is, in a line.
    package var title: String
    /// Where the figures come from.
    package var source: String
    /// Minutes after midnight at which time 0 is.
    package var clockAtStart: Double
    /// No event is played after this time; whatever is open then stays open.
    package var horizon: Double
    package var goal: Goal
    package var sampling: Sampling
    /// The tubes of each risk class; classes without people need none.
    package var tubes: [RiskClass: TubeUse]
    package var transport: Transport
    package var testing: Testing
    package var districts: [District]
    package var laboratories: [Laboratory]
    package var costs: Costs

    /// A scenario of its parts.
    package init(
        name: String, title: String = "", source: String = "", clockAtStart: Double = 360,
        horizon: Double = 14 * 1_440, goal: Goal = Goal(), sampling: Sampling = Sampling(),
        tubes: [RiskClass: TubeUse] = Scenario.usualTubes, transport: Transport = Transport(),
        testing: Testing = Testing(), districts: [District], laboratories: [Laboratory],
        costs: Costs = Costs()
    ) {
        (self.name, self.title, self.source) = (name, title, source)
        (self.clockAtStart, self.horizon, self.goal) = (clockAtStart, horizon, goal)
        (self.sampling, self.tubes, self.transport) = (sampling, tubes, transport)
        (self.testing, self.districts, self.laboratories) = (testing, districts, laboratories)
        self.costs = costs
    }

    /// Low risk 10:1, medium 5:1, high risk and key persons in single tubes.
    ///
    /// Source: the rule of Shenyang, January 2021, and the guideline's second edition.
    package static let usualTubes: [RiskClass: TubeUse] = [
        .low: .mixed(.ten), .medium: .mixed(.five), .high: .single, .key: .single,
    ]

    /// Everybody who is expected to come.
    package var expectedPeople: Double {
        districts.reduce(0) { $0 + Double($1.people) * $1.turnout }
    }
}

extension Scenario {
    /// What kind of tube somebody is swabbed into, and what the laboratory does with it.
    package enum TubeUse: Sendable, Hashable {
        /// One person, one tube, one well.
        case single
        /// Several people, one tube, one well.
        case mixed(MixRatio)
        /// One person a tube; the laboratory tests so many tubes in one well.
        case pooled(Int)

        /// People in a full tube.
        package var peopleInTube: Int {
            if case .mixed(let ratio) = self { return ratio.rawValue }
            return 1
        }

        /// People whose swabs are in a full well.
        package var peopleInWell: Int {
            switch self {
            case .single: 1
            case .mixed(let ratio): ratio.rawValue
            case .pooled(let size): size
            }
        }
    }

    /// What is to be reached.
    package struct Goal: Sendable, Hashable {
        /// Until when everybody must be sampled.
        package var sampledWithin: Double
        /// Until when everybody must have a result.
        package var resultsWithin: Double
        /// The window from a tube's receipt to the final result.
        package var window: Double
        /// The share of people who must be inside the window.
        package var shareInWindow: Double

        /// Two days for the swabs, 60 hours for the results, 12 hours of window for all.
        package init(
            sampledWithin: Double = 2_880, resultsWithin: Double = 3_600, window: Double = 720,
            shareInWindow: Double = 1
        ) {
            (self.sampledWithin, self.resultsWithin) = (sampledWithin, resultsWithin)
            (self.window, self.shareInWindow) = (window, shareInWindow)
        }
    }

    /// How sites work.
    package struct Sampling: Sendable, Hashable {
        /// Minutes after midnight at which sites open.
        package var opens: Double
        /// One weight for each hour of opening; their number is the hours open.
        package var profile: [Double]
        /// The share of the people who come on each day.
        package var days: [Double]
        /// Seconds for one person at a line, uniform.
        package var secondsLeast: Double
        package var secondsMost: Double
        /// After how long a tube is closed though it is not full.
        package var tubeTimeout: Double

        /// The hours and the pace of a site.
        package init(
            opens: Double = 360, profile: [Double] = Sampling.usualProfile,
            days: [Double] = [0.5, 0.5], secondsLeast: Double = 12, secondsMost: Double = 28,
            tubeTimeout: Double = 20
        ) {
            (self.opens, self.profile, self.days) = (opens, profile, days)
            (self.secondsLeast, self.secondsMost) = (secondsLeast, secondsMost)
            self.tubeTimeout = tubeTimeout
        }

        /// Fourteen hours with peaks before noon and in the evening.
        package static let usualProfile: [Double] = [3, 8, 11, 10, 8, 6, 5, 5, 6, 7, 8, 9, 9, 5]
    }

    /// How tubes travel.
    package struct Transport: Sendable, Hashable {
        /// Who decides where a courier goes.
        package enum Dispatch: String, CaseIterable, Sendable, Hashable {
            /// Each courier has one laboratory: the city can be taken apart.
            case fixed
            /// At each departure the laboratory of the district that would be done first.
            case leastLoaded = "least_loaded"
        }

        /// The least time between two rounds of a courier.
        package var interval: Double
        /// Time at each site of a round.
        package var stop: Double
        /// Tubes a courier can carry.
        package var capacity: Int
        /// A trip takes its usual minutes times a uniform number between these.
        package var slowLeast: Double
        package var slowMost: Double
        package var dispatch: Dispatch

        /// Rounds every hour, three minutes a site.
        package init(
            interval: Double = 60, stop: Double = 3, capacity: Int = 2_000,
            slowLeast: Double = 0.9, slowMost: Double = 1.3, dispatch: Dispatch = .fixed
        ) {
            (self.interval, self.stop, self.capacity) = (interval, stop, capacity)
            (self.slowLeast, self.slowMost, self.dispatch) = (slowLeast, slowMost, dispatch)
        }
    }
}
