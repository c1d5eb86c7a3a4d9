extension ScreeningProblem {
    /// Districts and laboratories that do not touch the others.
    package struct Part: Sendable {
        package let districts: [Int]
        package let laboratories: [Int]
        package let problem: ScreeningProblem
    }

    /// The finest parts: laboratories are tied by the districts that may send to both.
    package var parts: [Part] {
        var leader = Array(laboratories.indices)
        func root(_ place: Int) -> Int {
            var place = place
            while leader[place] != place { place = leader[place] }
            return place
        }
        for district in districts {
            guard let first = district.ways.first else { continue }
            for way in district.ways.dropFirst() {
                let (a, b) = (root(first.laboratory), root(way.laboratory))
                leader[max(a, b)] = min(a, b)
            }
        }
        let byRoot = Dictionary(grouping: laboratories.indices, by: root)
        return byRoot.sorted { $0.key < $1.key }.map { key, own in
            let members = districts.indices.filter { place in
                districts[place].ways.first.map { root($0.laboratory) } == key
            }
            return Part(districts: members, laboratories: own, problem: part(members, own))
        }.filter { !$0.districts.isEmpty }
    }

    private func part(_ members: [Int], _ own: [Int]) -> ScreeningProblem {
        let places = Dictionary(uniqueKeysWithValues: own.enumerated().map { ($1, $0) })
        var problem = self
        problem.laboratories = own.map { laboratories[$0] }
        problem.districts = members.map { place in
            var district = districts[place]
            for way in district.ways.indices {
                district.ways[way].laboratory = places[district.ways[way].laboratory] ?? 0
            }
            return district
        }
        return problem
    }
}

/// A fluid plan of the whole city: who sends what where, and what each laboratory has.
package struct CityPlan: Sendable {
    /// For each district the shares of its ways.
    package var shares: [[Double]]
    /// For each laboratory its machines and people; nil for one that is not in the program.
    var choices: [FluidLaboratory.Choice?]
    package var cost: Double
    package var bound: Double

    /// (cost − bound) / cost.
    package var gap: Double { max(0, cost - bound) / max(cost, 1e-9) }
}

/// Plans a city part by part: first every part at once, then branch and cut where most is open.
package struct CitySearch: ~Copyable {
    private let problem: ScreeningProblem
    private let clock: @Sendable () -> Double
    private let end: Double

    /// Begins a search of so many seconds by a clock that counts seconds from any beginning.
    package init(
        _ problem: ScreeningProblem, clock: @escaping @Sendable () -> Double, seconds: Double
    ) {
        self.problem = problem
        self.clock = clock
        end = clock() + seconds
    }

    /// The districts that cannot be served within the goal, by their places.
    package struct Stuck: Error {
        package var districts: [Int]
        /// Proved, and not only out of time.
        package var isCertain: Bool
    }

    /// Searches; `notice` is called after each part, and `mayGoOn` before it.
    /// - Throws: `Stuck`, or what `mayGoOn` throws.
    package func run(
        mayGoOn: () throws -> Void = {},
        notice: @Sendable (CityPlan, _ done: Int, _ all: Int) -> Void
    ) throws -> CityPlan {
        let parts = problem.parts
        var city = CityPlan(
            shares: problem.districts.map { $0.ways.map { _ in 0 } },
            choices: problem.laboratories.map { _ in nil }, cost: 0, bound: 0)
        var found: [FluidPlan] = []
        var stuck = Stuck(districts: [], isCertain: true)
        for (number, part) in parts.enumerated() {
            try mayGoOn()
            let fluid = FluidProgram(part.problem)
            do throws(FluidFault) {
                found.append(try plan(fluid, before: parts.count - number))
                city.add(found[found.count - 1], of: fluid, part)
            } catch {
                stuck.districts += part.districts
                stuck.isCertain = stuck.isCertain && error == .cannotKeepGoal
            }
            notice(city, number + 1, parts.count)
        }
        guard stuck.districts.isEmpty else { throw stuck }
        try refine(parts, &found, &city, mayGoOn, notice)
        return city
    }

    /// Searches the parts of some laboratories again; the others keep what they have.
    ///
    /// Its cost and bound are those of the old plan: the new one serves to be played.
    /// - Returns: The plan, and the laboratories of the parts that could be planned anew.
    package func again(
        _ old: CityPlan, for changed: Set<Int>, mayGoOn: () throws -> Void = {}
    ) throws -> (city: CityPlan, touched: Set<Int>) {
        let parts = problem.parts.filter { !changed.isDisjoint(with: $0.laboratories) }
        var (city, touched) = (old, Set<Int>())
        for (number, part) in parts.enumerated() {
            try mayGoOn()
            let fluid = FluidProgram(part.problem)
            do throws(FluidFault) {
                city.add(try plan(fluid, before: parts.count - number), of: fluid, part)
                touched.formUnion(part.laboratories)
            } catch {
                // The part stays as it was.
                continue
            }
        }
        (city.cost, city.bound) = (old.cost, old.bound)
        return (city, touched)
    }

    /// A part's first plan, in half of its share of the time that so many parts still have.
    private func plan(_ fluid: FluidProgram, before parts: Int) throws(FluidFault) -> FluidPlan {
        let seconds = (end - clock()) / Double(parts)
        var search = FluidSearch(fluid, clock: clock, seconds: max(1, 0.5 * seconds))
        return try search.run()
    }

    /// Branch and cut, the widest gap first.
    private func refine(
        _ parts: [ScreeningProblem.Part], _ found: inout [FluidPlan], _ city: inout CityPlan,
        _ mayGoOn: () throws -> Void,
        _ notice: @Sendable (CityPlan, _ done: Int, _ all: Int) -> Void
    ) throws {
        let order = parts.indices.sorted {
            found[$0].cost - found[$0].bound > found[$1].cost - found[$1].bound
        }
        for (turn, number) in order.enumerated() {
            try mayGoOn()
            let left = end - clock()
            // Chance will add more than what is left then.
            guard left > 0.2, city.gap > 0.001, found[number].gap > 2e-4 else { continue }
            let fluid = FluidProgram(parts[number].problem)
            guard fluid.program.wholeColumns.count <= 600 else { continue }
            var search = FluidSearch(fluid, clock: clock, seconds: left)
            search.adopt(found[number])
            let share = 3 * left / Double(order.count - turn + 2)
            guard let better = search.branch(seconds: share) else { continue }
            city.remove(found[number])
            found[number] = better
            city.add(better, of: fluid, parts[number])
            notice(city, parts.count, parts.count)
        }
    }
}

extension CityPlan {
    /// Whether a laboratory has nearly all machines of a kind that it may have.
    ///
    /// A few are left out: a tenth less of them would be much less.
    func isFull(_ place: Int, in problem: ScreeningProblem) -> Bool {
        guard let choice = choices[place] else { return false }
        let laboratory = problem.laboratories[place]
        func isMost(_ count: Int, _ most: Int) -> Bool {
            most >= 5 && Double(count) > 0.9 * Double(most)
        }
        return isMost(choice.cyclers, laboratory.pcr.most)
            || isMost(choice.extractors, laboratory.extraction.most)
    }

    fileprivate mutating func add(
        _ plan: FluidPlan, of fluid: FluidProgram, _ part: ScreeningProblem.Part
    ) {
        cost += plan.cost
        bound += plan.bound
        for share in fluid.shares {
            shares[part.districts[share.district]][share.way] = 0
        }
        for share in fluid.shares {
            shares[part.districts[share.district]][share.way] += plan.values[share.column]
        }
        for (number, place) in part.laboratories.enumerated() {
            choices[place] = fluid.choice(number, plan.values)
        }
    }

    fileprivate mutating func remove(_ plan: FluidPlan) {
        cost -= plan.cost
        bound -= plan.bound
    }
}
