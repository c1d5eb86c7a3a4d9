package import LabDomain
internal import LabStore

/// Rejects a tube that cannot be tested; its people are called back at once.
package struct RejectTube: Command, Encodable {
    package static let verb = Verb.rejectTube

    let scan: String
    let reason: RejectReason

    /// What the rejection led to.
    package struct Answer: Codable, Sendable {
        package let tube: TubeID
        package let reason: RejectReason
        package let recollections: [RecollectionID]
        /// The task to sample the environment again, for a tube without people.
        package let task: TaskID?
    }

    /// A tube with the reason why it is rejected.
    package init(scan: String, reason: RejectReason) {
        self.scan = scan
        self.reason = reason
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let known = try work.tube(scanned: scan)
        let tube = known.tube.id
        try refuseIfUnderWay(known, in: work)
        if let request = try work.transaction.openRequest(of: tube) {
            try work.transaction.append([
                .requestWithdrawn(RequestWithdrawn(request: request.id, of: .tube(tube)))
            ])
        }
        try work.transaction.append([.tubeRejected(TubeRejected(tube: tube, reason: reason))])
        let consequences = Consequences(work: work, run: nil)
        let (recollections, task) = try consequences.callBack(
            known.tube, in: known.box, because: .rejectedTube, cause: nil)
        try consequences.concludePools(with: tube, cause: nil)
        try work.restClocks(of: [tube])
        try OutboxWriter(work)?.rejection(of: tube)
        return Answer(tube: tube, reason: reason, recollections: recollections, task: task)
    }

    private func refuseIfUnderWay(_ known: ExpectedTube, in work: Work) throws {
        let tube = known.tube.id
        if let before = known.rejectedBecause {
            throw Refusal(
                .rule, "\(tube) was rejected before: \(before.meaning).",
                remedy: "See swabline trace \(tube).")
        }
        if known.state == .resolved {
            throw Refusal(
                .rule, "\(tube) has its result or its people are called back already.",
                remedy: "See swabline trace \(tube).")
        }
        switch try work.transaction.openRequest(of: tube)?.state {
        case "pooled":
            throw Refusal(
                .rule, "\(tube) is in a laboratory pool.",
                remedy: "Wait for the pool's result; its members can be rejected afterwards.")
        case "plated":
            throw Refusal(
                .rule, "\(tube) is on a plate that has not been read.",
                remedy: "Import the plate's run first.")
        default: break
        }
    }
}
