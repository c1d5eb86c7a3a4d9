import Glibc

/// Formulas that are near the truth, each to be named when it is used.
package enum QueueApproximations {
    /// Allen and Cunneen: the wait of M/M/c times the mean of both squared variabilities.
    package static func allenCunneen(
        servers: Int, load: Double, arrivals: Double, service: Double, mean: Double
    ) -> Double {
        let exponential = ErlangQueue(servers: servers, load: load * Double(servers))
        return exponential.meanWait * mean * (arrivals + service) / 2
    }

    /// Sakasegawa 1977: ρ^(√(2(c + 1)) − 1) / (c (1 − ρ)) times the same factor.
    package static func sakasegawa(
        servers: Int, load: Double, arrivals: Double, service: Double, mean: Double
    ) -> Double {
        let c = Double(servers)
        let power = pow(load, (2 * (c + 1)).squareRoot() - 1)
        return power / (c * (1 - load)) * mean * (arrivals + service) / 2
    }

    /// Kingman 1961, one server: ρ / (1 − ρ) times the same factor.
    package static func kingman(
        load: Double, arrivals: Double, service: Double, mean: Double
    ) -> Double {
        load / (1 - load) * mean * (arrivals + service) / 2
    }

    /// Krämer and Langenbach-Belz 1976: Kingman's, corrected for what arrivals do.
    package static func kraemerLangenbachBelz(
        load: Double, arrivals: Double, service: Double, mean: Double
    ) -> Double {
        let exponent =
            arrivals <= 1
            ? -2 * (1 - load) * (1 - arrivals) * (1 - arrivals)
                / (3 * load * (arrivals + service))
            : -(1 - load) * (arrivals - 1) / (arrivals + 4 * service)
        return exp(exponent)
            * kingman(load: load, arrivals: arrivals, service: service, mean: mean)
    }

    /// Halfin and Whitt 1981, many servers: P(wait) = 1 / (1 + β Φ(β) / φ(β)).
    package static func halfinWhitt(_ beta: Double) -> Double {
        1 / (1 + beta * StandardNormal.below(beta) / StandardNormal.density(beta))
    }

    /// The time until both halves of a job are done at two exponential servers: exact, (12 − ρ)/8
    /// of one server's (Flatto and Hahn 1984).
    package static func forkJoinOfTwo(arrivals: Double, rate: Double) -> Double {
        (12 - arrivals / rate) / 8 / (rate - arrivals)
    }

    /// The same for more servers (Nelson and Tantawi 1988).
    package static func forkJoin(_ servers: Int, arrivals: Double, rate: Double) -> Double {
        let ratio = harmonic(servers) / 1.5
        return (ratio + (1 - ratio) * 4 * (arrivals / rate) / 11)
            * forkJoinOfTwo(arrivals: arrivals, rate: rate)
    }

    /// 1 + 1/2 + … + 1/n.
    package static func harmonic(_ n: Int, power: Int = 1) -> Double {
        stride(from: n, through: 1, by: -1).reduce(0) { sum, k in
            sum + 1 / (power == 1 ? Double(k) : Double(k) * Double(k))
        }
    }
}
