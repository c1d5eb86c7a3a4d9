import Glibc

/// How long a service takes.
package indirect enum ServiceLaw: Sendable, Equatable {
    case fixed(Double)
    case exponential(mean: Double)
    case uniform(Double, Double)
    case gamma(shape: Double, mean: Double)
    case lognormal(mean: Double, cv: Double)
    case triangular(least: Double, mode: Double, most: Double)
    /// Exponential with one of several means.
    case mixed([Branch])
    /// One of several fixed lengths.
    case discrete([Branch])

    /// One of several possibilities.
    package struct Branch: Sendable, Equatable {
        package let chance: Double
        package let value: Double

        /// A value that is taken with a chance.
        package init(chance: Double, value: Double) {
            (self.chance, self.value) = (chance, value)
        }
    }

    /// E[S].
    package var mean: Double {
        switch self {
        case .fixed(let value): value
        case .exponential(let mean), .gamma(_, let mean), .lognormal(let mean, _): mean
        case .uniform(let a, let b): (a + b) / 2
        case .triangular(let a, let m, let b): (a + m + b) / 3
        case .mixed(let branches), .discrete(let branches):
            branches.reduce(0) { $0 + $1.chance * $1.value }
        }
    }

    /// E[S²].
    package var secondMoment: Double {
        switch self {
        case .fixed(let value): value * value
        case .exponential(let mean): 2 * mean * mean
        case .uniform(let a, let b): (a * a + a * b + b * b) / 3
        case .gamma(let shape, let mean): mean * mean * (1 + 1 / shape)
        case .lognormal(let mean, let cv): mean * mean * (1 + cv * cv)
        case .triangular(let a, let m, let b):
            (a * a + m * m + b * b + a * m + a * b + m * b) / 6
        case .mixed(let branches): branches.reduce(0) { $0 + 2 * $1.chance * $1.value * $1.value }
        case .discrete(let branches): branches.reduce(0) { $0 + $1.chance * $1.value * $1.value }
        }
    }

    /// The squared coefficient of variation, from the variance itself so that it keeps its digits.
    package var variability: Double {
        switch self {
        case .fixed: 0
        case .exponential: 1
        case .uniform(let a, let b): (b - a) * (b - a) / 12 / (mean * mean)
        case .gamma(let shape, _): 1 / shape
        case .lognormal(_, let cv): cv * cv
        case .triangular(let a, let m, let b):
            (a * a + m * m + b * b - a * m - a * b - m * b) / 18 / (mean * mean)
        case .mixed: secondMoment / (mean * mean) - 1
        case .discrete(let branches):
            branches.reduce(0) { $0 + $1.chance * ($1.value - mean) * ($1.value - mean) }
                / (mean * mean)
        }
    }
}

/// M/G/1: the mean wait of Pollaczek and Khinchine, λE[S²] / (2(1 − ρ)).
package struct GeneralQueue: Sendable {
    package let arrivals: Double
    package let service: ServiceLaw

    /// A queue before one server.
    package init(arrivals: Double, service: ServiceLaw) {
        (self.arrivals, self.service) = (arrivals, service)
    }

    package var load: Double { arrivals * service.mean }
    package var meanWait: Double { arrivals * service.secondMoment / (2 * (1 - load)) }
}

/// Two classes, class 1 first, nobody's service broken off.
package struct PriorityQueues: Sendable {
    package let highWait: Double
    package let lowWait: Double
    /// Over all, weighted by arrivals.
    package let meanWait: Double

    /// One server, by Cobham's formula.
    ///
    /// Source: A. Cobham, "Priority assignment in waiting line problems", Oper. Res. 2 (1954) 70.
    package init(_ high: GeneralQueue, _ low: GeneralQueue) {
        let residual =
            (high.arrivals * high.service.secondMoment + low.arrivals * low.service.secondMoment)
            / 2
        let free = 1 - high.load - low.load
        highWait = residual / (1 - high.load)
        lowWait = residual / ((1 - high.load) * free)
        meanWait =
            (high.arrivals * highWait + low.arrivals * lowWait) / (high.arrivals + low.arrivals)
    }

    /// c servers of one exponential rate; loads are λ/μ of each class.
    package init(servers: Int, high: Double, low: Double, rate: Double) {
        let all = ErlangQueue(servers: servers, load: high + low, rate: rate)
        let c = Double(servers)
        highWait = all.waiting / (c * rate * (1 - high / c))
        lowWait = highWait / (1 - (high + low) / c)
        meanWait = (high * highWait + low * lowWait) / (high + low)
    }
}
