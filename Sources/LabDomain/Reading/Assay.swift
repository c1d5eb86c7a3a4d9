/// One region that an assay looks for, with its limits.
package struct AssayTarget: Hashable, Sendable, Codable {
    package let name: String
    /// A Cq up to this is detected.
    package let positiveAtMost: Cq
    /// A Cq above `positiveAtMost` and up to this is grey; nil where there is no grey zone.
    package let greyAtMost: Cq?
    /// The dye by which the instrument sees it, as instruments name it; nil when nobody said.
    package let dye: String?

    /// A target with its limits.
    package init(name: String, positiveAtMost: Cq, greyAtMost: Cq?, dye: String? = nil) {
        self.name = name
        self.positiveAtMost = positiveAtMost
        self.greyAtMost = greyAtMost
        self.dye = dye
    }

    /// The call of a Cq, nil meaning that no curve crossed the threshold (READ-1).
    package func call(_ cq: Cq?) -> Call {
        guard let cq else { return .notDetected }
        if cq <= positiveAtMost { return .detected }
        if let greyAtMost, cq <= greyAtMost { return .grey }
        return .notDetected
    }
}

/// A kit's reading rules: what it looks for and how its wells are read.
///
/// A verdict remembers a hash of all of this; what is left out is not written, so that assays of
/// earlier versions keep theirs.
package struct Assay: Hashable, Sendable, Codable {
    /// What too few targets mean when the others stay silent.
    package enum SingleTarget: String, CaseIterable, Hashable, Sendable, Codable {
        case detected
        case grey
    }

    package let name: String
    package let kit: String
    package let targets: [AssayTarget]
    /// The human or added control that proves that the specimen amplified at all.
    package let internalControl: AssayTarget?
    package let singleTarget: SingleTarget
    /// The limit for a pool or mixed tube, where it differs from the targets' own.
    package let pooledAtMost: Cq?
    /// The number of targets from which a well is detected; nil asks for all.
    package let leastDetected: Int?
    /// When the internal control may be silent; nil: whenever a target says something.
    package let controlExcuse: ControlExcuse?
    /// What controls must show, by kind; nil where every kind does as its sign says.
    package let expectations: [ControlExpectation]?
    /// What is tested again and how often; nil leaves it to the programme.
    package let repeats: RepeatRule?

    /// An assay with at least one target.
    package init(
        name: String, kit: String, targets: [AssayTarget], internalControl: AssayTarget?,
        singleTarget: SingleTarget, pooledAtMost: Cq?, leastDetected: Int? = nil,
        controlExcuse: ControlExcuse? = nil, expectations: [ControlExpectation] = [],
        repeats: RepeatRule? = nil
    ) {
        precondition(!targets.isEmpty, "An assay looks for something.")
        self.name = name
        self.kit = kit
        self.targets = targets
        self.internalControl = internalControl
        self.singleTarget = singleTarget
        self.pooledAtMost = pooledAtMost
        self.leastDetected = leastDetected
        self.controlExcuse = controlExcuse
        self.expectations = expectations.isEmpty ? nil : expectations
        self.repeats = repeats
    }

    /// The names of all channels that a run must report for a well.
    package var channels: [String] {
        targets.map(\.name) + (internalControl.map { [$0.name] } ?? [])
    }

    /// What a control of a kind must show.
    package func expectation(of kind: ControlKind) -> ControlExpectation {
        expectations?.first { $0.kind == kind } ?? ControlExpectation(kind)
    }
}

/// When a silent internal control does not make a well invalid.
package enum ControlExcuse: Hashable, Sendable, Codable {
    /// When a target is found this early: it used up what the control needs.
    case signal(upTo: Cq)
    /// Never: the control is always needed.
    case never
}

/// What an assay's tests are done again for, and how often.
package struct RepeatRule: Hashable, Sendable, Codable {
    /// What a second grey test of a tube with the same kit means.
    package enum GreyTwice: String, CaseIterable, Hashable, Sendable, Codable {
        /// It counts as found, as a single target found twice does in the CDC's laboratory guide.
        case detected
        /// It stays open: the people come again.
        case recollect
    }

    /// Grey, invalid, both or neither, in the order of the verdicts.
    package let verdicts: [Verdict]
    /// Tests of one tube or pool after which an unreadable one is given up.
    package let maximumTests: Int
    package let greyTwice: GreyTwice

    /// A rule; `maximumTests` is at least 1.
    package init(
        verdicts: Set<Verdict>, maximumTests: Int, greyTwice: GreyTwice = .detected
    ) {
        precondition(maximumTests >= 1, "A tube is tested at least once.")
        self.verdicts = Verdict.allCases.filter(verdicts.contains)
        self.maximumTests = maximumTests
        self.greyTwice = greyTwice
    }
}
