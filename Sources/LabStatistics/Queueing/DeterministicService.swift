import Glibc

/// M/D/1: Poisson arrivals, one server, every service of the same length.
///
/// Erlang's alternating series for the wait loses all its digits under load. Here all terms are
/// positive: the law of the number in the system by p_j (1 − α₀) = α_{j−1} p₀ + Σ α_{j−k} p_k with
/// α_n = P(Poisson(ρ) > n), and the wait by who is ahead (G. J. Franx, "A simple solution for the
/// M/D/c waiting time distribution", Oper. Res. Lett. 29 (2001) 221).
package struct DeterministicQueue: Sendable {
    package let arrivals: Double
    package let service: Double
    /// Arrivals in the time of one service.
    package let load: Double
    // P(N > n) for n = 0, 1, …
    private let above: [Double]

    /// A stable queue.
    package init(arrivals: Double, service: Double) {
        (self.arrivals, self.service) = (arrivals, service)
        load = arrivals * service
        precondition(load > 0 && load < 1, "The queue settles below a load of 1.")
        let law = PoissonLaw(mean: load)
        let alpha = (0..<60).map { law.atLeast($0 + 1) }
        let decay = Self.decay(load)
        let count = Int(60 / log(decay)) + 60
        var p = [1 - load]
        p.reserveCapacity(count)
        let keep = exp(-load)
        for j in 1..<count {
            var sum = j - 1 < alpha.count ? alpha[j - 1] * p[0] : 0
            for k in stride(from: max(1, j - alpha.count + 1), to: j, by: 1) {
                sum += alpha[j - k] * p[k]
            }
            p.append(sum / keep)
        }
        var tail = p[count - 1] / (decay - 1)
        var above = [Double](repeating: 0, count: count)
        for j in stride(from: count - 1, through: 0, by: -1) {
            above[j] = tail
            tail += p[j]
        }
        // The sum of all is 1; what the recurrence drifted away is taken back.
        self.above = above.map { $0 / tail }
    }

    package var meanWait: Double { load * service / (2 * (1 - load)) }

    /// P(wait > t), to its own digits.
    package func waitExceeds(_ t: Double) -> Double {
        guard t >= 0 else { return 1 }
        let turns = Int((t / service).rounded(.down)) + 1
        let ahead = PoissonLaw(mean: max(0, arrivals * (Double(turns) * service - t)))
        // Who finds j + … ahead waits longer; `turns` services are over at the latest.
        var sum = ahead.atLeast(turns)
        var term = ahead.probability(of: 0)
        for j in 0..<turns {
            let rest = turns - j
            sum += term * (rest < above.count ? above[rest] : 0)
            term *= ahead.mean / Double(j + 1)
        }
        return sum
    }

    /// The wait that a share `tail` of all exceeds.
    package func wait(exceededBy tail: Double) -> Double {
        guard waitExceeds(0) > tail else { return 0 }
        var high = service
        while waitExceeds(high) > tail { high *= 2 }
        return Search.zero(in: 0...high) { waitExceeds($0) - tail }
    }

    /// The factor by which the law falls from state to state: τ > 1 with ln τ = ρ (τ − 1).
    static func decay(_ load: Double) -> Double {
        var high = 2.0
        while log(high) > load * (high - 1) { high *= 2 }
        return Search.zero(in: (1 / load)...max(high, 1 / load * 1.000_001)) {
            log($0) - load * ($0 - 1)
        }
    }
}

/// The chain X ← max(X − b, 0) + Poisson(a): waiting tubes from batch to batch, or the number in
/// an M/D/c queue from one service time to the next (Crommelin 1932).
package struct BatchChain: Sendable {
    /// The stationary law.
    package let law: [Double]

    /// The chain of batches of at most `batch`, with `arrivals` on average between two.
    ///
    /// States are eliminated from the last down without a subtraction (W. K. Grassmann, M. I.
    /// Taksar, D. P. Heyman, Oper. Res. 33 (1985) 1107), so each probability keeps its digits.
    package init(batch: Int, arrivals: Double) {
        let load = arrivals / Double(batch)
        precondition(batch >= 1 && load > 0 && load < 1, "The chain settles below a load of 1.")
        let poisson = PoissonLaw(mean: arrivals)
        var reach = Int(arrivals + 12 * arrivals.squareRoot()) + 25
        while poisson.probability(of: reach) > 1e-22 { reach += 1 }
        let jumps = (0...reach).map { poisson.probability(of: $0) }
        let decay = log(DeterministicQueue.decay(load))
        let states = batch + reach + Int(40 / decay) + 10
        law = Self.eliminate(states: states, batch: batch, reach: reach, jumps: jumps)
    }

    private static func eliminate(
        states: Int, batch: Int, reach: Int, jumps: [Double]
    ) -> [Double] {
        // Row i holds the chances of going from i to i − batch … i + reach.
        let width = batch + reach + 1
        var band = [Double](repeating: 0, count: states * width)
        for i in 0..<states {
            let floor = max(0, i - batch)
            for (jump, chance) in jumps.enumerated() {
                let to = min(states - 1, floor + jump)
                if to - i <= reach { band[i * width + to - i + batch] += chance }
            }
        }
        var inflow = [Double](repeating: 0, count: states)
        band.withUnsafeMutableBufferPointer { band in
            for n in stride(from: states - 1, to: 0, by: -1) {
                let lowest = max(0, n - batch)
                let row = n * width - n + batch
                var out = 0.0
                for j in lowest..<n { out += band[row + j] }
                inflow[n] = out
                for i in max(0, n - reach)..<n {
                    let share = band[i * width + n - i + batch] / out
                    guard share > 0 else { continue }
                    band[i * width + n - i + batch] = share
                    let target = i * width - i + batch
                    for j in lowest..<n where j - i >= -batch {
                        band[target + j] += share * band[row + j]
                    }
                }
            }
        }
        var law = [Double](repeating: 0, count: states)
        law[0] = 1
        for n in 1..<states {
            var sum = 0.0
            for i in max(0, n - reach)..<n { sum += law[i] * band[i * width + n - i + batch] }
            law[n] = sum
        }
        let total = law.reduce(0, +)
        return law.map { $0 / total }
    }
}

/// M/D/c by Crommelin's chain.
package struct DeterministicServers: Sendable {
    package let meanQueue: Double
    package let meanWait: Double
    /// The share that finds a free server.
    package let noWait: Double

    /// A queue of load ρ before each of c servers.
    package init(servers: Int, load: Double, service: Double) {
        let law = BatchChain(batch: servers, arrivals: load * Double(servers)).law
        meanQueue = law.indices.reduce(0) { $0 + Double(max(0, $1 - servers)) * law[$1] }
        meanWait = meanQueue * service / (load * Double(servers))
        noWait = law[..<servers].reduce(0, +)
    }
}

/// M/D^[a,b]/1: a machine starts when at least a wait, takes at most b, and nobody joins.
package struct BatchServer: Sendable {
    package let meanQueue: Double
    package let meanWait: Double
    package let meanBatch: Double
    /// The share of time at work.
    package let busy: Double

    /// A machine with runs of a fixed length; means over a cycle from one end to the next.
    package init(arrivals: Double, service: Double, least: Int, most: Int) {
        precondition(least >= 1 && least <= most, "A batch has a least and a greatest size.")
        let law = BatchChain(batch: most, arrivals: arrivals * service).law
        var (left, idle, idleArea) = (0.0, 0.0, 0.0)
        for (n, p) in law.enumerated() {
            left += p * Double(max(0, n - most))
            guard n < least else { continue }
            idle += p * Double(least - n) / arrivals
            idleArea += p * Double((least - n) * (least + n - 1)) / 2 / arrivals
        }
        let cycle = service + idle
        meanQueue = (left * service + arrivals * service * service / 2 + idleArea) / cycle
        meanWait = meanQueue / arrivals
        meanBatch = arrivals * cycle
        busy = service / cycle
    }
}
