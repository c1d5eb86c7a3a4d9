package import LabDomain
internal import LabStore

/// A second person refuses a run: what it led to is taken back and its tests are done again.
package struct RefuseRun: Command, Encodable {
    package static let verb = Verb.refuseRun

    let plate: PlateID

    /// How many tests wait again.
    package struct Answer: Codable, Sendable {
        package let plate: PlateID
        package let run: RunID
        package let testsAgain: Int
    }

    /// The refusal of a plate's run.
    package init(plate: PlateID) {
        self.plate = plate
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let run = try work.runToJudge(of: plate)
        let moved = try work.transaction.consequencesUnderWay(of: run.id)
        guard moved.isEmpty else {
            throw Refusal(
                .rule, "The run cannot be refused any more: what it led to has moved on.",
                remedy: "Let the tests that follow decide; see swabline trace.",
                places: moved.map {
                    Refusal.Place(
                        code: "moved-on", message: $0.words, remedy: "See swabline trace.")
                })
        }
        try endLooks(at: run, in: work)
        let requests = try work.transaction.requests(of: run.id)
        try withdrawClocks(of: requests, in: work)
        let waiting = try work.transaction.waitingConsequences(of: run.id)
        try work.transaction.append(
            waiting.map { .requestWithdrawn(RequestWithdrawn(request: $0.id, of: $0.of)) })
        let concluded = try work.transaction.poolsConcluded(byMembersIn: run.id)
        let smaller = try work.transaction.smallerPools(cutBy: run.id)
        try work.transaction.append([.runRefused(RunRefused(run: run.id, plate: plate))])
        let tested = try work.transaction.pools(touchedBy: run.id)
        // The pools that are tested again come last: they take their tubes back from the others.
        let states =
            smaller.map { PoolConcluded(pool: $0, state: .withdrawn) }
            + concluded.map { PoolConcluded(pool: $0.id, state: $0.before) }
            + tested.map { PoolConcluded(pool: $0, state: .open) }
        try work.transaction.append(states.map { .poolConcluded($0) })
        let consequences = Consequences(work: work, run: nil)
        for request in requests {
            try consequences.open(
                request.of, purpose: .again, kit: request.kit, cause: request.id)
        }
        return Answer(plate: plate, run: run.id, testsAgain: requests.count)
    }

    /// Wells at which nobody has looked yet are done again as all others are.
    private func endLooks(at run: StoredRun, in work: Work) throws {
        let rule = try work.transaction.plate(plate)?.version ?? ""
        for look in try work.transaction.looks(of: run.id) where look.looked == nil {
            try work.transaction.append([
                .wellLooked(
                    WellLooked(run: run.id, plate: plate, well: look.well, decision: .refused))
            ])
            guard let request = look.request, let subject = look.of else { continue }
            try work.transaction.append([
                .testRead(
                    TestRead(
                        request: request, of: subject, run: run.id, well: look.well,
                        result: WellResult(.invalid, .runRefused),
                        rule: "\(work.rules.policy.version) \(rule)"))
            ])
        }
    }

    private func withdrawClocks(of requests: [StoredRequest], in work: Work) throws {
        let tubes = requests.compactMap { request -> ClockSubject? in
            if case .tube(let tube) = request.of { return .tube(tube) }
            return nil
        }
        let subjects = Set(requests.map(\.of.text))
        let recollections = try work.transaction.recollections(onlyOpen: true)
            .filter { subjects.contains($0.tube.text) }
        try work.withdrawClocks(of: tubes, startedBy: [.foundPositive])
        try work.withdrawClocks(
            of: recollections.map { .recollection($0.id) }, startedBy: [.recollectionOpened])
        // The tubes' own clocks rested or ended when people were called back; they run again.
        let calls = Dictionary(grouping: recollections, by: \.tube)
        for (tube, calls) in calls.sorted(by: { $0.key.text < $1.key.text }) {
            let ended = try Set(calls.map(\.openedAt)).flatMap {
                try work.transaction.clocks(of: .tube(tube), endedAt: $0, by: .recollectionOpened)
            }
            try work.letRunOn(ended.sorted { $0.rule < $1.rule })
        }
    }
}

extension MovedOn {
    /// What stands in the way of a refusal.
    fileprivate var words: Wording {
        switch kind {
        case .test:
            "the test of \(about) that it asked for is \(Wording(word: state, of: "test"))"
        case .answer: "the answer of \(about) is released"
        case .recollection: "the recollection of a person of \(about) is closed"
        case .task: "the task about \(about) is closed"
        case .delivery: "the sending unit knows of the tube \(about)"
        case .rejection: "the tube \(about) was rejected since"
        }
    }
}
