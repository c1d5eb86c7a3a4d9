package import LabDomain
internal import LabStore

/// Takes back the last thing done to a tube at the reception, its receipt or its rejection.
///
/// It is for slips: half an hour long, and while nothing has followed (ACC-4). Whoever may do it
/// may take back what others did.
package struct UndoScan: Command, Encodable {
    package static let verb = Verb.undoScan

    let tube: String

    /// What was taken back and how the tube stands now.
    package struct Answer: Codable, Sendable {
        package let tube: TubeID
        package let box: BoxID
        package let undone: ReceptionAct
        package let state: TubeState
        /// Searches for its people that were withdrawn.
        package let recollections: Int
        /// The task to sample the environment again that was withdrawn.
        package let task: TaskID?
    }

    /// The barcode of the tube.
    package init(tube: String) {
        self.tube = tube
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let known = try work.tube(scanned: tube)
        do {
            let step = try work.receptionStepToUndo(of: known.tube.id)
            switch step.act {
            case .receipt: return try undoReceipt(of: known, step, in: work)
            case .rejection: return try undoRejection(of: known, step, in: work)
            }
        } catch let fault as UndoFault {
            throw Refusal(fault, of: known.tube.id, in: work.rules.settings.zone)
        }
    }

    private func undoReceipt(
        of known: ExpectedTube, _ step: ReceptionStep, in work: Work
    ) throws -> Answer {
        let tube = known.tube.id
        let opened = try work.transaction.facts(of: step.command, about: tube.text)
            .compactMap { fact in
                if case .requestOpened(let opened) = fact { opened.request } else { nil }
            }
        guard let request = try work.transaction.openRequest(of: tube), request.state == "waiting",
            opened.contains(request.id)
        else { throw UndoFault.testMovedOn }
        let stopped = try work.transaction.clocks(
            of: .tube(tube), endedAt: step.at, by: .received)
        try work.withdrawClocks(of: [.tube(tube)], startedBy: [.received])
        try work.letRunOn(stopped)
        try work.transaction.append([
            .requestWithdrawn(RequestWithdrawn(request: request.id, of: .tube(tube))),
            .receiptUndone(ReceiptUndone(tube: tube, box: known.box)),
        ])
        return Answer(
            tube: tube, box: known.box, undone: .receipt, state: .expected, recollections: 0,
            task: nil)
    }

    private func undoRejection(
        of known: ExpectedTube, _ step: ReceptionStep, in work: Work
    ) throws -> Answer {
        let tube = known.tube.id
        let withdrawn = try work.transaction.facts(of: step.command, about: tube.text)
            .compactMap { fact in
                if case .requestWithdrawn(let withdrawn) = fact { withdrawn.request } else { nil }
            }
        let recollections = try work.transaction.recollections(of: tube)
        guard recollections.allSatisfy({ $0.state == "open" }) else {
            throw UndoFault.recollectionClosed
        }
        let task = try work.transaction.resamplingTask(of: tube)
        guard task?.isOpen != false else { throw UndoFault.taskClosed }
        // The outcome of a pool holds for those of its tubes that were left.
        if let pool = try work.transaction.concludedPool(with: tube) {
            throw UndoFault.poolConcluded(pool)
        }
        guard try !work.transaction.isDelivered(tube) else { throw UndoFault.delivered }

        let ended = try work.transaction.clocks(
            of: .tube(tube), endedAt: step.at, by: .recollectionOpened)
        try work.withdrawClocks(
            of: recollections.map { .recollection($0.id) }, startedBy: [.recollectionOpened])
        try work.letRunOn(ended)
        try work.transaction.append([
            .rejectionUndone(
                RejectionUndone(
                    tube: tube, request: withdrawn.first,
                    recollections: recollections.map(\.id), task: task?.id))
        ])
        try OutboxWriter(work)?.dropWaiting(about: tube)
        return Answer(
            tube: tube, box: known.box, undone: .rejection,
            state: known.receivedAt == nil ? .expected : .received,
            recollections: recollections.count, task: task?.id)
    }
}

extension Work {
    /// The last thing that was done to a tube at the reception, while it is not too long ago.
    fileprivate func receptionStepToUndo(of tube: TubeID) throws -> ReceptionStep {
        guard let step = try transaction.receptionSteps(of: tube).last else {
            throw UndoFault.nothingDone
        }
        guard step.at.span(to: now) <= ReceptionAct.undoLimit else {
            throw UndoFault.tooLate(step.act, at: step.at)
        }
        return step
    }
}

extension Refusal {
    fileprivate init(_ fault: UndoFault, of tube: TubeID, in zone: Zone) {
        let see: Wording = "See swabline trace \(tube)."
        switch fault {
        case .nothingDone:
            self.init(
                .nothingToDo, "\(tube) was neither received nor rejected.",
                remedy: "Scan the tube that is meant.")
        case .tooLate(let act, let at):
            self.init(
                .rule,
                """
                The \(act.word) of \(tube) at \(zone.minuteText(at)) stands: it can be taken back \
                for \(ReceptionAct.undoLimit.text).
                """,
                remedy: act == .receipt
                    ? "Reject the tube if it cannot be tested."
                    : "Its people are called back; the new swabs count.")
        case .testMovedOn:
            self.init(
                .rule, "The receipt of \(tube) stands: its test has moved on.", remedy: see)
        case .recollectionClosed:
            self.init(
                .rule, "The rejection of \(tube) stands: the search for a person of it has ended.",
                remedy: see)
        case .taskClosed:
            self.init(
                .rule, "The rejection of \(tube) stands: the place has been sampled again.",
                remedy: see)
        case .poolConcluded(let pool):
            self.init(
                .rule, "The rejection of \(tube) stands: the pool \(pool) has its outcome.",
                remedy: see)
        case .delivered:
            self.init(
                .rule, "The rejection of \(tube) stands: its sending unit has been told.",
                remedy: see)
        }
    }
}
