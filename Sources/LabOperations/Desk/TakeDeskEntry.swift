package import LabDomain
internal import LabStore

/// Takes in one entry of a sampling desk: a person into a tube, an undoing, a closing.
///
/// Entries of a desk are taken in the order of their numbers, each once (DESK-1, DESK-2). What was
/// done at the desk was done: an entry that does not fit is kept with its cause, and its tube waits
/// for somebody's decision instead of being registered (DESK-4).
package struct TakeDeskEntry: Command {
    package static let verb = Verb.bindPerson

    /// What became of an entry.
    package struct Answer: Codable, Sendable {
        /// How the entry ended.
        package enum Outcome: String, Codable, Sendable {
            case bound
            case undone
            case registered
            case reopened
            case held
            case discarded
            /// There was nothing to do.
            case passed
        }
        package let outcome: Outcome
        package let tube: TubeID
        /// People in the tube now.
        package let people: Int
        package let cause: DeskCause?
        /// Another tube into which the person was swabbed shortly before.
        package let again: TubeID?
        package let passed: DeskEntryPassed.Reason?
        package let at: Timestamp
        /// Whether the time of the device was put right.
        package let isCorrected: Bool
    }

    /// An entry whose barcode and person have been read.
    package struct Prepared: Sendable {
        let tube: TubeID
        let isBarcode: Bool
        let person: RegisteredPerson?
    }

    let entry: DeskEntry
    let offset: Span

    /// Whoever is swabbed into two tubes within this time is told of.
    static let shortly = Span.hours(12)

    /// An entry of a desk; `offset` is the laboratory's clock minus the device's, measured at a
    /// hand-shake.
    package init(_ entry: DeskEntry, offset: Span) {
        self.entry = entry
        self.offset = offset
    }

    /// The offset is measured anew with each sending and is no part of what was done.
    package var content: [UInt8] { Array(json(entry).utf8) }

    package func prepare(
        under rules: Rules, for member: Member, vault: IdentityVault, at now: Timestamp
    ) throws -> Prepared {
        guard DeskEntry.isDesk(entry.desk), entry.sequence >= 1, entry.by.utf8.count <= 40 else {
            throw Refusal(
                .badData, "The entry of the desk has no form that is known.",
                remedy: "Load the page of the sampling desk again.")
        }
        let barcode = try? BarcodeFormat.read(entry.tube, under: rules.settings.barcodes)
        let tube = barcode ?? TubeID(String(normalised(entry.tube).prefix(40)))
        guard case .bind(let binding) = entry.act else {
            return Prepared(tube: tube, isBarcode: barcode != nil, person: nil)
        }
        try Self.check(binding, for: try member.place())
        guard !binding.holdsScan(under: rules.settings.barcodes) else {
            throw Refusal(
                .badData, "A person's or a tube's number stands for the unit, site or box.",
                remedy: "Name the unit and the site in words, then bind the person again.")
        }
        let read = binding.person.read(
            under: ManifestRules(
                formats: rules.settings.barcodes, zone: rules.settings.zone, now: now))
        return Prepared(
            tube: tube, isBarcode: barcode != nil, person: read.details.map(vault.seal))
    }

    package func perform(_ prepared: Prepared, in work: Work) throws -> Answer {
        let desk = try work.transaction.desk(entry.desk)
        let expected = (desk?.sequence ?? 0) + 1
        guard entry.sequence == expected else {
            throw Refusal(
                .rule, "The desk's entries come out of their order.",
                remedy: "The desk sends again from number \(expected).",
                places: [
                    Refusal.Place(
                        line: expected, code: "desk-order",
                        message: "The desk's entries come out of their order.",
                        remedy: "The desk sends again from number \(expected).")
                ])
        }
        let time = DeskTime(
            device: entry.device, offset: offset, after: desk?.lastAt, now: work.now)
        let place = DeskPlace(
            desk: entry.desk, sequence: entry.sequence, time: time, by: entry.by)
        switch entry.act {
        case .bind(let binding): return try bind(prepared, binding, place, in: work)
        case .undo(let number): return try undo(number, prepared.tube, place, in: work)
        case .close(let counted, let reason):
            return try close(prepared.tube, counted, reason, place, in: work)
        case .reopen: return try reopen(prepared.tube, place, in: work)
        }
    }

    private static func check(_ binding: DeskEntry.Binding, for scope: Scope) throws {
        guard TubeRatio(rawValue: binding.ratio) != nil else {
            throw Refusal(
                .badData, "A tube holds 1, 5, 10 or 20 people.",
                remedy: "Choose the kind of tube again.")
        }
        let texts = [binding.unit, binding.site, binding.box]
        guard !binding.unit.isEmpty,
            texts.allSatisfy({ $0.count <= 200 && CellText.isPrintable($0) })
        else {
            throw Refusal(
                .badData, "The unit, site or box of the desk cannot be read.",
                remedy: "Name the unit; each may have 200 characters.")
        }
        let isOwn =
            (scope.unit ?? binding.unit) == binding.unit
            && (scope.site ?? binding.site) == binding.site
        guard isOwn else {
            throw Refusal(
                .notPermitted, "These people were swabbed for another unit or site than yours.",
                remedy: "Somebody of that unit or site signs in at the desk and sends them.")
        }
    }
}

extension TakeDeskEntry {
    private func bind(
        _ prepared: Prepared, _ binding: DeskEntry.Binding, _ place: DeskPlace, in work: Work
    ) throws -> Answer {
        let view = work.transaction
        let known = try view.openDeskTube(prepared.tube, at: entry.desk)
        let people = try known.map { try view.members(of: $0.id) } ?? []
        if let person = prepared.person?.id, people.contains(where: { $0.person?.id == person }) {
            return try pass(prepared.tube, .twice, place, people: people.count, in: work)
        }
        let deskTube = try known ?? open(prepared, binding, in: work)
        let cause = deskTube.causeOfBinding(
            people: people.count, isReadable: prepared.person != nil)
        let again = try prepared.person.flatMap {
            try otherTube(of: $0.id, but: prepared.tube, at: place.at, in: work)
        }
        try work.transaction.append([
            .deskPersonBound(
                DeskPersonBound(
                    deskTube: deskTube.id, tube: deskTube.tube, place: place,
                    person: prepared.person, again: again, cause: cause))
        ])
        return Answer(
            outcome: .bound, tube: deskTube.tube, people: people.count + 1,
            cause: deskTube.cause ?? cause, again: again, passed: nil, at: place.at,
            isCorrected: place.device != nil)
    }

    /// Whoever was called back is swabbed again as they should be.
    private func otherTube(
        of person: PersonID, but tube: TubeID, at: Timestamp, in work: Work
    ) throws -> TubeID? {
        guard try work.transaction.openRecollections(of: person).isEmpty else { return nil }
        return try work.transaction.otherTube(
            of: person, but: tube,
            since: at.advanced(by: Span(milliseconds: -Self.shortly.milliseconds)))
    }

    private func open(
        _ prepared: Prepared, _ binding: DeskEntry.Binding, in work: Work
    ) throws -> DeskTube {
        let view = work.transaction
        var cause: DeskCause?
        if !prepared.isBarcode {
            cause = .barcode
        } else if try view.isRegistered(prepared.tube) {
            cause = .registered
        } else if try !view.unsettled(prepared.tube, but: nil).isEmpty {
            cause = .otherDesk
        }
        let box = normalised(binding.box)
        let deskTube = DeskTube(
            id: DeskTubeID(work.identifier("DT", prepared.tube.text)), desk: entry.desk,
            tube: prepared.tube, ratio: TubeRatio(rawValue: binding.ratio) ?? .one,
            risk: binding.risk, unit: binding.unit, site: binding.site,
            box: box.isEmpty ? nil : BoxID(box), state: .open, cause: cause)
        try work.transaction.append([.deskTubeOpened(DeskTubeOpened(deskTube))])
        return deskTube
    }

    private func undo(
        _ number: Int, _ tube: TubeID, _ place: DeskPlace, in work: Work
    ) throws -> Answer {
        let view = work.transaction
        guard let deskTube = try view.openDeskTube(tube, at: entry.desk),
            case let people = try view.members(of: deskTube.id),
            people.contains(where: { $0.sequence == number && $0.desk == entry.desk })
        else { return try pass(tube, .notThere, place, people: 0, in: work) }
        try work.transaction.append([
            .deskPersonUndone(
                DeskPersonUndone(
                    deskTube: deskTube.id, tube: tube, place: place, undone: number))
        ])
        return Answer(
            outcome: .undone, tube: tube, people: people.count - 1, cause: deskTube.cause,
            again: nil, passed: nil, at: place.at, isCorrected: place.device != nil)
    }

    private func close(
        _ tube: TubeID, _ counted: Int, _ reason: DeskCloseReason?, _ place: DeskPlace,
        in work: Work
    ) throws -> Answer {
        guard let deskTube = try work.transaction.openDeskTube(tube, at: entry.desk) else {
            return try pass(tube, .notOpen, place, people: 0, in: work)
        }
        let people = try work.transaction.members(of: deskTube.id)
        var state = DeskTubeState.discarded
        var cause: DeskCause?
        var manifest: ManifestID?
        if reason != .spoiled, !people.isEmpty || counted > 0 {
            (cause, manifest) = try work.register(deskTube, people, counted: counted)
            state = cause == nil ? .registered : .held
        }
        try work.transaction.append([
            .deskTubeClosed(
                DeskTubeClosed(
                    deskTube: deskTube.id, tube: tube, place: place, people: people.count,
                    reason: reason, state: state, cause: cause, manifest: manifest))
        ])
        let outcome: Answer.Outcome =
            state == .registered ? .registered : state == .held ? .held : .discarded
        return Answer(
            outcome: outcome, tube: tube, people: people.count, cause: cause, again: nil,
            passed: nil, at: place.at, isCorrected: place.device != nil)
    }

    /// Takes back that a tube was closed, until it is on its way (DESK-20).
    private func reopen(
        _ tube: TubeID, _ place: DeskPlace, in work: Work
    ) throws -> Answer {
        let view = work.transaction
        guard try view.openDeskTube(tube, at: entry.desk) == nil,
            let deskTube = try view.closedDeskTube(tube, at: entry.desk)
        else {
            let reason: DeskEntryPassed.Reason =
                try view.isRegistered(tube) ? .onItsWay : .notClosed
            return try pass(tube, reason, place, people: 0, in: work)
        }
        let people = try view.members(of: deskTube.id).count
        let wasRegistered = deskTube.state == .registered
        if wasRegistered {
            guard try view.isUntouched(tube) else {
                return try pass(tube, .onItsWay, place, people: people, in: work)
            }
            try work.withdrawClocks(of: [.tube(tube)], startedBy: [.collected])
        }
        try work.transaction.append([
            .deskTubeReopened(
                DeskTubeReopened(
                    deskTube: deskTube.id, tube: tube, place: place,
                    wasRegistered: wasRegistered, people: people,
                    cause: deskTube.causeOfOpening))
        ])
        return Answer(
            outcome: .reopened, tube: tube, people: people, cause: deskTube.causeOfOpening,
            again: nil, passed: nil, at: place.at, isCorrected: place.device != nil)
    }

    private func pass(
        _ tube: TubeID, _ reason: DeskEntryPassed.Reason, _ place: DeskPlace, people: Int,
        in work: Work
    ) throws -> Answer {
        try work.transaction.append([
            .deskEntryPassed(DeskEntryPassed(tube: tube, place: place, reason: reason))
        ])
        return Answer(
            outcome: .passed, tube: tube, people: people, cause: nil, again: nil, passed: reason,
            at: place.at, isCorrected: place.device != nil)
    }
}
