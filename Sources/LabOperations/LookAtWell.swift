package import LabDomain
internal import LabStore

/// A second person looks at a well whose instrument and curve do not go together: what its Cq says
/// counts, or what our own Cq of its curves says, or the test is done again (LOOK-2, LOOK-6).
package struct LookAtWell: Command, Encodable {
    package static let verb = Verb.reviewRun

    let run: String
    let well: WellPosition
    let accepts: Bool
    // Left out where they say nothing: a command given again must be the same to the byte.
    let byCurve: Bool?
    let why: String?

    /// The longest reason, in characters.
    package static let longestReason = 300

    /// What came of it.
    package struct Answer: Codable, Sendable {
        package let run: RunID
        package let plate: PlateID
        package let well: WellPosition
        package let decision: WellLooked.Decision
        /// What counts now; nil for a control.
        package let verdict: Verdict?
        package let newTests: Int
        package let recollections: Int
        /// Wells of the run at which nobody has looked yet.
        package let left: Int
    }

    /// A look at a well of a run, which its plate may name too.
    ///
    /// - Parameters:
    ///   - run: The run or its plate.
    ///   - well: The well.
    ///   - accepts: Whether what is read counts; else the test is done again.
    ///   - byCurve: Whether our own Cq of the curves counts instead of the instrument's.
    ///   - why: The reason, in the words of whoever looked.
    package init(
        run: String, well: WellPosition, accepts: Bool, byCurve: Bool = false, why: String? = nil
    ) {
        self.run = run
        self.well = well
        self.accepts = accepts
        self.byCurve = accepts && byCurve ? true : nil
        self.why = why.flatMap { $0.isEmpty ? nil : $0 }
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let run = try judged(in: work)
        let looks = try work.transaction.looks(of: run.id)
        guard let look = looks.first(where: { $0.well == well }) else {
            throw Refusal(
                .unknown, "Nobody need look at \(well).", remedy: "See swabline run looks.")
        }
        if let looked = look.looked {
            throw Refusal(
                .rule, "\(looked.by) has looked at \(well) already.",
                remedy: "See swabline run looks.")
        }
        guard accepts || look.request != nil else {
            throw Refusal(
                .rule, "A control stands in \(well); it cannot be done again by itself.",
                remedy: "Refuse the run: swabline review refuse \(run.plate).")
        }
        guard why?.count ?? 0 <= Self.longestReason else {
            throw Refusal(
                .badData, "The reason is longer than \(Self.longestReason) characters.",
                remedy: "Say it shorter.")
        }
        let decision: WellLooked.Decision = accepts ? .accepted : .repeated
        let own = try byCurve == true ? ownResult(of: look, in: run, work) : nil
        try work.transaction.append([
            .wellLooked(
                WellLooked(
                    run: run.id, plate: run.plate, well: well, decision: decision,
                    byCurve: byCurve, why: why))
        ])
        let consequences = Consequences(work: work, run: run.id)
        let verdict = try follow(look, saying: own ?? look.result, of: run, consequences)
        return Answer(
            run: run.id, plate: run.plate, well: well, decision: decision, verdict: verdict,
            newTests: consequences.newTests, recollections: consequences.newRecollections,
            left: looks.count { $0.looked == nil } - 1)
    }

    private func judged(in work: Work) throws -> StoredRun {
        let found =
            try work.transaction.run(of: PlateID(run))
            ?? work.transaction.run(RunID(run))
        guard let found else {
            throw Refusal(
                .unknown, "No run and no plate with a run has this name.",
                remedy: "See swabline review list.")
        }
        switch found.state {
        case .valid, .reviewed: break
        case .invalid:
            throw Refusal(
                .rule, "The controls of this run failed; it reports nobody.",
                remedy: "Its tests wait again: swabline plate lay-out.")
        case .refused:
            throw Refusal(
                .rule, "The run is refused already, by \(found.reviewedBy ?? "").",
                remedy: "See swabline trace \(found.plate).")
        }
        guard found.enteredBy != work.actor.handle else {
            throw Refusal(
                .rule, "You entered this run; somebody else must look at its wells.",
                remedy: "Ask another supervisor.")
        }
        return found
    }

    /// What a sample's well says by our own Cq of its curves.
    private func ownResult(
        of look: StoredLook, in run: StoredRun, _ work: Work
    ) throws -> WellResult {
        guard let kind = look.kind, let plate = try work.transaction.plate(run.plate) else {
            throw Refusal(
                .rule, "A control stands in \(well); what its instrument says is judged.",
                remedy: "Accept the control, or refuse the run.")
        }
        guard let assay = work.rules.settings.assays[plate.kit], assay.version == plate.version
        else {
            throw Refusal(
                .rule, "The assay was changed since the plate \(plate.id) was laid out.",
                remedy: "Accept what the instrument says, or let the test be done again.")
        }
        let readings = try work.transaction.readings(of: run.id).filter { $0.well == well }
        guard readings.contains(where: { $0.curve != nil }) else {
            throw Refusal(
                .rule, "The run's file gives no curve of \(well).",
                remedy: "Accept what the instrument says, or let the test be done again.")
        }
        return assay.ownResult(of: readings, in: kind)
    }

    /// Gives the well its verdict, and does what that asks for; nil for a control.
    private func follow(
        _ look: StoredLook, saying read: WellResult?, of run: StoredRun,
        _ consequences: Consequences
    ) throws -> Verdict? {
        let work = consequences.work
        guard let id = look.request, let read,
            let request = try work.transaction.request(id),
            let tested = try work.transaction.tested(request.of),
            let plate = try work.transaction.plate(run.plate)
        else { return nil }
        let result = accepts ? read : WellResult(.invalid, .looked)
        let policy = work.rules.policy(for: plate.kit)
        try work.transaction.append([
            .testRead(
                TestRead(
                    request: id, of: request.of, run: run.id, well: look.well, result: result,
                    rule: "\(policy.version) \(plate.version)"))
        ])
        guard accepts else {
            try consequences.open(
                request.of, purpose: .again, kit: request.kit, cause: request.id)
            return result.verdict
        }
        let past = try work.transaction.pastTests(of: request)
        try consequences.follow(
            resolve(tested, read: result.verdict, with: request.kit, after: past, under: policy),
            of: request, tested)
        return result.verdict
    }
}

extension Assay {
    /// What a well says by our own Cq of its curves.
    func ownResult(of readings: [Reading], in kind: TestedKind) -> WellResult {
        read(
            readings.reduce(into: [String: Cq]()) { $0[$1.target] = $1.curveCq }, of: kind)
    }
}

extension Rules {
    /// The rules by which verdicts of a kit become resolutions: the programme's, with what the
    /// assay itself says of repeating.
    func policy(for kit: KitRole) -> ResolutionPolicy {
        policy.with(settings.assays[kit]?.repeats)
    }
}

extension LookReason {
    /// What does not go together.
    package var words: Wording {
        switch self {
        case .callDiffers: "the instrument's own call is the opposite of what its Cq means"
        case .curveRises: "the curve rises, and no Cq is given"
        case .noSigmoid: "a Cq is given, and the curve has no sigmoid"
        case .ambiguousCurve: "the curve can be read in more than one way"
        case .cqDiffers: "the instrument's Cq and the curve's are not the same"
        }
    }
}
