internal import LabSimulation

/// The shifts of samplers while people come, and the lines that each needs.
struct SamplerShifts: Sendable {
    /// Hours from the scenario's start that belong to each shift.
    private let shifts: [[Int]]
    private let hours: [Double]
    // People whom one line swabs in an hour, at the share of the hour that it may be at work.
    private let pace: Double

    init(_ arrivals: DistrictArrivals, _ rules: PlanRules) {
        hours = arrivals.hours
        pace = 3_600 / arrivals.meanSeconds * rules.busiest
        let length = max(1, Int(rules.samplerShift))
        var shifts: [[Int]] = []
        for hour in arrivals.hours.indices where arrivals.hours[hour] > 0 {
            if let last = shifts.last?.last, last == hour - 1,
                shifts[shifts.count - 1].count < length
            {
                shifts[shifts.count - 1].append(hour)
            } else {
                shifts.append([hour])
            }
        }
        self.shifts = shifts
    }

    /// The lines that a site of so many people needs in each shift.
    func lines(for people: Double) -> [Int] {
        shifts.map { shift in
            let most = shift.reduce(0.0) { max($0, people * hours[$1]) }
            return max(1, Int((most / pace).rounded(.up)))
        }
    }

    /// The staffed lines of all sites together, so that each gets what it needs.
    ///
    /// Staffed lines are spread evenly over all lines: site after site gets its whole part of the
    /// running sum. Some more than the sum of needs are therefore on duty.
    func staffed(_ needs: [[Int]], _ lines: [Int]) -> [Int] {
        let all = lines.reduce(0, +)
        return shifts.indices.map { shift in
            var count = needs.reduce(0) { $0 + $1[shift] }
            while count < all, !Self.isEnough(count, needs, lines, shift, of: all) { count += 1 }
            return min(count, all)
        }
    }

    private static func isEnough(
        _ count: Int, _ needs: [[Int]], _ lines: [Int], _ shift: Int, of all: Int
    ) -> Bool {
        var before = 0
        for (need, own) in zip(needs, lines) {
            let given = (before + own) * count / all - before * count / all
            if given < need[shift] { return false }
            before += own
        }
        return true
    }

    /// Samplers as a staircase; between openings nobody is on duty.
    func levels(_ staffed: [Int], _ perLine: Int) -> Levels {
        var stairs: [Levels.Stair] = []
        for (place, shift) in shifts.enumerated() {
            guard let first = shift.first, let last = shift.last else { continue }
            stairs.append(.init(from: 60 * Double(first), count: staffed[place] * perLine))
            let next = place + 1 < shifts.count ? shifts[place + 1].first : nil
            guard next != last + 1 else { continue }
            // Half an hour more for whoever still stands in line at closing time.
            stairs.append(.init(from: 60 * Double(last) + 90, count: 0))
        }
        return Levels(stairs)
    }
}
