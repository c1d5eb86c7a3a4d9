import Glibc

/// Erlang's loss and waiting formulas: Poisson arrivals, exponential service, c servers.
package struct ErlangQueue: Sendable {
    package let servers: Int
    /// The offered load λ/μ.
    package let load: Double
    /// Services of one server for each unit of time.
    package let rate: Double

    /// A queue before c servers; unstable ones (load ≥ c) are allowed for `blocking` alone.
    package init(servers: Int, load: Double, rate: Double = 1) {
        precondition(servers >= 1 && load >= 0 && rate > 0, "A queue has servers and a rate.")
        (self.servers, self.load, self.rate) = (servers, load, rate)
    }

    /// Whether the queue settles.
    package var isStable: Bool { load < Double(servers) }

    /// Erlang B, the share that is lost where nobody can wait: B(i) = aB(i−1) / (i + aB(i−1)).
    ///
    /// The reciprocal is summed, 1/B(i) = 1 + i/a · 1/B(i−1): only positive terms.
    package var blocking: Double {
        guard load > 0 else { return 0 }
        var inverse = 1.0
        for i in 1...servers { inverse = 1 + Double(i) / load * inverse }
        return 1 / inverse
    }

    /// Erlang C, the share that has to wait: B / (1 − ρ(1 − B)).
    package var waiting: Double {
        let b = blocking
        return Double(servers) * b / (spare + load * b)
    }

    private var spare: Double { Double(servers) - load }

    /// The mean wait, C / ((c − a) μ).
    package var meanWait: Double { waiting / (spare * rate) }

    /// The mean number that waits.
    package var meanQueue: Double { waiting * load / spare }

    /// P(wait > t) = C e^(−(c − a) μ t).
    package func waitExceeds(_ t: Double) -> Double { waiting * exp(-spare * rate * t) }

    /// The wait that a share `tail` of all exceeds; 0 where fewer have to wait at all.
    package func wait(exceededBy tail: Double) -> Double {
        let c = waiting
        return c <= tail ? 0 : log(c / tail) / (spare * rate)
    }
}

/// A birth and death process on 0, 1, … with a last state.
package enum BirthDeath {
    /// Its stationary law, each probability to its own digits.
    ///
    /// The products of rates start from the likeliest state, so that nothing overflows; what is
    /// below 10⁻³⁰⁸ of it becomes 0.
    /// - Parameters:
    ///   - last: The last state.
    ///   - birth: The rate from n to n + 1.
    ///   - death: The rate from n to n − 1, above zero for n ≥ 1.
    /// - Returns: The probability of each state.
    package static func law(
        upTo last: Int, birth: (Int) -> Double, death: (Int) -> Double
    ) -> [Double] {
        var logs = 0.0
        var (mode, highest) = (0, 0.0)
        for n in 0..<last {
            logs += log(birth(n) / death(n + 1))
            if logs > highest { (mode, highest) = (n + 1, logs) }
        }
        var law = [Double](repeating: 0, count: last + 1)
        law[mode] = 1
        for n in mode..<max(mode, last) { law[n + 1] = law[n] * birth(n) / death(n + 1) }
        for n in stride(from: mode, to: 0, by: -1) { law[n - 1] = law[n] * death(n) / birth(n - 1) }
        let total = law.reduce(0, +)
        return law.map { $0 / total }
    }
}

/// M/M/c/K: at most K in the system, the others are turned away.
package struct BoundedQueue: Sendable {
    package let arrivals: Double
    /// The law of the number in the system.
    package let law: [Double]
    private let servers: Int

    /// A queue with room for K, those in service included.
    package init(servers: Int, room: Int, load: Double, rate: Double) {
        precondition(room >= servers && servers >= 1, "There is room for the servers at least.")
        self.servers = servers
        arrivals = load * rate
        law = BirthDeath.law(
            upTo: room, birth: { _ in load * rate },
            death: { Double(min($0, servers)) * rate })
    }

    package var blocking: Double { law[law.count - 1] }
    package var throughput: Double { arrivals * law.dropLast().reduce(0, +) }
    package var meanNumber: Double { law.indices.reduce(0) { $0 + Double($1) * law[$1] } }
    package var meanQueue: Double {
        law.indices.reduce(0) { $0 + Double(max(0, $1 - servers)) * law[$1] }
    }
}

/// M/M/c + M, Erlang A: who waits gives up after an exponential time.
package struct ImpatientQueue: Sendable {
    package let arrivals: Double
    package let patienceRate: Double
    private let servers: Int
    private let law: [Double]

    /// A queue whose waiting people leave at the rate θ each.
    package init(servers: Int, load: Double, rate: Double, patienceRate: Double) {
        precondition(servers >= 1 && load > 0 && rate > 0 && patienceRate > 0)
        arrivals = load * rate
        (self.servers, self.patienceRate) = (servers, patienceRate)
        let (arrivals, capacity) = (load * rate, Double(servers) * rate)
        let death: @Sendable (Int) -> Double = { n in
            Double(min(n, servers)) * rate + Double(max(0, n - servers)) * patienceRate
        }
        // Beyond the balance of both rates the law falls like a normal one, then faster.
        let balance = max(0, (arrivals - capacity) / patienceRate)
        let spread = (balance + Double(servers) + arrivals / patienceRate).squareRoot()
        let last = servers + Int(balance + 40 * spread + 60)
        law = BirthDeath.law(upTo: last, birth: { _ in arrivals }, death: death)
    }

    package var waits: Double { law[servers...].reduce(0, +) }
    package var meanQueue: Double {
        law.indices.reduce(0) { $0 + Double(max(0, $1 - servers)) * law[$1] }
    }
    package var abandons: Double { patienceRate * meanQueue / arrivals }
}
