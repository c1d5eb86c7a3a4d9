extension Scenario {
    /// What the resources cost whatever happens with them: sites, samplers, couriers, machines
    /// and staff.
    /// - Parameter end: Minutes from the start until which laboratories are kept open.
    /// - Returns: A sum in the scenario's currency.
    package func resourceCost(until end: Double) -> Double {
        let hours = Double(sampling.profile.count)
        var sum = 0.0
        for district in districts {
            let days = Double((district.days ?? sampling.days).count)
            sum += costs.siteDay * Double(district.sites.count) * days
            sum += costs.courierHour * Double(district.couriers) * (hours + 2) * days
            sum += costs.samplerHour * samplerHours(of: district, hours: hours * days)
        }
        let days = max(1, (end / 1_440).rounded(.up))
        for laboratory in laboratories {
            sum += costs.laboratoryDay * days
            sum += costs.extractorDay * Double(laboratory.extractors.most) * days
            sum += costs.cyclerDay * Double(laboratory.cyclers.most) * days
            let staff =
                laboratory.reception.minutes(until: end) + laboratory.review.minutes(until: end)
            sum += costs.staffHour * staff / 60
        }
        return sum
    }

    private func samplerHours(of district: District, hours: Double) -> Double {
        guard let samplers = district.samplers else {
            let lines = district.sites.reduce(0) { $0 + $1.lines }
            return Double(lines * district.samplersPerLine) * hours
        }
        let days = Double((district.days ?? sampling.days).count)
        let begin = firstOpening(of: district) ?? 0
        let until = samplers.minutes(until: max(begin, 0) + 1_440 * days)
        return (until - samplers.minutes(until: max(begin, 0))) / 60
    }

    /// What is used up.
    package func consumption(
        people: Int, tubes: Int, wells: Int, plates: Int, calledBack: Int
    ) -> Double {
        costs.swab * Double(people + calledBack) + costs.tube * Double(tubes + calledBack)
            + costs.well * Double(wells) + costs.plate * Double(plates)
            + costs.callBack * Double(calledBack)
    }
}
