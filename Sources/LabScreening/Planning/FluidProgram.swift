/// The screening as a linear program of flows, hour by hour, with whole resources.
///
/// Flows and what lies before a station are counted in plates, hour by hour; cumulative sums
/// would make the program badly conditioned. First come, first served turns the window into: what
/// is in the laboratory at the end of an hour came in within the last hours of the window.
///
/// A tube may be positive in any hour, and its members need a second pass: the first pass has the
/// window less the second pass. Extraction and PCR are one stage with the lesser of both
/// capacities, since neither gains by being faster than the other.
package struct FluidProgram: Sendable {
    /// Where the unknowns of a laboratory stand.
    struct Laboratory: Sendable {
        var open = 0
        var extractors = 0
        var cyclers = 0
        var reception: [Int] = []
        var review: [Int] = []
        var received: [Int] = []

        /// The whole unknowns, dearest first.
        var whole: [Int] { [open, cyclers, extractors] + reception + review }
    }

    /// A district's people who are collected in one mode and sent to one laboratory.
    struct Share: Sendable {
        let column: Int
        let district: Int
        let mode: Int
        let way: Int
    }

    package private(set) var program = LinearProgram()
    let problem: ScreeningProblem
    let rates: [LaboratoryRates]
    private(set) var laboratories: [Laboratory] = []
    private(set) var shares: [Share] = []
    /// One unknown for each way of each district, and where a district's begin.
    private(set) var couriers: [Int] = []
    private(set) var firstCourier: [Int] = []

    /// Writes the program down.
    package init(_ problem: ScreeningProblem) {
        self.problem = problem
        let modes = problem.districts.flatMap(\.modes)
        let share = modes.map(\.positiveShare).min() ?? 0
        let singles = modes.map(\.singles).min() ?? 0
        rates = problem.laboratories.map {
            LaboratoryRates($0, positiveShare: share, singles: singles)
        }
        addDistricts()
        for number in problem.laboratories.indices { addLaboratory(number) }
    }

    private mutating func addDistricts() {
        for (number, district) in problem.districts.enumerated() {
            var whole: [LinearProgram.Term] = []
            let own = district.ways.map { _ in
                program.column(
                    cost: district.courierCost, to: Double(district.mostCouriers), whole: true)
            }
            var needed = own.map { [LinearProgram.Term($0)] }
            for (mode, collecting) in district.modes.enumerated() {
                let sites = Double(collecting.sites) / Double(max(1, district.modes[0].sites))
                for (way, road) in district.ways.enumerated() {
                    let column = program.column(cost: collecting.cost, to: 1)
                    shares.append(.init(column: column, district: number, mode: mode, way: way))
                    whole.append(.init(column))
                    needed[way].append(.init(column, -road.couriers * sites))
                }
            }
            program.row(from: 1, to: 1, whole)
            for terms in needed { program.row(from: 0, terms) }
            firstCourier.append(couriers.count)
            couriers += own
        }
    }

    private mutating func addLaboratory(_ number: Int) {
        let laboratory = problem.laboratories[number]
        var own = Laboratory()
        own.open = program.column(
            cost: laboratory.openCost, from: laboratory.mustOpen ? 1 : 0, to: 1, whole: true)
        own.extractors = whole(laboratory.extraction.cost, laboratory.extraction.most, own.open)
        own.cyclers = whole(laboratory.pcr.cost, laboratory.pcr.most, own.open)
        own.reception = laboratory.reception.costs.map {
            whole($0, laboratory.reception.most, own.open)
        }
        own.review = laboratory.review.costs.map { whole($0, laboratory.review.most, own.open) }
        // Who is called back may come at any hour: an open laboratory is never left alone.
        for column in own.reception + own.review {
            program.row(from: 0, [.init(column), .init(own.open, -1)])
        }
        let capacity = program.column()
        program.row(
            to: 0,
            [.init(capacity), .init(own.extractors, -1 / laboratory.extraction.time)])
        program.row(to: 0, [.init(capacity), .init(own.cyclers, -1 / laboratory.pcr.time)])
        addFlows(number, &own, capacity)
        laboratories.append(own)
    }

    /// A number of machines or people, none unless the laboratory is open.
    private mutating func whole(_ cost: Double, _ most: Int, _ open: Int) -> Int {
        let column = program.column(cost: cost, to: Double(most), whole: true)
        program.row(to: 0, [.init(column), .init(open, -Double(most))])
        return column
    }
}

extension FluidProgram {
    /// The flows of a laboratory: received, handled at reception, put on machines, reviewed.
    private mutating func addFlows(_ number: Int, _ own: inout Laboratory, _ capacity: Int) {
        let hours = 0..<problem.hours
        let laboratory = problem.laboratories[number]
        let rate = rates[number]
        let received = hours.map { _ in program.column() }
        let handled = hours.map { _ in program.column() }
        let started = hours.map { _ in program.column() }
        let reviewed = hours.map { _ in program.column() }
        let before = (0..<3).map { _ in hours.map { _ in program.column() } }
        own.received = received
        addReceipts(number, received)

        let plating = FluidLag(rate.platingDelay)
        let machines = FluidLag(rate.machineTime)
        let retest = FluidLag(rate.retestDelay)
        let second = FluidLag(rate.secondPass)
        for hour in hours {
            let shift = laboratory.shiftOfHour[hour]
            balance(before[0], hour, entering: [.init(received[hour])], leaving: handled[hour])
            balance(
                before[1], hour, entering: terms(plating.out, of: handled, at: hour),
                leaving: started[hour])
            balance(
                before[2], hour, entering: terms(machines.out, of: started, at: hour),
                leaving: reviewed[hour])
            // Staff and machines also carry the second pass of positive tubes' members.
            program.row(
                to: 0,
                [.init(handled[hour], rate.tubesPerPlate)]
                    + terms(retest.out, of: reviewed, at: hour, times: rate.retestSingles)
                    + [.init(own.reception[shift], -laboratory.reception.rate)])
            program.row(
                to: 0,
                [.init(started[hour], rate.runs)]
                    + terms(
                        retest.out, of: reviewed, at: hour, times: rate.runs * rate.retestPlates)
                    + [.init(capacity, -1)])
            program.row(
                to: 0,
                [.init(reviewed[hour], rate.runs)]
                    + terms(
                        second.out, of: reviewed, at: hour, times: rate.runs * rate.retestPlates)
                    + [.init(own.review[shift], -laboratory.review.rate)])
            let inside =
                before.map { .init($0[hour]) } + terms(plating.inside, of: handled, at: hour)
                + terms(machines.inside, of: started, at: hour)
            addWindow(number, hour, inside, received)
        }
    }

    /// What is inside came in within the window; at the end nothing is.
    private mutating func addWindow(
        _ number: Int, _ hour: Int, _ inside: [LinearProgram.Term], _ received: [Int]
    ) {
        let recent = FluidLag.recent(firstPass(number))
        if isOver(hour, for: number) {
            program.row(to: 0, inside)
        } else if hour >= recent.count {
            program.row(to: 0, inside + terms(recent, of: received, at: hour, times: -1))
        }
    }

    /// Whether the first pass of everything must be through by the end of an hour.
    func isOver(_ hour: Int, for number: Int) -> Bool {
        hour + 1 == problem.hours
            || Double(hour + 1) >= problem.resultsWithin - rates[number].secondPass
    }

    /// Hours that the first pass may take, so that the second fits into the window.
    func firstPass(_ number: Int) -> Double { max(0, problem.window - rates[number].secondPass) }

    private mutating func addReceipts(_ number: Int, _ received: [Int]) {
        var sums = received.map { [LinearProgram.Term($0, -1)] }
        for share in shares {
            let district = problem.districts[share.district]
            let way = district.ways[share.way]
            guard way.laboratory == number else { continue }
            let curve = FluidLag(way.travel).shift(district.modes[share.mode].tubes)
            for hour in received.indices where hour < curve.count && curve[hour] > 0 {
                sums[hour].append(.init(share.column, curve[hour] / rates[number].tubesPerPlate))
            }
        }
        for sum in sums { program.row(from: 0, to: 0, sum) }
    }

    /// What lies before a station at the end of an hour.
    private mutating func balance(
        _ before: [Int], _ hour: Int, entering: [LinearProgram.Term], leaving: Int
    ) {
        var terms = [LinearProgram.Term(before[hour]), .init(leaving)]
        if hour > 0 { terms.append(.init(before[hour - 1], -1)) }
        terms += entering.map { .init($0.column, -$0.coefficient) }
        program.row(from: 0, to: 0, terms)
    }

    private func terms(
        _ lags: [(back: Int, share: Double)], of flow: [Int], at hour: Int, times factor: Double = 1
    ) -> [LinearProgram.Term] {
        guard factor != 0 else { return [] }
        return lags.compactMap {
            hour >= $0.back ? .init(flow[hour - $0.back], $0.share * factor) : nil
        }
    }
}
