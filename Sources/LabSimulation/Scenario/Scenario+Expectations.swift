internal import LabDomain

extension Scenario {
    /// The share of a district's people who are expected in each hour from the start.
    package func expectedShares(of place: Int) -> [Double] {
        let profile = profile(of: districts[place])
        let end = zip(profile.starts, profile.shares).map { $0.0 + profile.length }.max() ?? 0
        var hours = [Double](repeating: 0, count: Int((end / 60).rounded(.up)))
        for (start, share) in zip(profile.starts, profile.shares) {
            // An hour of opening may begin within an hour of the scenario.
            let first = max(0, start / 60)
            let part = first - first.rounded(.down)
            let hour = Int(first)
            guard hour < hours.count else { continue }
            hours[hour] += share * (1 - part)
            if part > 0, hour + 1 < hours.count { hours[hour + 1] += share * part }
        }
        return hours
    }

    /// Which risk class each of some sites of a district serves, counted among its classes.
    package func classOfSites(_ sites: [Site], of place: Int) -> [Int] {
        let shares = RiskClass.allCases.compactMap { risk -> Double? in
            guard let share = districts[place].classes[risk], share > 0 else { return nil }
            return share
        }
        return Self.turns(sites.count, shares: shares, eachOnce: true)
    }
}
