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
        let testsIfScattered: Double
        let positives: Double
        let missed: Double

        /// The same without a scheme, for a class of which nobody is pooled.
        var singlyOnly: Draft {
            Draft(
                scheme: nil, pools: [], singly: singly, tests: tests,
                testsIfScattered: testsIfScattered, positives: positives, missed: missed)
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

    /// Households together, units together where that costs no pool (POOL-11); whoever may not be
    /// pooled, and whoever is left over alone, by themselves.
    func pooled(by scheme: PoolScheme) throws(PoolingFault) -> Draft {
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
        let groups = Grouping(poolable.map { members[$0] }, size: scheme.first).groups
        var pools: [[Int]] = []
        pools.reserveCapacity(groups.count)
        for group in groups {
            if group.count > 1 {
                pools.append(group.map { poolable[$0] })
            } else {
                alone += group.map { (poolable[$0], .leftOver) }
            }
        }
        return try draft(scheme, pools: pools, singly: alone)
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
            missed: max(0, inPools * single.sensitivity - total.found))
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
            accuracies: accuracies)
        let scattered = try Scheme.hierarchy([tree]).characteristics(
            among: .alike(size, prevalence: prevalence), accuracies: accuracies)
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

extension PoolScheme {
    /// The scheme for a pool of so many tubes: each stage is cut into the fewest parts that it
    /// allows, as equal as they can be.
    func tree(of size: Int) throws(PoolingFault) -> PoolTree {
        try Self.tree(of: size, below: below)
    }

    private static func tree(of size: Int, below: [Int]) throws(PoolingFault) -> PoolTree {
        let stages = below.drop { $0 >= size }
        guard let most = stages.first else { return try PoolTree(size: size) }
        var parts: [PoolTree] = []
        for part in evenParts(of: size, most: most) {
            parts.append(try tree(of: part, below: Array(stages.dropFirst())))
        }
        return try PoolTree(parts: parts)
    }

    /// The fewest parts of at most `most`, whose sizes differ by one at most, the larger first.
    package static func evenParts(of count: Int, most: Int) -> [Int] {
        let parts = (count + most - 1) / most
        guard parts > 0 else { return [] }
        let (share, larger) = count.quotientAndRemainder(dividingBy: parts)
        return (0..<parts).map { $0 < larger ? share + 1 : share }
    }
}
