/// The wait of an item that joins a known queue.
package enum WaitGivenState {
    /// P(wait > s) with c exponential servers, all busy, and n ahead: P(Poisson(cμs) ≤ n).
    package static func exceeds(
        _ slack: Double, ahead: Int, servers: Int, rate: Double
    ) -> Double {
        PoissonLaw(mean: Double(servers) * rate * slack).atMost(ahead)
    }

    /// The wait with fixed services: the time of the release number n + 1.
    /// - Parameters:
    ///   - ahead: Who waits already.
    ///   - residuals: What each server still has to do.
    ///   - service: What each service after that takes.
    /// - Returns: The wait, in the unit of the services.
    package static func wait(ahead: Int, residuals: [Double], service: Double) -> Double {
        // Servers take turns in a fixed order, since every service is equally long.
        let order = residuals.sorted()
        return order[ahead % order.count] + Double(ahead / order.count) * service
    }
}
