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
    /// All targets detected: detected. None, and the internal control seen: not detected. None,
    /// without the internal control: invalid. Anything between: grey, because the kit has two
    /// regions so that one alone must be proved (CDC laboratory guide).
    package func read(_ cqs: [String: Cq], of kind: TestedKind) -> WellResult {
        let calls = calls(of: cqs, in: kind)
        if calls.allSatisfy({ $0 == .detected }) { return WellResult(.detected) }
        if calls.allSatisfy({ $0 == .notDetected }) {
            if let control = internalControl, control.call(cqs[control.name]) != .detected {
                return WellResult(.invalid, .internalControl)
            }
            return WellResult(.notDetected)
        }
        if calls.contains(.detected) {
            return singleTarget == .detected
                ? WellResult(.detected) : WellResult(.grey, .singleTarget)
        }
        return WellResult(.grey, .lateSignal)
    }

    /// What each target says in a well, by the limits for what is in it.
    package func calls(of cqs: [String: Cq], in kind: TestedKind) -> [Call] {
        targets.map { target in
            if kind.holdsSeveral, let limit = pooledAtMost {
                return AssayTarget(name: target.name, positiveAtMost: limit, greyAtMost: nil)
                    .call(cqs[target.name])
            }
            return target.call(cqs[target.name])
        }
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
