package import LabDomain
internal import LabExchange
internal import LabInstruments
internal import LabSecrets
internal import LabStore

/// Takes in an instrument's file: judges the controls, reads every well, and does at once what the
/// verdicts ask for inside the laboratory.
package struct ImportRun: Command {
    package static let verb = Verb.importRun

    let file: [UInt8]
    let plate: PlateID?
    private let hints: InstrumentHints
    private let given: ReadRun?

    /// What the run said and what follows from it.
    package struct Answer: Codable, Sendable {
        package let run: RunID
        package let plate: PlateID
        /// Whether the controls held; an invalid run reports nobody.
        package let isValid: Bool
        package let controlFaults: [ControlFault]
        /// Westgard's rules that stopped the run, of those that the settings name (QC-6).
        package let brokenRules: [WestgardRule]
        package let samples: Int
        package let detected: Int
        package let notDetected: Int
        package let grey: Int
        package let invalid: Int
        /// Tests that became due: repeats, confirmations, retests of pool members.
        package let newTests: Int
        package let recollections: Int
        /// Wells at which a person must look before they say anything; nil when there are none.
        package let looks: [WellLook]?
        /// What was odd in the file, in English; nil when nothing was.
        package let warnings: [String]?
    }

    /// The bytes of an instrument's file, or of a plain CSV `plate,well,target,cq`.
    ///
    /// - Parameters:
    ///   - file: The file; it is kept, sealed, as evidence.
    ///   - plate: The plate that was read; a file of another one is refused. Nil is the plate that
    ///     the file names.
    ///   - hints: What an instrument's own file does not tell.
    package init(
        file: [UInt8], plate: PlateID?, hints: InstrumentHints = InstrumentHints()
    ) {
        self.file = file
        self.plate = plate
        self.hints = hints
        given = nil
    }

    /// A run whose file was read already, with what its curves say.
    package init(_ read: ReadRun, file: [UInt8]) {
        self.file = file
        plate = read.plate
        hints = InstrumentHints()
        given = read
    }

    package var content: [UInt8] { file }

    /// The same file is the same run.
    package var naturalKey: String? { "run:" + Hash.hex(Hash.blake2b256(content)) }

    package func prepare(
        under rules: Rules, for member: Member, vault: IdentityVault, at now: Timestamp
    ) throws -> ReadRun {
        var read = try read()
        read.evidence = vault.seal(evidence: file)
        return read
    }

    func read() throws -> ReadRun { try given ?? ReadRun.read(file, of: plate, hints) }

    /// A run that was judged, and of which nothing is stored yet.
    private struct Judged {
        let id: RunID
        let stored: StoredPlate
        let assay: Assay
        let requests: [RequestID: (StoredRequest, Tested)]
        let read: ReadRun
        let rules: Set<WestgardRule>
        let judgement: RunJudgement
    }

    package func perform(_ prepared: ReadRun, in work: Work) throws -> Answer {
        let judged = try judged(prepared, in: work)
        let (stored, prepared, run) = (judged.stored, judged.read, judged.id)
        let judgement = judged.judgement
        let hash = Hash.blake2b256(file)
        try work.transaction.append([
            .runRead(
                RunRead(
                    run: run, plate: stored.id, fileHash: Bytes(hash), readings: prepared.readings,
                    controlFaults: judgement.controlFaults, looks: judgement.looks,
                    instrument: prepared.instrument))
        ])
        try work.transaction.keepEvidence(prepared.evidence, for: run)
        let consequences = Consequences(work: work, run: run)
        try follow(
            judgement, run: run, assay: judged.assay, requests: judged.requests, consequences)
        let held = judgement.held
        func count(_ verdict: Verdict) -> Int {
            judgement.results.count { $0.2.verdict == verdict && !held.contains($0.1) }
        }
        return Answer(
            run: run, plate: stored.id, isValid: judgement.isValid,
            controlFaults: judgement.controlFaults, brokenRules: judged.rules.sorted(),
            samples: judgement.results.count,
            detected: count(.detected), notDetected: count(.notDetected), grey: count(.grey),
            invalid: count(.invalid), newTests: consequences.newTests,
            recollections: consequences.newRecollections,
            looks: judgement.looks.isEmpty ? nil : judgement.looks,
            warnings: prepared.warnings.isEmpty ? nil : prepared.warnings.map(\.text))
    }

    /// What the run's verdicts ask for, one for each sample; nothing of it is done.
    func resolutions(_ prepared: ReadRun, in work: Work) throws -> [Resolution] {
        let judged = try judged(prepared, in: work)
        let policy = work.rules.policy.with(judged.assay.repeats)
        return try judged.judgement.results.compactMap { id, _, result in
            guard let (request, tested) = judged.requests[id] else { return nil }
            return resolve(
                tested, read: result.verdict, with: request.kit,
                after: try work.transaction.pastTests(of: request), under: policy)
        }
    }

    /// Fits a run to its plate, judges its controls and calls its wells.
    private func judged(_ prepared: ReadRun, in work: Work) throws -> Judged {
        let stored = try plate(of: prepared, in: work)
        guard let assay = work.rules.settings.assays[stored.kit] else {
            throw Refusal(
                .rule, "The laboratory has no \(stored.kit.word) kit any more.",
                remedy: "Add the assay \(stored.assay) to its settings.")
        }
        guard assay.version == stored.version else {
            throw Refusal(
                .rule, "The assay was changed since the plate \(stored.id) was laid out.",
                remedy: "Put the old limits back, or give the plate up: swabline plate abandon.")
        }
        var requests: [RequestID: (StoredRequest, Tested)] = [:]
        for case .sample(let id) in stored.layout.wells.map(\.content) {
            guard let request = try work.transaction.request(id),
                let tested = try work.transaction.tested(request.of)
            else { continue }
            requests[id] = (request, tested)
        }
        let run = RunID(work.identifier("RN", stored.id.text))
        let prepared = try prepared.fitted(
            to: stored, assay, codes: requests.mapValues { $0.0.of.text },
            isOurs: work.isTubeOrPool)
        let rejections = try Self.rejections(
            of: prepared.readings, run: run, on: stored, instrument: prepared.instrument, in: work)
        let judgement = try judge(
            prepared, on: stored, assay: assay, kinds: requests.mapValues { $0.1.kind }
        ).stopped(by: rejections.faults)
        return Judged(
            id: run, stored: stored, assay: assay, requests: requests, read: prepared,
            rules: rejections.rules, judgement: judgement)
    }

    /// The same file is one plate's run only.
    package func accept(earlier answer: Answer) throws {
        guard let plate, plate != answer.plate else { return }
        throw Refusal(
            .rule, "This file is the run of the plate \(answer.plate) already.",
            remedy: "Look for the file of the plate that was meant.")
    }

    private func plate(of read: ReadRun, in work: Work) throws -> StoredPlate {
        if let plate, plate != read.plate {
            throw Refusal(
                .badData, "The file belongs to another plate than \(plate).",
                remedy: "Import it for its own plate.")
        }
        guard let stored = try work.transaction.plate(read.plate) else {
            throw Refusal(
                .unknown, "This laboratory has no plate of the name in the file.",
                remedy: """
                    Name the plate beside the file, or check the plate column; see swabline plate \
                    list.
                    """)
        }
        if let named = read.named, named != stored.id, try work.transaction.plate(named) != nil {
            throw Refusal(
                .badData, "The file names another plate of this laboratory, \(named).",
                remedy: "Import it for its own plate, or correct the plate's name in it.")
        }
        if let target = stored.target {
            throw Refusal(
                .rule, "The plate \(stored.id) was put on the larger plate \(target.plate).",
                remedy: "Name the larger plate.")
        }
        guard stored.state == "laid-out" else {
            throw Refusal(
                .rule,
                stored.state == "read"
                    ? "The plate \(stored.id) has its run already."
                    : "The plate \(stored.id) was abandoned; its tests wait for another one.",
                remedy: stored.state == "read"
                    ? "A run is read once; refuse it in review to have its tests done again."
                    : "Read the plate on which they are now: swabline plate list.")
        }
        return stored
    }

    private func judge(
        _ read: ReadRun, on plate: StoredPlate, assay: Assay, kinds: [RequestID: TestedKind]
    ) throws -> RunJudgement {
        do throws(RunFaults) {
            return try RunJudgement(
                of: read.readings, on: plate.layout, assay: assay, kinds: kinds)
        } catch {
            throw Refusal(
                .badData, "The run does not fit the plate \(plate.id); nothing was stored.",
                remedy: "Compare with swabline plate worklist \(plate.id).",
                places: Self.places(of: error.faults, in: read, assay))
        }
    }

    /// Each fault with its own line.
    ///
    /// The n-th of equal faults speaks of the n-th such reading, the second reading of a well being
    /// the first that is too many. A foreign target is told once,
    /// however many wells it was read in.
    private static func places(
        of faults: [RunFault], in read: ReadRun, _ assay: Assay
    ) -> [Refusal.Place] {
        var used: [RunFault: Int] = [:]
        let foreign = Dictionary(grouping: faults.filter { $0.foreignTarget != nil }) {
            $0.foreignTarget
        }
        return faults.compactMap { fault in
            if let target = fault.foreignTarget, let all = foreign[target], all.count > 1 {
                guard all.first == fault, used.updateValue(1, forKey: fault) == nil else {
                    return nil
                }
                let channels = assay.channels.joined(separator: ", ")
                return Refusal.Place(
                    subject: fault.well.description, code: fault.code,
                    message: "The plate's assay has no target `\(target)` (\(all.count) wells).",
                    remedy: "The assay's targets are \(channels); name them so.")
            }
            var number = used[fault, default: 0]
            used[fault] = number + 1
            if case .readTwice = fault { number += 1 }
            let lines = read.readings.indices.filter { fault.concerns(read.readings[$0]) }
            return Refusal.Place(
                line: number < lines.count && !read.lines.isEmpty
                    ? read.lines[lines[number]] : nil,
                subject: fault.well.description, code: fault.code, message: fault.message,
                remedy: fault.remedy)
        }
    }

    private func follow(
        _ judgement: RunJudgement, run: RunID, assay: Assay,
        requests: [RequestID: (StoredRequest, Tested)], _ consequences: Consequences
    ) throws {
        let work = consequences.work
        let policy = work.rules.policy.with(assay.repeats)
        let rule = "\(policy.version) \(assay.version)"
        let held = judgement.held
        let results = judgement.results.filter { !held.contains($0.1) }
        // All verdicts first: what one leads to may ask for the others' (a pool's members).
        for (id, well, result) in results {
            guard let (request, _) = requests[id] else { continue }
            try work.transaction.append([
                .testRead(
                    TestRead(
                        request: id, of: request.of, run: run, well: well, result: result,
                        rule: rule))
            ])
        }
        for (id, _, result) in results {
            guard let (request, tested) = requests[id] else { continue }
            guard judgement.isValid else {
                // The tube is not to blame: its test is done again however often it was tested.
                try consequences.open(
                    request.of, purpose: .again, kit: request.kit, cause: request.id)
                continue
            }
            let past = try work.transaction.pastTests(of: request)
            let resolution = resolve(
                tested, read: result.verdict, with: request.kit, after: past, under: policy)
            try consequences.follow(resolution, of: request, tested)
        }
    }
}

extension RunJudgement {
    /// Wells that say nothing before somebody has looked.
    fileprivate var held: Set<WellPosition> { Set(looks.map(\.well)) }
}

extension RunFileFault {
    /// What is wrong and what to do, without the place.
    var wording: Wording {
        switch kind {
        case .encoding(let fault): fault.words
        case .table(let fault):
            // A decimal comma nobody quoted is the usual fifth cell.
            if case .tooManyFields = fault.kind {
                "\(fault.wordsWithinLine); write decimals with a point, 24.5"
            } else {
                fault.wordsWithinLine
            }
        default: words
        }
    }
}

extension RunFault {
    var well: WellPosition {
        switch self {
        case .emptyWell(let well), .noSuchWell(let well): well
        case .unknownTarget(_, let well): well
        case .readTwice(let well, _), .notRead(let well, _): well
        }
    }

    /// The target that the assay does not have.
    var foreignTarget: String? {
        if case .unknownTarget(let target, _) = self { target } else { nil }
    }

    var code: String {
        switch self {
        case .emptyWell: "empty-well"
        case .noSuchWell: "no-such-well"
        case .unknownTarget: "unknown-target"
        case .readTwice: "read-twice"
        case .notRead: "not-read"
        }
    }

    var message: Wording {
        switch self {
        case .emptyWell(let well): "The file reads \(well), which holds nothing on this plate."
        case .noSuchWell(let well): "The plate has no well \(well)."
        case .unknownTarget(let target, let well):
            "The plate's assay has no target `\(target)` (\(well))."
        case .readTwice(let well, let target): "\(well) is read twice for \(target)."
        case .notRead(let well, let target): "\(well) is not read for \(target)."
        }
    }

    var remedy: Wording {
        switch self {
        case .emptyWell, .noSuchWell: "Check that the file belongs to this plate."
        case .unknownTarget: "Name the targets as the assay does."
        case .readTwice: "Keep one reading for each well and target."
        case .notRead: "Export every filled well with every target of the assay."
        }
    }

    /// Whether a reading is one of those that the fault speaks of.
    func concerns(_ reading: Reading) -> Bool {
        switch self {
        case .notRead: false
        case .emptyWell(let well), .noSuchWell(let well): reading.well == well
        case .unknownTarget(let target, let well), .readTwice(let well, let target):
            reading.well == well && reading.target == target
        }
    }
}

extension Laboratory {
    /// Reads a run's file, calls its curves and wells and resolves every verdict, and keeps
    /// nothing: what these steps take by themselves, without the writing.
    ///
    /// - Returns: How many verdicts were resolved.
    package func resolveRun(
        _ command: ImportRun, as handle: String, at now: Timestamp
    ) throws -> Int {
        let ask = Ask(command, as: handle, key: nil, at: now, in: self)
        let (member, rules, _) = try store.read { try ask.look(in: $0) }
        let read = try command.read()
        return try store.foresee(stamp: ask.stamp(by: member)) { transaction in
            let work = Work(
                transaction: transaction, rules: rules, vault: vault, member: member,
                readings: keptReadings)
            return try command.resolutions(read, in: work).count
        }
    }
}
