import Glibc

/// A batch opens with its first item and closes at b items or a time-out later: a tube, a plate.
package struct BatchForming: Sendable {
    package let meanBatch: Double
    package let closedByTimeout: Double
    package let meanOpenTime: Double
    package let meanWaitPerItem: Double
    package let batchesPerTime: Double
    package let fill: Double

    /// Poisson arrivals; with X ~ Poisson(λT), E[batch] = 1 + Σ P(X ≥ j) for j = 1 … b − 1.
    package init(arrivals: Double, size: Int, timeout: Double) {
        precondition(arrivals > 0 && size >= 1 && timeout >= 0, "A batch has room and arrivals.")
        let law = PoissonLaw(mean: arrivals * timeout)
        let tails = (0..<size).map { law.atLeast($0) }
        meanBatch = tails.reduce(0, +)
        closedByTimeout = law.atMost(size - 2)
        let more = tails.dropFirst().reduce(0, +)
        meanOpenTime = more / arrivals
        let waits = tails.indices.dropFirst().reduce(0) { $0 + Double($1) * tails[$1] }
        meanWaitPerItem = waits / arrivals / meanBatch
        batchesPerTime = arrivals / meanBatch
        fill = meanBatch / Double(size)
    }
}

/// M/M^[b]/1: one server takes up to b at once, exponential runs.
package struct BulkServer: Sendable {
    /// The ratio of the geometric law.
    package let ratio: Double
    package let idle: Double
    package let meanNumber: Double

    /// - Parameters:
    ///   - arrivals: λ, below bμ.
    ///   - rate: μ, runs for each unit of time.
    ///   - batch: b.
    ///   - joining: A run takes newcomers while it has room; else it waits for exactly b.
    package init(arrivals: Double, rate: Double, batch: Int, joining: Bool) {
        let b = Double(batch)
        precondition(arrivals > 0 && arrivals < b * rate, "The server keeps up with arrivals.")
        // r + r² + … + r^b = λ/μ with r = 1 − u, solved for u, which keeps its digits near 0.
        let u = Search.zero(in: 0x1p-60...1) { u in
            (1 - u) * -expm1(b * log1p(-u)) / u - arrivals / rate
        }
        ratio = 1 - u
        let joined = (1 - u) / u
        idle = joining ? u : u / b
        meanNumber = joining ? joined : joined + (b - 1) / 2
    }
}
