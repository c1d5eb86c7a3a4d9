internal import LabDomain
internal import LabStore

extension Consequences {
    /// Tests the kept tubes of a pool that read positive, or could not be read: in smaller pools
    /// where its scheme asks for them, else one by one (RES-2, RES-12).
    func testFurther(_ pool: LaboratoryPool, cause: RequestID) throws {
        let split = PoolSplit(of: pool)
        let state: PoolState = split.pools.isEmpty ? .opened : .split
        try transaction.append([.poolConcluded(PoolConcluded(pool: pool.id, state: state))])
        for members in split.pools {
            let smaller = try form(members, outOf: pool, below: split.below)
            try open(.pool(smaller), purpose: .retest, kit: .first, cause: cause)
        }
        for tube in split.singly {
            try open(.tube(tube.id), purpose: .retest, kit: .first, cause: cause)
        }
    }

    /// Forms one part of a pool that was cut; its identifier follows from the cause of the cut.
    private func form(
        _ members: [SingleTube], outOf pool: LaboratoryPool, below: [Int]
    ) throws -> PoolID {
        let id = PoolID(
            work.identifier("LP", pool.id.text, members.map(\.id.text).joined(separator: " ")))
        guard let risk = try transaction.risk(of: pool.id) else {
            preconditionFailure("A pool that is cut is stored.")
        }
        let smaller = try LaboratoryPool(id: id, members: members, parent: pool.id, below: below)
        try transaction.append([.poolFormed(PoolFormed(pool: smaller, risk: risk))])
        return id
    }

    /// Gives the pools of a tube their outcome when their last member is known, whichever stage
    /// made it known: the smallest first, then those that were cut on the way to it (RES-10,
    /// RES-13).
    func concludePools(with tube: TubeID, cause: RequestID?) throws {
        for pool in try transaction.poolsTestedFurther(with: tube) {
            let members = try transaction.memberOutcomes(of: pool)
            // A confirmed pool stays open while members wait, so that none joins another pool; a
            // larger pool waits for the same members.
            guard !members.contains(nil) else { return }
            let state = conclude(pool: members)
            try transaction.append([.poolConcluded(PoolConcluded(pool: pool, state: state))])
            if state == .unconfirmed, work.rules.policy.unconfirmedPool == .investigate,
                try transaction.isUnexplained(pool)
            {
                try open(.unconfirmedPool, about: pool.text, cause: cause)
            }
        }
    }
}
