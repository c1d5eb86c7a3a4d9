package import LabDomain
internal import LabStore

/// Decides what becomes of a tube that a sampling desk filled and that could not be registered.
package struct SettleDeskTube: Command, Encodable {
    package static let verb = Verb.settleTube

    /// What somebody decided.
    package enum Decision: Hashable, Sendable, Encodable {
        /// The tube is registered with the people who are here.
        case register
        /// The same, and the desk's names are right where people are known under others.
        case correctNames
        /// The tube bears another barcode.
        case barcode(String)
        /// The people are in the same tube as those of another filling of it.
        case merge(into: DeskTubeID)
        /// The tube cannot be used; its people must come again.
        case discard
    }

    let deskTube: DeskTubeID
    let decision: Decision
    let note: String

    /// How the filling stands now.
    package struct Answer: Codable, Sendable {
        package let tube: TubeID
        package let state: DeskTubeState
        package let people: Int
    }

    /// A decision with the words of whoever made it.
    package init(_ deskTube: DeskTubeID, _ decision: Decision, note: String) {
        self.deskTube = deskTube
        self.decision = decision
        self.note = note
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        guard let known = try work.transaction.deskTube(deskTube) else {
            throw Refusal(
                .unknown, "No sampling desk filled such a tube.",
                remedy: "See the list of tubes to settle.")
        }
        guard known.state == .open || known.state == .held else {
            throw Refusal(
                .rule, "The tube \(known.tube) is settled already.",
                remedy: "See swabline trace \(known.tube).")
        }
        guard note.count <= 300, CellText.isPrintable(note) else {
            throw Refusal(
                .badData, "The note is too long or holds control characters.",
                remedy: "Write at most 300 characters.")
        }
        let people = try work.transaction.members(of: deskTube)
        switch decision {
        case .register: return try register(known, people, in: work)
        case .correctNames: return try register(known, people, correctingNames: true, in: work)
        case .barcode(let scan): return try rename(known, people, to: scan, in: work)
        case .merge(let other): return try merge(known, people, into: other, in: work)
        case .discard: return try settle(known, .discarded, people: people.count, in: work)
        }
    }

    private func register(
        _ known: DeskTube, _ people: [DeskMember], correctingNames: Bool = false, in work: Work
    ) throws -> Answer {
        let (cause, manifest) = try work.register(
            known.withoutCause, people, counted: people.count, correctingNames: correctingNames)
        if let cause { throw Self.refusal(cause, known.tube) }
        return try settle(
            known, .registered, people: people.count, manifest: manifest, in: work)
    }

    private func rename(
        _ known: DeskTube, _ people: [DeskMember], to scan: String, in work: Work
    ) throws -> Answer {
        let read = work.tubes(scanned: [scan])
        guard let tube = read.tubes.first?.0 else {
            throw Refusal(
                .badData, read.places.first?.message ?? "The scan is no barcode.",
                remedy: "Scan the tube again.", places: read.places)
        }
        return try register(known.renamed(tube), people, in: work)
    }

    private func merge(
        _ known: DeskTube, _ people: [DeskMember], into other: DeskTubeID, in work: Work
    ) throws -> Answer {
        guard let into = try work.transaction.deskTube(other), into.tube == known.tube,
            into.id != known.id, into.state == .open || into.state == .held
        else {
            throw Refusal(
                .rule, "There is no other open filling of the tube \(known.tube).",
                remedy: """
                    If its people are registered already, reject the tube at the reception and \
                    call all of them back.
                    """)
        }
        let all = try work.transaction.members(of: other) + people
        let ids = all.compactMap(\.person?.id)
        guard all.count <= into.ratio.rawValue, Set(ids).count == ids.count else {
            throw Refusal(
                .rule, "The people of both desks do not fit into the tube \(known.tube).",
                remedy: "Discard both; their people come again.")
        }
        return try settle(known, .merged, people: people.count, into: other, in: work)
    }

    private func settle(
        _ known: DeskTube, _ state: DeskTubeState, people: Int, into: DeskTubeID? = nil,
        manifest: ManifestID? = nil, in work: Work
    ) throws -> Answer {
        try work.transaction.append([
            .deskTubeSettled(
                DeskTubeSettled(
                    deskTube: known.id, tube: known.tube, state: state, people: people, into: into,
                    note: note, manifest: manifest))
        ])
        return Answer(tube: known.tube, state: state, people: people)
    }

    private static func refusal(_ cause: DeskCause, _ tube: TubeID) -> Refusal {
        let remedy: Wording =
            switch cause {
            case .registered, .barcode: "Give the barcode that stands on the tube, or discard it."
            case .otherDesk: "Put the people of both desks together, or give the right barcode."
            case .otherName: "Compare the documents; then take the desk's names, or discard it."
            case .overfull, .unreadable, .count: "Discard it; its people come again."
            }
        return Refusal(
            .rule, "The tube \(tube) cannot be registered: \(cause.word).", remedy: remedy)
    }
}

extension DeskTube {
    /// The same tube, to be judged afresh.
    fileprivate var withoutCause: DeskTube { copy(tube, cause: nil) }

    fileprivate func renamed(_ tube: TubeID) -> DeskTube { copy(tube, cause: nil) }

    private func copy(_ tube: TubeID, cause: DeskCause?) -> DeskTube {
        DeskTube(
            id: id, desk: desk, tube: tube, ratio: ratio, risk: risk, unit: unit, site: site,
            box: box, state: state, cause: cause)
    }
}
