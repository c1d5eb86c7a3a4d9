internal import LabDomain
internal import LabStore

/// Turns verdicts and rejections into facts: answers, new tests, recollections, tasks.
final class Consequences {
    let work: Work
    /// The run that is being read; nil where no run is behind it.
    let run: RunID?
    private(set) var newTests = 0
    private(set) var newRecollections = 0

    init(work: Work, run: RunID?) {
        self.work = work
        self.run = run
    }

    var transaction: Transaction { work.transaction }

    /// What the verdict of one test leads to.
    func follow(_ resolution: Resolution, of request: StoredRequest, _ tested: Tested) throws {
        switch resolution {
        case .again:
            try open(request.of, purpose: .again, kit: request.kit, cause: request.id)
        case .confirm:
            try open(request.of, purpose: .confirmation, kit: .second, cause: request.id)
        case .answer(let outcome):
            try answer(outcome, by: request, tested)
        case .recollect(let reason):
            guard let tube = tested.tube, let box = try transaction.tube(tube.id)?.box else {
                preconditionFailure("The people of a pool are never called back as such.")
            }
            _ = try callBack(tube, in: box, because: reason, cause: request.id)
            try concludePools(with: tube.id, cause: request.id)
            try work.restClocks(of: [tube.id])
        case .retestMembers:
            guard case .pooled(let pool) = tested else {
                preconditionFailure("Only pools have members to test again.")
            }
            try testFurther(pool, cause: request.id)
        }
    }

    /// Calls back everybody in a tube, or asks for another specimen of the environment.
    func callBack(
        _ tube: CollectedTube, in box: BoxID, because reason: RecollectionReason, cause: RequestID?
    ) throws -> (recollections: [RecollectionID], task: TaskID?) {
        guard !tube.people.isEmpty else {
            return ([], try open(.sampleAgain, about: tube.id.text, cause: cause))
        }
        var opened: [RecollectionID] = []
        for person in tube.people {
            let id = RecollectionID(work.identifier("RC", tube.id.text, person.text))
            opened.append(id)
            newRecollections += 1
            try transaction.append([
                .recollectionOpened(
                    RecollectionOpened(
                        recollection: id, tube: tube.id, person: person, reason: reason,
                        cause: cause))
            ])
        }
        try work.reached(.recollectionOpened, opened.map { (.recollection($0), box) })
        try work.stopClocks(.recollectionOpened, of: [.tube(tube.id)])
        return (opened, nil)
    }

    private func answer(_ outcome: Outcome, by request: StoredRequest, _ tested: Tested) throws {
        guard let run else { preconditionFailure("An answer comes from a run.") }
        if case .pooled(let pool) = tested {
            try transaction.append([.poolConcluded(PoolConcluded(pool: pool.id, state: .negative))])
            try transaction.append(
                pool.members.map {
                    .answerReached(
                        AnswerReached(tube: $0.id, outcome: outcome, request: request.id, run: run))
                })
            // All members of a smaller pool were members of those that were cut on the way to it.
            if pool.parent != nil, let member = pool.members.first {
                try concludePools(with: member.id, cause: request.id)
            }
            return
        }
        guard let tube = tested.tube else { return }
        try transaction.append([
            .answerReached(
                AnswerReached(tube: tube.id, outcome: outcome, request: request.id, run: run))
        ])
        if outcome == .detected {
            if tube.people.isEmpty {
                try open(.positiveEnvironment, about: tube.id.text, cause: request.id)
            } else if let box = try transaction.tube(tube.id)?.box {
                try work.reached(.foundPositive, [(.tube(tube.id), box)])
            }
        }
        try concludePools(with: tube.id, cause: request.id)
    }

    /// Makes the next test of a tube or pool due.
    func open(
        _ subject: RequestSubject, purpose: Purpose, kit: KitRole, cause: RequestID?
    ) throws {
        let ordinal = try transaction.tests(of: subject) + 1
        newTests += 1
        try transaction.append([
            .requestOpened(
                RequestOpened(
                    request: RequestID("\(subject.text)/\(ordinal)"), of: subject,
                    ordinal: ordinal, purpose: purpose, kit: kit, cause: cause))
        ])
    }

    @discardableResult
    func open(_ kind: TaskKind, about: String, cause: RequestID?) throws -> TaskID {
        let id = TaskID(work.identifier("TK", kind.rawValue, about))
        try transaction.append([
            .taskOpened(TaskOpened(task: id, work: kind, about: about, cause: cause))
        ])
        return id
    }
}

extension Tested {
    /// The tube that was tested by itself; nil for a pool.
    var tube: CollectedTube? {
        switch self {
        case .single(let tube): .single(tube)
        case .mixed(let tube): .mixed(tube)
        case .environmental(let tube): .environmental(tube)
        case .pooled: nil
        }
    }
}
