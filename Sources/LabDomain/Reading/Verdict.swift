/// What one test says about one tube or pool.
package enum Verdict: String, CaseIterable, Hashable, Sendable, Codable {
    case detected
    case notDetected = "not-detected"
    /// A late signal or one target alone: says nothing yet.
    case grey
    /// The test failed: says nothing at all.
    case invalid
}

/// Why a verdict is grey or invalid.
package enum VerdictReason: String, CaseIterable, Hashable, Sendable, Codable {
    case lateSignal = "late-signal"
    case singleTarget = "single-target"
    case internalControl = "internal-control"
    case controlsFailed = "controls-failed"
    case runRefused = "run-refused"
    /// The instrument's user took the well out of the analysis.
    case excluded
    /// Somebody looked at the curves and asked for another test.
    case looked
}

/// A verdict with its reason.
package struct WellResult: Hashable, Sendable, Codable {
    package let verdict: Verdict
    package let reason: VerdictReason?

    /// A verdict; grey and invalid ones carry a reason.
    package init(_ verdict: Verdict, _ reason: VerdictReason? = nil) {
        self.verdict = verdict
        self.reason = reason
    }
}

extension Assay {
    /// Reads one sample well: from the Cq of each channel to a verdict (READ-2).
    ///
    /// Enough targets detected (all, unless the assay says how many): detected. None, and the
    /// internal control seen: not detected. None, without the internal control: invalid. Anything
    /// between: grey, because the kit has several regions so that one alone must be proved (CDC
    /// laboratory guide). A silent internal control needs an excuse (READ-11).
    package func read(_ cqs: [String: Cq], of kind: TestedKind) -> WellResult {
        let calls = calls(of: cqs, in: kind)
        let detected = calls.count { $0 == .detected }
        if lacksControl(cqs, calls) { return WellResult(.invalid, .internalControl) }
        if detected >= leastDetected ?? targets.count { return WellResult(.detected) }
        if calls.allSatisfy({ $0 == .notDetected }) { return WellResult(.notDetected) }
        if detected > 0 {
            return singleTarget == .detected
                ? WellResult(.detected) : WellResult(.grey, .singleTarget)
        }
        return WellResult(.grey, .lateSignal)
    }

    /// Whether the internal control is silent and nothing excuses it.
    private func lacksControl(_ cqs: [String: Cq], _ calls: [Call]) -> Bool {
        guard let internalControl, internalControl.call(cqs[internalControl.name]) != .detected
        else { return false }
        return switch controlExcuse {
        case nil: calls.allSatisfy { $0 == .notDetected }
        case .never: true
        case .signal(let limit):
            !targets.contains { target in cqs[target.name].map { $0 <= limit } ?? false }
        }
    }

    /// What each target says in a well, by the limits for what is in it.
    package func calls(of cqs: [String: Cq], in kind: TestedKind) -> [Call] {
        targets.map { limits(of: $0, in: kind).call(cqs[$0.name]) }
    }

    /// A target with the limits for what is in a well.
    func limits(of target: AssayTarget, in kind: TestedKind) -> AssayTarget {
        guard kind.holdsSeveral, let limit = pooledAtMost else { return target }
        return AssayTarget(name: target.name, positiveAtMost: limit, greyAtMost: nil)
    }
}

/// What is in a well, where rules depend on it.
package enum TestedKind: String, CaseIterable, Hashable, Sendable, Codable {
    case single
    case mixed
    case environmental
    case pool

    /// Whether the well stands for several people at once.
    package var holdsSeveral: Bool { self == .mixed || self == .pool }
}
