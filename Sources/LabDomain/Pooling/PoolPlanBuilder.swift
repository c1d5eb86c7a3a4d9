internal import LabPooling

/// Puts the tubes of one class into pools by one scheme and says what that costs.
///
/// Tubes are places in `waiting`: several schemes are tried, and a city's tubes are not copied for
/// each.
struct PoolPlanBuilder {
    /// One way to test the class.
    struct Draft {
        let scheme: PoolScheme?
        let pools: [[Int]]
        let singly: [(place: Int, reason: SinglyReason)]
        let tests: Double
        /// The same pools with people who have nothing to do with each other.
        let testsIfScattered: Double
        let positives: Double
        let missed: Double
        /// Tests of the fullest pools that its people could make.
        var testsIfFull: Double

        /// The draft beside the fullest pools.
        func compared(to full: Double) -> Draft {
            var draft = self
            draft.testsIfFull = full
            return draft
        }

        /// The same without a scheme, for a class of which nobody is pooled.
        var singlyOnly: Draft {
            Draft(
                scheme: nil, pools: [], singly: singly, tests: tests,
                testsIfScattered: testsIfScattered, positives: positives, missed: missed,
                testsIfFull: tests)
        }
    }

    let waiting: [WaitingTube]
    let prevalence: Double
    let rules: PoolingRules
    let now: Timestamp

    /// Households and units as numbers, in the order in which they come.
    private let members: [GroupMember]
    private let asked: [Bool]
    private let single: Accuracy
    private var grouped: [Int: (poolable: [Int], groups: [[Int]])] = [:]

    init(
        waiting: [WaitingTube], prevalence: Double, rules: PoolingRules, singly: Set<TubeID>,
        now: Timestamp
    ) throws(PoolingFault) {
        try Crowd.households([1], prevalence: prevalence, rules.households).check()
        self.waiting = waiting
        self.prevalence = prevalence
        self.rules = rules
        self.now = now
        asked =
            singly.isEmpty ? [] : waiting.map { singly.contains($0.tube.id) }
        var households = Numbers<AddressToken>()
        var units = Numbers<String>()
        members = waiting.map { tube in
            GroupMember(
                household: tube.household.map { households.number(of: $0) },
                unit: units.number(of: tube.unit))
        }
        single = rules.model.accuracies(first: 1, stages: 1)[0]
    }

    /// Everybody by themselves, for the reason of the class or one of their own.
    func everybodySingly(_ reason: SinglyReason) throws(PoolingFault) -> Draft {
        try draft(
            nil, pools: [], singly: waiting.indices.map { ($0, isAsked($0) ? .asked : reason) })
    }

    private func isAsked(_ place: Int) -> Bool { !asked.isEmpty && asked[place] }

    /// Households together unless that costs too much, units together where that costs no pool
    /// (POOL-11); whoever may not be pooled, and whoever is left over alone, by themselves.
    mutating func pooled(by scheme: PoolScheme) throws(PoolingFault) -> Draft {
        var alone: [(place: Int, reason: SinglyReason)] = []
        var poolable: [Int] = []
        poolable.reserveCapacity(waiting.count)
        for place in waiting.indices {
            if isAsked(place) {
                alone.append((place, .asked))
            } else if let reason = rules.obstacle(
                of: waiting[place], stages: scheme.stages, at: now)
            {
                alone.append((place, reason))
            } else {
                poolable.append(place)
            }
        }
        let groups = groups(of: poolable, size: scheme.first)
        let whole = try pooled(groups, of: poolable, by: scheme, alone)
        // No pools are fewer: nothing is gained by cutting a household.
        if groups.count <= (poolable.count + scheme.first - 1) / scheme.first { return whole }
        // Households that fill pools badly would cost pools: then a pool's border may cut one.
        let filled = Self.filled(poolable.map { members[$0] }, size: scheme.first)
        let full = try pooled(filled, of: poolable, by: scheme, alone)
        return full.tests * (1 + rules.worthwhile) < whole.tests
            ? full.compared(to: full.tests) : whole.compared(to: full.tests)
    }

    /// Households together; schemes of one first size share the work.
    private mutating func groups(of poolable: [Int], size: Int) -> [[Int]] {
        if let known = grouped[size], known.poolable == poolable { return known.groups }
        let groups = Grouping(poolable.map { members[$0] }, size: size).groups
        grouped[size] = (poolable, groups)
        return groups
    }

    /// Full groups of people who stand by unit and household.
    private static func filled(_ members: [GroupMember], size: Int) -> [[Int]] {
        var units = Numbers<Int>()
        var households = Numbers<Int>()
        var places: [(unit: Int, household: Int, place: Int)] = []
        for (place, member) in members.enumerated() {
            // Whoever lives alone is a household of one, in the order of arrival.
            let household = member.household.map { households.number(of: $0) }
            places.append(
                (units.number(of: member.unit), household ?? members.count + place, place))
        }
        let row = places.sorted { $0 < $1 }.map(\.place)
        return stride(from: 0, to: row.count, by: size).map {
            Array(row[$0..<min($0 + size, row.count)])
        }
    }

    private func pooled(
        _ groups: [[Int]], of poolable: [Int], by scheme: PoolScheme,
        _ before: [(place: Int, reason: SinglyReason)]
    ) throws(PoolingFault) -> Draft {
        var alone = before
        var pools: [[Int]] = []
        pools.reserveCapacity(groups.count)
        for group in groups {
            if group.count > 1 {
                pools.append(spared(group.map { poolable[$0] }, by: scheme))
            } else {
                alone += group.map { (poolable[$0], .leftOver) }
            }
        }
        return try draft(scheme, pools: pools, singly: alone)
    }

    /// The pool with its households in an order in which the next stage cuts as few as can be.
    ///
    /// Households that fill the first part exactly go first; where none do, the order stays.
    private func spared(_ pool: [Int], by scheme: PoolScheme) -> [Int] {
        guard let most = scheme.below.first(where: { $0 < pool.count }),
            let room = PoolScheme.evenParts(of: pool.count, most: most).first
        else { return pool }
        var homes: [[Int]] = []
        for place in pool {
            let home = members[place].household
            if home != nil, let last = homes.last?.last, members[last].household == home {
                homes[homes.count - 1].append(place)
            } else {
                homes.append([place])
            }
        }
        // fills[n]: the earliest homes that make exactly n people.
        var fills: [[Int]?] = [[]] + Array(repeating: nil, count: room)
        for (index, home) in homes.enumerated() {
            for filled in stride(from: room, through: home.count, by: -1) where fills[filled] == nil
            {
                fills[filled] = fills[filled - home.count].map { $0 + [index] }
            }
        }
        guard let first = fills[room].map(Set.init) else { return pool }
        let order =
            homes.indices.filter(first.contains) + homes.indices.filter { !first.contains($0) }
        return order.flatMap { homes[$0] }
    }

    private func draft(
        _ scheme: PoolScheme?, pools: [[Int]], singly: [(place: Int, reason: SinglyReason)]
    ) throws(PoolingFault) -> Draft {
        var costs: [[Int]: (tests: Double, scattered: Double, found: Double)] = [:]
        var total = (tests: Double(singly.count), scattered: Double(singly.count), found: 0.0)
        for pool in pools {
            let homes = households(in: pool)
            // Pools of the same make-up cost the same: most are alike.
            if costs[homes] == nil, let scheme { costs[homes] = try cost(of: homes, by: scheme) }
            guard let cost = costs[homes] else { continue }
            total.tests += cost.tests
            total.scattered += cost.scattered
            total.found += cost.found
        }
        let people = pools.reduce(0) { $0 + $1.count }
        let inPools = Double(people) * prevalence
        return Draft(
            scheme: scheme, pools: pools, singly: singly, tests: total.tests,
            testsIfScattered: total.scattered,
            positives: Double(people + singly.count) * prevalence,
            missed: max(0, inPools * single.sensitivity - total.found), testsIfFull: total.tests)
    }

    /// How many members each household has in a pool, in pipetting order.
    private func households(in pool: [Int]) -> [Int] {
        var sizes: [Int] = []
        sizes.reserveCapacity(pool.count)
        var last: Int?
        for place in pool {
            let home = members[place].household
            if home != nil, home == last, !sizes.isEmpty {
                sizes[sizes.count - 1] += 1
            } else {
                sizes.append(1)
            }
            last = home
        }
        return sizes
    }

    private func cost(
        of homes: [Int], by scheme: PoolScheme
    ) throws(PoolingFault) -> (tests: Double, scattered: Double, found: Double) {
        let size = homes.reduce(0, +)
        let tree = try scheme.tree(of: size)
        let accuracies = rules.model.accuracies(first: size, stages: tree.stages)
        let together = try Scheme.hierarchy([tree]).characteristics(
            among: .households(homes, prevalence: prevalence, rules.households),
            accuracies: accuracies, withVariance: false)
        let scattered = try Scheme.hierarchy([tree]).characteristics(
            among: .alike(size, prevalence: prevalence), accuracies: accuracies, withVariance: false
        )
        return (together.tests, scattered.tests, together.truePositives)
    }
}

/// Numbers things in the order in which they come; neighbours are mostly alike.
private struct Numbers<Thing: Hashable> {
    private var numbers: [Thing: Int] = [:]
    private var last: (thing: Thing, number: Int)?

    mutating func number(of thing: Thing) -> Int {
        if let last, last.thing == thing { return last.number }
        let number = numbers[thing] ?? numbers.count
        numbers[thing] = number
        last = (thing, number)
        return number
    }
}
