package import LabDomain
internal import LabStore

/// One line of a thing's story.
package struct StoryLine: Codable, Sendable {
    package let number: Int
    package let at: Timestamp
    package let actor: String
    package let role: Role
    package let kind: FactKind
    package let subject: String
    /// What happened, in words; people appear by their identifiers alone.
    package let what: Wording
}

extension Laboratory {
    /// The whole story of a barcode, pool, plate, box, manifest, recollection or person.
    package func story(of text: String, as handle: String) throws -> [StoryLine] {
        try look(.trace, as: handle) { view in
            let name = normalised(text)
            let facts = try view.trace(name)
            guard !facts.isEmpty else {
                throw Refusal(
                    .unknown, "Nothing is known under this code.",
                    remedy: "Scan a tube, pool, plate, box or recollection of this laboratory.")
            }
            let zone = try rules(in: view).settings.zone
            return facts.map { traced in
                StoryLine(
                    number: traced.number, at: traced.at, actor: traced.actor.handle,
                    role: traced.actor.role, kind: traced.fact.kind, subject: traced.subject,
                    what: traced.fact.words(about: name, in: zone))
            }
        }
    }
}

extension Fact {
    /// The fact as a sentence of a story about one thing.
    func words(about name: String, in zone: Zone) -> Wording {
        switch self {
        case .laboratoryMade(let fact): "laboratory \(fact.name) made"
        case .settingsAdopted(let fact): "settings of \(fact.name) changed"
        case .programmeAdopted(let fact): "programme \(fact.version) adopted"
        case .staffAdded(let fact): "\(fact.actor.handle) may act as \(fact.actor.role.word)"
        case .staffScoped(let fact): "\(fact.handle) works for \(fact.scope.words)"
        case .staffRetired(let fact): "\(fact.handle) may act no longer"
        case .passwordSet(let fact):
            fact.isOneTime
                ? "\(fact.handle) was given a one-time password"
                : "\(fact.handle) chose a password"
        case .keyIssued(let fact): "\(fact.handle) was given a key"
        case .manifestRegistered(let fact):
            "manifest \(fact.manifest) registered: \(fact.tubes) tubes, \(fact.people) people"
        case .tubeRegistered(let fact): fact.words(in: zone)
        case .deskTubeOpened(let fact):
            "filled at a sampling desk for up to \(fact.ratio.rawValue) people"
        case .deskPersonBound(let fact): fact.words(in: zone)
        case .deskPersonUndone(let fact):
            "a person taken back by \(fact.place.by) at \(zone.minuteText(fact.place.at))"
        case .deskEntryPassed(let fact): "nothing done at the desk: \(fact.reason.word)"
        case .deskTubeClosed(let fact): fact.words
        case .deskTubeReopened(let fact):
            "opened again at the desk with \(fact.people) people; its registration is taken back"
        case .deskTubeSettled(let fact):
            "decided: \(fact.state.word), \(fact.people) people"
        case .tubeReceived(let fact): "received out of box \(fact.box)"
        case .tubeMeasured(let fact): "measured: \(fact.microlitres) microlitres left"
        case .tubeRejected(let fact): "rejected: \(fact.reason.meaning)"
        case .receiptUndone: "receipt taken back; the tube is expected again"
        case .rejectionUndone: "rejection taken back"
        case .boxClosed(let fact):
            "box \(fact.box) closed: \(fact.counted) tubes counted, \(fact.missing.count) missing"
        case .requestOpened(let fact):
            "test \(fact.ordinal) due: \(fact.purpose.word), \(fact.kit.word) kit"
        case .requestWithdrawn(let fact): "test \(fact.request) withdrawn"
        case .poolFormed(let fact): fact.words
        case .poolConcluded(let fact): "pool \(fact.pool): \(fact.state.word)"
        case .plateLaidOut(let fact):
            "plate \(fact.plate) laid out: \(fact.layout.wells.count) wells, \(fact.assay)"
        case .plateAbandoned(let fact): "plate \(fact.plate) abandoned; its tests wait again"
        case .platesCombined(let fact):
            """
            plates \(fact.sources.map(\.text).joined(separator: ", ")) put together on \
            \(fact.plate)
            """
        case .wellFailed(let fact):
            "well \(fact.well) of \(fact.plate) failed: \(fact.reason); \(fact.request) waits again"
        case .wellLooked(let fact):
            fact.why.map { "\(fact.words) (\($0))" } ?? fact.words
        case .runRead(let fact):
            fact.controlFaults.isEmpty
                ? "run \(fact.run) read, controls held"
                : "run \(fact.run) read, INVALID: \(fact.controlFaults.count) control faults"
        case .testRead(let fact): fact.words
        case .answerReached(let fact): "answer: \(fact.outcome.word), awaits review"
        case .recollectionOpened(let fact):
            "\(fact.person) called back (\(fact.reason.word)): \(fact.recollection)"
        case .recollectionClosed(let fact):
            fact.newTube.map {
                "recollection \(fact.recollection) ended: \(fact.outcome.word), new tube \($0)"
            } ?? "recollection \(fact.recollection) ended: \(fact.outcome.word)"
        case .taskOpened(let fact): "task \(fact.task): \(fact.work.work)"
        case .taskClosed(let fact): "task \(fact.task) done: \(fact.done)"
        case .runReviewed(let fact): "run \(fact.run) reviewed and accepted"
        case .runRefused(let fact): "run \(fact.run) refused; its tests are done again"
        case .answersReleased: "answer released"
        case .reportWritten(let fact): "report \(fact.report) written for \(fact.person)"
        case .certificateIssued(let fact): "certificate of \(fact.person) given out"
        case .receiverAdopted, .receiverRetired, .messageMade, .messageHeld, .messagesDropped,
            .messagesSent, .messagesAnswered, .messageReturned, .amendmentProposed,
            .amendmentDecided:
            outboxWords
        case .feedbackDelivered(let fact): "result delivered to the sending unit (\(fact.box))"
        case .clocksStarted(let fact):
            "clock \(clock(fact.rule)) runs until \(zone.minuteText(fact.dueAt))"
        case .clocksStopped(let fact):
            fact.isPause
                ? "clock \(clock(fact.rule)) rests until delivery is known"
                : "clock \(clock(fact.rule)) stopped: \(fact.by.word)"
        case .clocksWithdrawn(let fact):
            fact.isPauseOnly
                ? "clock \(clock(fact.rule)) runs on"
                : "clock \(clock(fact.rule)) taken away"
        case .breachExplained(let fact):
            fact.note.isEmpty
                ? "clock \(clock(fact.rule)) of box \(fact.box) was late: \(fact.cause.meaning)"
                : """
                clock \(clock(fact.rule)) of box \(fact.box) was late: \(fact.cause.meaning) \
                (\(fact.note))
                """
        case .alertingAdopted, .alertRaised, .alertChanged, .alertAcknowledged,
            .alertMessageMade, .alertMessageSent, .alertMessageEnded:
            alertWords(in: zone)
        }
    }
}

extension Scope {
    fileprivate var words: Wording {
        switch self {
        case .laboratory: "the laboratory"
        case .unit(let name): "the unit \(name)"
        case .site(let name): "the site \(name)"
        }
    }
}

extension DeskPersonBound {
    fileprivate func words(in zone: Zone) -> Wording {
        let who: Wording = person.map { "\($0.id)" } ?? "somebody who cannot be read"
        let at = zone.minuteText(place.at)
        guard let device = place.device else {
            return "\(who) swabbed at \(at) by \(place.by)"
        }
        return """
            \(who) swabbed at \(at) by \(place.by); the device's clock said \
            \(zone.minuteText(device))
            """
    }
}

extension DeskTubeClosed {
    fileprivate var words: Wording {
        let end: Wording =
            cause.map { "closed with \(people) people, waits for a decision: \($0.word)" }
            ?? "closed with \(people) people: \(state.word)"
        return reason.map { "\(end) (\($0.word))" } ?? end
    }
}

extension TubeRegistered {
    fileprivate func words(in zone: Zone) -> Wording {
        let what: Wording =
            switch tube {
            case .single(let tube): "single tube of \(tube.person)"
            case .mixed(let tube): "mixed tube \(tube.ratio.rawValue):1 of \(tube.members.count)"
            case .environmental(let tube): "specimen of the environment (\(tube.place))"
            }
        let at = zone.minuteText(collectedAt)
        return site.isEmpty
            ? "\(what) collected \(at) for \(unit), box \(box)"
            : "\(what) collected \(at) for \(unit) at \(site), box \(box)"
    }
}

extension PoolFormed {
    fileprivate var words: Wording {
        let tubes = pool.members.map(\.id.text).joined(separator: ", ")
        let what: Wording =
            pool.parent.map { "smaller pool \(pool.id) out of \($0): \(tubes)" }
            ?? "laboratory pool \(pool.id) of \(tubes)"
        let next = pool.below.map { "\($0)" as Wording }.joined(separator: ", then of ")
        return next.isEmpty ? what : "\(what); if positive, in pools of \(next)"
    }
}

extension TestRead {
    fileprivate var words: Wording {
        result.reason.map {
            "\(request) in \(well): \(result.verdict.word) (\($0.word)), rule \(rule)"
        } ?? "\(request) in \(well): \(result.verdict.word), rule \(rule)"
    }
}

/// A clock by its name in the programme.
private func clock(_ name: String) -> Wording { .clock(name) }

extension WellLooked {
    /// What came of the look, without its reason.
    fileprivate var words: Wording {
        switch decision {
        case .accepted where byCurve == true:
            "somebody looked at \(well) of \(plate): its curve counts"
        case .accepted: "somebody looked at \(well) of \(plate): it counts"
        case .repeated: "somebody looked at \(well) of \(plate): tested again"
        case .refused: "\(well) of \(plate): refused with its run"
        }
    }
}
