package import LabDomain
package import LabStore

/// A proposal with what a person must know of each tube to change it.
package struct PoolPlan: Sendable {
    /// A single tube that waits.
    package struct Tube: Hashable, Sendable {
        package let unit: String
        /// The same number for waiting tubes of one household; nil where nobody shares it.
        package let household: Int?
        package let collectedAt: Timestamp
        /// When its first clock runs out; nil when none runs.
        package let dueAt: Timestamp?
    }

    package let proposal: PoolProposal
    package let tubes: [TubeID: Tube]
    /// The schemes that the programme allows, the fewest stages first.
    package let schemes: [PoolScheme]
    /// Whether one tube alone may be called a pool.
    package let allowsOne: Bool
}

extension SinglyReason {
    /// Whether somebody may put a tube into a pool all the same: the risk is a late or costly test,
    /// not a wrong one.
    package var mayBeOverruled: Bool {
        switch self {
        case .costsLess, .leftOver, .tooLate, .asked: true
        case .neverPooled, .prevalence, .sensitivity, .recollected, .tooOld, .tooLittle: false
        }
    }
}

extension Laboratory {
    /// Which pools would be formed now, with their tubes; nothing is stored.
    ///
    /// For whoever may form pools; households are numbers, and no person is in it.
    package func poolPlan(
        _ wishes: PoolWishes = PoolWishes(), as handle: String, at now: Timestamp
    ) throws -> PoolPlan {
        try look(.formPools, as: handle) { view in
            let rules = try rules(in: view)
            let planning = PoolPlanning(rules: rules, view: view, now: now)
            let known = try view.prevalence(under: rules, at: now, keptReadings)
            let planned = try planning.planned(wishes, known)
            return PoolPlan(
                proposal: try planning.proposal(of: planned, wishes, known),
                tubes: PoolPlan.tubes(of: planned.map(\.0)), schemes: rules.poolSchemes,
                allowsOne: rules.programme.poolSizes.contains(1))
        }
    }

    /// The schemes that the programme in force allows, the fewest stages first.
    package func poolSchemes(as handle: String) throws -> [PoolScheme] {
        try look(.formPools, as: handle) { try rules(in: $0).poolSchemes }
    }

    /// How many single tubes wait for their first test.
    package func singleTubesWaiting(as handle: String) throws -> Int {
        try look(.seeWork, as: handle) { try $0.singleTubesWaiting() }
    }

    /// A part of the laboratory pools: those that are not concluded, oldest first, or all, newest
    /// first.
    package func poolList(
        onlyOpen: Bool, after: String, as handle: String
    ) throws -> Part<ListedPool> {
        try look(.seeWork, as: handle) { try $0.poolList(onlyOpen: onlyOpen, after: after) }
    }
}

extension PoolPlan {
    fileprivate static func tubes(of plans: [PoolClassPlan]) -> [TubeID: Tube] {
        let waiting = plans.flatMap { plan in
            plan.pools.flatMap(\.self) + plan.singly.map(\.waiting)
        }
        let shared = Dictionary(grouping: waiting.compactMap(\.household)) { $0 }
            .filter { $0.value.count > 1 }
        var numbers: [AddressToken: Int] = [:]
        var tubes: [TubeID: Tube] = [:]
        for tube in waiting {
            var number: Int?
            if let household = tube.household, shared[household] != nil {
                number = numbers[household] ?? numbers.count + 1
                numbers[household] = number
            }
            tubes[tube.tube.id] = Tube(
                unit: tube.unit, household: number, collectedAt: tube.collectedAt,
                dueAt: tube.dueAt)
        }
        return tubes
    }
}
