package import LabDomain
internal import LabStore

/// Takes tubes out of a box at the reception.
package struct ReceiveBox: Command, Encodable {
    package static let verb = Verb.receiveBox

    let box: String
    /// What was scanned; nil receives every tube that the manifest names for the box.
    let scans: [String]?
    let goodOnly: Bool

    /// What came and what is missing.
    package struct Answer: Codable, Sendable {
        package let box: BoxID
        package let received: Int
        /// Tubes that the manifests name for the box.
        package let expected: Int
        package let missing: [TubeID]
        package let faults: [Refusal.Place]
    }

    /// A box with its scans; `goodOnly` receives the good ones although others are refused.
    package init(box: String, scans: [String]?, goodOnly: Bool) {
        self.box = box
        self.scans = scans
        self.goodOnly = goodOnly
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let id = BoxID(normalised(box))
        guard try work.transaction.box(id) != nil else {
            throw Refusal(
                .unknown, "No tube is registered for this box.",
                remedy: "Register its manifest first, or see swabline box list.")
        }
        var (tubes, faults) = try scanned(id, in: work)
        if !faults.isEmpty, !goodOnly || tubes.isEmpty {
            throw Refusal(
                .badData, "\(faults.count) of the scans cannot be received; nothing was stored.",
                remedy: "Settle them, or receive the other tubes alone with --good-rows-only.",
                places: faults)
        }
        guard !tubes.isEmpty else {
            throw Refusal(
                .nothingToDo, "Every tube of \(id) is received already.",
                remedy: "Scan another box.")
        }
        tubes.sort()
        try work.receive(tubes, from: id)
        return Answer(
            box: id, received: tubes.count, expected: try work.transaction.box(id)?.tubes ?? 0,
            missing: try work.transaction.missingTubes(of: id), faults: faults)
    }

    private func scanned(
        _ id: BoxID, in work: Work
    ) throws -> (tubes: [TubeID], faults: [Refusal.Place]) {
        guard let scans else { return (try work.transaction.missingTubes(of: id), []) }
        let (read, unread) = work.tubes(scanned: scans)
        var faults = unread
        var tubes: [TubeID] = []
        var seen: Set<TubeID> = []
        for (tube, number) in read where seen.insert(tube).inserted {
            if let place = try work.refusal(
                of: tube, known: work.transaction.tube(tube), scan: number, from: id)
            {
                faults.append(place)
            } else {
                tubes.append(tube)
            }
        }
        faults.sort { ($0.line ?? 0) < ($1.line ?? 0) }
        return (tubes, faults)
    }
}
