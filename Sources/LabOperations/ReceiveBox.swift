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
        try receive(tubes, from: id, in: work)
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
            if let place = try refusal(of: tube, scan: number, from: id, in: work) {
                faults.append(place)
            } else {
                tubes.append(tube)
            }
        }
        faults.sort { ($0.line ?? 0) < ($1.line ?? 0) }
        return (tubes, faults)
    }

    private func refusal(
        of tube: TubeID, scan: Int, from box: BoxID, in work: Work
    ) throws -> Refusal.Place? {
        let known = try work.transaction.tube(tube)
        do throws(ReceptionFault) {
            guard let known else { throw .unknown }
            try known.admit(from: box)
            return nil
        } catch {
            let zone = work.rules.settings.zone
            return Refusal.Place(
                line: scan, subject: tube.text, code: error.code, message: error.message(in: zone),
                remedy: error.remedy)
        }
    }

    private func receive(_ tubes: [TubeID], from box: BoxID, in work: Work) throws {
        for tube in tubes {
            try work.transaction.append([
                .tubeReceived(TubeReceived(tube: tube, box: box)),
                .requestOpened(
                    RequestOpened(
                        request: RequestID("\(tube.text)/1"), of: .tube(tube), ordinal: 1,
                        purpose: .routine, kit: .first, cause: nil)),
            ])
        }
        try work.reached(.received, tubes.map { (.tube($0), box) })
    }
}

extension ReceptionFault {
    var code: String {
        switch self {
        case .unknown: "unknown"
        case .alreadyReceived: "already-received"
        case .rejected: "rejected"
        case .otherBox: "other-box"
        }
    }

    func message(in zone: Zone) -> Wording {
        switch self {
        case .unknown: "No manifest names this tube."
        case .alreadyReceived(let at, let by):
            "Received already at \(zone.minuteText(at)) by \(by)."
        case .rejected(let reason): "Rejected before: \(reason.meaning)."
        case .otherBox(let box): "The tube belongs to the box \(box)."
        }
    }

    var remedy: Wording {
        switch self {
        case .unknown: "Put it aside and ask the sending unit for its manifest."
        case .alreadyReceived: "Nothing is to be done, unless two tubes bear one code."
        case .rejected: "Keep it with the rejected tubes; its people are called back."
        case .otherBox: "Receive it with its own box."
        }
    }
}
