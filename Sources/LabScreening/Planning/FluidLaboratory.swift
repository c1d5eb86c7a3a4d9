/// A laboratory in the fluid picture, played forward hour by hour with given machines and people.
///
/// Whoever can work does, first come first served: that is as quick as any way of working. It
/// answers whether a choice keeps the window for a given inflow, without a linear program.
struct FluidLaboratory {
    private let laboratory: ScreeningProblem.Laboratory
    private let rates: LaboratoryRates
    private let received: [Double]
    private let recent: [(back: Int, share: Double)]
    private let over: Int

    /// A laboratory with its inflow, plates' worth of tubes in each hour.
    ///
    /// The first pass may take `firstPass` hours, and is through at the end of hour `over`.
    init(
        _ laboratory: ScreeningProblem.Laboratory, _ rates: LaboratoryRates, received: [Double],
        firstPass: Double, over: Int
    ) {
        self.over = over
        self.laboratory = laboratory
        self.rates = rates
        self.received = received
        recent = FluidLag.recent(firstPass)
    }

    /// Machines and people of one laboratory.
    struct Choice: Hashable {
        var extractors: Int
        var cyclers: Int
        var reception: [Int]
        var review: [Int]
    }

    /// The capacity of the machines in plates an hour.
    private func machines(_ choice: Choice) -> Double {
        min(
            Double(choice.extractors) / laboratory.extraction.time,
            Double(choice.cyclers) / laboratory.pcr.time)
    }

    /// Whether everything leaves within the window.
    func keepsWindow(_ choice: Choice) -> Bool {
        let hours = received.count
        let none = [Double](repeating: 0, count: hours)
        var (handled, started, reviewed) = (none, none, none)
        var before = (0.0, 0.0, 0.0)
        let plating = FluidLag(rates.platingDelay)
        let machine = FluidLag(rates.machineTime)
        let retest = FluidLag(rates.retestDelay)
        let second = FluidLag(rates.secondPass)
        let most = machines(choice)
        for hour in 0..<hours {
            let shift = laboratory.shiftOfHour[hour]
            let singles = retest.out(of: reviewed, at: hour) * rates.retestSingles
            let again = rates.runs * rates.retestPlates
            handled[hour] = pass(
                &before.0, received[hour],
                (Double(choice.reception[shift]) * laboratory.reception.rate - singles)
                    / rates.tubesPerPlate)
            started[hour] = pass(
                &before.1, plating.out(of: handled, at: hour),
                (most - again * retest.out(of: reviewed, at: hour)) / rates.runs)
            reviewed[hour] = pass(
                &before.2, machine.out(of: started, at: hour),
                (Double(choice.review[shift]) * laboratory.review.rate
                    - again * second.out(of: reviewed, at: hour)) / rates.runs)
            let inside =
                before.0 + before.1 + before.2 + plating.inside(of: handled, at: hour)
                + machine.inside(of: started, at: hour)
            var allowed = 0.0
            if hour < over {
                for (back, share) in recent where hour >= back {
                    allowed += received[hour - back] * share
                }
            }
            if hour >= over || hour >= recent.count, inside > allowed + 1e-6 { return false }
        }
        return true
    }

    @inline(__always)
    private func pass(_ before: inout Double, _ coming: Double, _ capacity: Double) -> Double {
        let work = min(before + coming, max(0, capacity))
        before += coming - work
        return work
    }

    /// Takes away what is not needed, the dearest first, until nothing more can go.
    ///
    /// Somebody stays at every station, unless nothing at all is needed.
    func trimmed(_ choice: Choice) -> Choice {
        var best = choice
        guard keepsWindow(best) else { return choice }
        let nothing = Choice(
            extractors: 0, cyclers: 0, reception: best.reception.map { _ in 0 },
            review: best.review.map { _ in 0 })
        if keepsWindow(nothing) { return nothing }
        var again = true
        while again {
            again = false
            for less in lesser(best) where keepsWindow(less) {
                best = less
                again = true
                break
            }
        }
        return best
    }

    private func lesser(_ choice: Choice) -> [Choice] {
        var options: [(saved: Double, choice: Choice)] = []
        func add(_ saved: Double, _ change: (inout Choice) -> Void) {
            var less = choice
            change(&less)
            options.append((saved, less))
        }
        if choice.cyclers > 1 { add(laboratory.pcr.cost) { $0.cyclers -= 1 } }
        if choice.extractors > 1 { add(laboratory.extraction.cost) { $0.extractors -= 1 } }
        for shift in choice.reception.indices where choice.reception[shift] > 1 {
            add(laboratory.reception.costs[shift]) { $0.reception[shift] -= 1 }
        }
        for shift in choice.review.indices where choice.review[shift] > 1 {
            add(laboratory.review.costs[shift]) { $0.review[shift] -= 1 }
        }
        return options.sorted { $0.saved > $1.saved }.map(\.choice)
    }
}
