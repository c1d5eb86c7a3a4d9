internal import LabDomain
internal import LabExchange
internal import LabProgramme
internal import LabSecrets
internal import LabStore
internal import Synchronization

/// Writes messages into the outbox, in the transaction of whatever they tell of.
struct OutboxWriter {
    private let work: Work
    private let receivers: [ReceiverWriter]
    private let maker: ReportMaker
    /// The refused message that is written anew.
    private var refused: StoredMessage?

    /// A writer for the receivers of the laboratory, or for one; nil when there is none.
    init?(_ work: Work, to name: String? = nil) throws {
        let stored = try work.transaction.receivers().filter {
            !$0.isRetired && (name == nil || $0.name == name)
        }
        guard !stored.isEmpty else { return nil }
        self.work = work
        maker = ReportMaker(rules: work.rules, vault: work.vault)
        let writer = try Self.writer()
        receivers = try stored.map {
            try ReceiverWriter(
                try Receiver($0.settings, file: $0.name), writer,
                laboratory: work.rules.settings.identifiers.applicationOID)
        }
    }

    /// What a message is about.
    private struct Subject {
        let tube: TubeID
        let person: PersonID
        let says: MessageKind
        let isUrgent: Bool
        let pool: PoolID?
        /// When what it tells was released, where nothing has gone out before.
        let releasedAt: Timestamp
    }

    /// Writes the results of everybody in these tubes for whoever wants them (SEND-4).
    func results(of tubes: [TubeID]) throws {
        for tube in tubes {
            for answer in try work.transaction.releasedAnswers(of: tube) {
                for place in receivers.indices { try result(answer, toReceiver: place) }
            }
        }
    }

    /// Writes one person's result.
    func result(of tube: TubeID, _ person: PersonID) throws {
        for answer in try work.transaction.releasedAnswers(of: tube)
        where answer.person == person {
            for place in receivers.indices { try result(answer, toReceiver: place) }
        }
    }

    /// Tells of the members of pools that a reviewed run found positive (SEND-11).
    func foundInPools(by run: RunID) throws {
        let wanting = receivers.indices.filter { receivers[$0].receiver.wanted.preliminaryPools }
        guard !wanting.isEmpty else { return }
        for member in try work.transaction.membersFoundInPools(by: run) {
            for place in wanting {
                let receiver = receivers[place].receiver
                guard receiver.wanted.covers(unit: member.unit, site: member.site),
                    try history(receiver, member.tube, member.person).isEmpty
                else { continue }
                let subject = Subject(
                    tube: member.tube, person: member.person, says: .preliminary, isUrgent: true,
                    pool: member.pool, releasedAt: member.releasedAt)
                try write(subject, toReceiver: place, .preliminaryPool) {
                    try maker.report(of: member, to: receiver)
                }
            }
        }
    }

    /// Tells that a tube was rejected, when that can be taken back no more (SEND-13).
    func rejection(of tube: TubeID, only person: PersonID? = nil) throws {
        let wanting = receivers.indices.filter { receivers[$0].receiver.wanted.cancellations }
        guard !wanting.isEmpty else { return }
        for specimen in try work.transaction.rejectedSpecimens(in: tube)
        where person == nil || specimen.person == person {
            for place in wanting {
                let receiver = receivers[place].receiver
                guard receiver.wanted.covers(unit: specimen.unit, site: specimen.site) else {
                    continue
                }
                let subject = Subject(
                    tube: tube, person: specimen.person, says: .cancelled, isUrgent: false,
                    pool: nil, releasedAt: work.now)
                try write(
                    subject, toReceiver: place, .cancelled(specimen.reason),
                    notBefore: person == nil
                        ? work.now.advanced(by: ReceptionAct.undoLimit) : work.now
                ) { try maker.report(of: specimen, at: work.now, to: receiver) }
            }
        }
    }

    /// Writes once more what a receiver has refused, if it would say anything else.
    func write(again message: StoredMessage) throws {
        var writer = self
        writer.refused = message
        try writer.write(message.says, of: message.tube, message.person)
    }

    /// Writes once more what is held.
    func write(held message: StoredHeldMessage) throws {
        try write(message.says, of: message.tube, message.person)
    }

    private func write(_ says: MessageKind, of tube: TubeID, _ person: PersonID) throws {
        switch says {
        case .final, .corrected, .withdrawn: try result(of: tube, person)
        case .cancelled: try rejection(of: tube, only: person)
        case .preliminary:
            guard try work.transaction.releasedAnswers(of: tube).isEmpty else {
                return try result(of: tube, person)
            }
            throw Refusal(
                .rule, "The pool's member is being tested by itself.",
                remedy: "Its own result is sent when it is released.")
        }
    }

    /// Takes back whatever waits about a tube and has not left (SEND-13).
    func dropWaiting(about tube: TubeID) throws {
        for (name, person) in try work.transaction.waitingMessages(about: tube) {
            guard let place = receivers.firstIndex(where: { $0.receiver.name == name }) else {
                continue
            }
            try drop(receivers[place].receiver, tube, person)
        }
    }

    private func history(
        _ receiver: Receiver, _ tube: TubeID, _ person: PersonID
    ) throws -> [StoredMessage] {
        try work.transaction.messages(to: receiver.name, about: tube, person)
    }

    /// The result as it is now: the first, a correction of what was told, or its withdrawal.
    private func result(_ answer: ReleasedAnswer, toReceiver place: Int) throws {
        let receiver = receivers[place].receiver
        let before = try history(receiver, answer.tube, answer.person)
        let told = before.filter(\.mayHaveArrived)
        let isTold = told.contains { $0.says != .preliminary }
        guard receiver.wanted.covers(unit: answer.unit, site: answer.site) else { return }
        let isWanted = !answer.isWithdrawn && receiver.wanted.includes(answer.outcome)
        guard isTold || isWanted || (!told.isEmpty && !answer.isWithdrawn) else {
            // Nobody was told, so there is nothing to take back.
            return try drop(receiver, answer.tube, answer.person)
        }
        let says: MessageKind = answer.isWithdrawn ? .withdrawn : isTold ? .corrected : .final
        let pool = told.last { $0.says == .preliminary }?.pool
        let subject = Subject(
            tube: answer.tube, person: answer.person, says: says,
            isUrgent: answer.outcome == .detected || says != .final, pool: pool,
            releasedAt: answer.releasedAt)
        let status: MessageVersion.Status =
            switch says {
            case .withdrawn: .withdrawn
            case .corrected: .corrected
            default: .final
            }
        try write(
            subject, toReceiver: place, status, after: told, number: before.count + 1,
            readingsStand: !answer.isCorrected
        ) { try maker.report(of: answer, to: receiver) }
    }

    /// Takes away what nobody has received, where there is anything.
    private func drop(_ receiver: Receiver, _ tube: TubeID, _ person: PersonID) throws {
        guard
            try work.transaction.isWaiting(for: receiver.name, about: tube, person)
        else { return }
        try work.transaction.append([
            .messagesDropped(
                MessagesDropped(receiver: receiver.name, tube: tube, person: person))
        ])
    }

    /// Writes one message, or holds it with every reason.
    private func write(
        _ subject: Subject, toReceiver place: Int, _ status: MessageVersion.Status,
        after told: [StoredMessage] = [], number: Int? = nil, readingsStand: Bool = true,
        notBefore: Timestamp? = nil, report: () throws -> Report
    ) throws {
        let writer = receivers[place]
        let receiver = writer.receiver
        let number =
            try number ?? history(receiver, subject.tube, subject.person).count + 1
        do {
            let report = try report()
            let released = later(subject.releasedAt, than: told)
            let version = MessageVersion(
                status, number: number, releasedAt: released,
                pool: subject.says == .preliminary ? nil : try pool(subject.pool),
                readingsStand: readingsStand)
            let uncoded = writer.missingCodes(report, version)
            guard uncoded.isEmpty else { throw ReportFaults(faults: uncoded) }
            var isSame = false
            let message = try writer.message(report, version) { content in
                isSame = refused.map { $0.id == id(receiver, $0.version, content) } ?? false
                return id(receiver, number, content).text
            }
            guard !isSame else {
                throw Refusal(
                    .rule, "The message would say the same once more.",
                    remedy: """
                        Mend what the receiver complains of, or send it as it is: swabline report \
                        resend --unchanged.
                        """)
            }
            try keep(
                message, subject, to: receiver, number: number, releasedAt: released,
                notBefore: notBefore)
        } catch let faults as ReportFaults {
            try hold(subject, to: receiver, faults.faults.map(\.words.text))
        } catch let faults as MessageFaults {
            try hold(subject, to: receiver, faults.faults.map(\.description))
        } catch is SecretFault {
            try hold(subject, to: receiver, ["the person's details cannot be opened"])
        }
    }

    /// What changes an earlier message was released after it, whatever the clock says (OBR-22).
    private func later(_ released: Timestamp, than told: [StoredMessage]) -> Timestamp {
        if let refused { return refused.releasedAt }
        guard let last = told.map(\.releasedAt).max() else { return released }
        let isOwn = told.allSatisfy { $0.says == .preliminary }
        return max(isOwn ? released : work.now, last.advanced(by: .seconds(1)))
    }

    /// MSH-10 follows from receiver, number and content: other content never has the same.
    private func id(_ receiver: Receiver, _ number: Int, _ content: [UInt8]) -> MessageID {
        MessageID(Identifiers.message([Array("\(receiver.name) \(number)".utf8), content]))
    }

    private func pool(_ id: PoolID?) throws -> MessageVersion.Pool? {
        try id.flatMap { id in
            try work.transaction.pool(id).map {
                MessageVersion.Pool(id: id, size: $0.members.count)
            }
        }
    }

    private func keep(
        _ message: (id: MessageID, bytes: [UInt8]), _ subject: Subject, to receiver: Receiver,
        number: Int,
        releasedAt: Timestamp, notBefore: Timestamp?
    ) throws {
        let due = receiver.schedule.due(
            max(notBefore ?? work.now, work.now), isUrgent: subject.isUrgent,
            in: work.rules.settings.zone)
        try work.transaction.append([
            .messageMade(
                MessageMade(
                    message: message.id, receiver: receiver.name, tube: subject.tube,
                    person: subject.person, version: number, says: subject.says,
                    pool: subject.pool, hash: Bytes(Hash.blake2b256(message.bytes)),
                    isUrgent: subject.isUrgent, releasedAt: releasedAt, dueAt: due))
        ])
        try work.transaction.keep(
            sealed: work.vault.seal(message: message.bytes, message.id), of: message.id)
    }

    private func hold(_ subject: Subject, to receiver: Receiver, _ reasons: [String]) throws {
        let before = try work.transaction.heldMessage(
            for: receiver.name, about: subject.tube, subject.person)
        guard before?.says != subject.says || before?.reasons != reasons else { return }
        // What was made before says something else by now, and must not leave instead.
        if before == nil { try drop(receiver, subject.tube, subject.person) }
        try work.transaction.append([
            .messageHeld(
                MessageHeld(
                    receiver: receiver.name, tube: subject.tube, person: subject.person,
                    says: subject.says, reasons: reasons))
        ])
    }

    private static let kept = Mutex<MessageWriter?>(nil)

    /// The writer with its schema compiled once in this program.
    private static func writer() throws -> MessageWriter {
        if let writer = kept.withLock({ $0 }) { return writer }
        let writer = try MessageWriter()
        kept.withLock { $0 = writer }
        return writer
    }
}

extension StoredMessage {
    /// Whether the receiver has it or may have it: it was accepted, or it left and was not refused.
    var mayHaveArrived: Bool {
        switch state {
        case .accepted, .corrected: true
        case .made, .rejected: false
        case .sent, .superseded: tries > 0 && answer != "AE" && answer != "CE"
        }
    }
}
