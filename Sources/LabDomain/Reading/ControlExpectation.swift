/// What a control of one kind must show for its run to count.
package struct ControlExpectation: Hashable, Sendable, Codable {
    /// Whether the internal control belongs into the well.
    package enum InternalControl: String, CaseIterable, Hashable, Sendable, Codable {
        case present
        case absent
        /// It may do as it likes.
        case any
    }

    /// Between which cycles a target must cross.
    package struct Window: Hashable, Sendable, Codable {
        package let target: String
        package let from: Cq
        package let to: Cq

        /// A window; `from` is not after `to`.
        package init(target: String, from: Cq, to: Cq) {
            precondition(from <= to, "A window opens before it closes.")
            self.target = target
            self.from = from
            self.to = to
        }
    }

    package let kind: ControlKind
    /// Targets that must be detected; nil: all of a positive control, none of a negative one.
    package let shows: [String]?
    /// Targets that must be silent; nil: none of a positive control, all others of a negative one.
    package let lacks: [String]?
    package let internalControl: InternalControl
    package let windows: [Window]
    /// A signal after this cycle counts as none where there must be none; nil: every signal counts.
    package let silentAfter: Cq?

    /// What a control must show; by default what its sign says.
    package init(
        _ kind: ControlKind, shows: [String]? = nil, lacks: [String]? = nil,
        internalControl: InternalControl = .any, windows: [Window] = [], silentAfter: Cq? = nil
    ) {
        self.kind = kind
        self.shows = shows
        self.lacks = lacks
        self.internalControl = internalControl
        self.windows = windows
        self.silentAfter = silentAfter
    }

    /// Whether a target must be detected in it.
    package func mustShow(_ target: String) -> Bool { shows?.contains(target) ?? kind.isPositive }

    /// Whether a target must be silent in it.
    package func mustLack(_ target: String) -> Bool {
        lacks?.contains(target) ?? (!kind.isPositive && !mustShow(target))
    }
}

/// In what a control failed.
package enum ControlFailure: String, CaseIterable, Hashable, Sendable, Codable {
    /// It shows nothing, or too late.
    case silent
    /// It shows something where nothing must be.
    case signal
    /// It crosses too early or too late.
    case window
    /// The instrument's user took it out of the analysis.
    case excluded
}

extension Assay {
    /// The channels of a control well that did not do what they must (READ-4, READ-12).
    func faults(
        of control: ControlKind, at well: WellPosition, _ readings: [String: Reading]
    ) -> [ControlFault] {
        let expected = expectation(of: control)
        var faults: [ControlFault] = targets.compactMap { target in
            failure(of: target, readings[target.name], expected).map {
                ControlFault(well: well, control: control, target: target.name, why: $0)
            }
        }
        if let internalControl, expected.internalControl != .any {
            let reading = readings[internalControl.name]
            let isSeen = internalControl.call(reading?.cq) == .detected
            let failure: ControlFailure? =
                if reading?.isExcluded == true { .excluded } else {
                    switch expected.internalControl {
                    case .present: isSeen ? nil : .silent
                    // A late one is a human specimen's too.
                    case .absent: expected.hears(reading?.cq) ? .signal : nil
                    case .any: nil
                    }
                }
            if let failure {
                faults.append(
                    ControlFault(
                        well: well, control: control, target: internalControl.name, why: failure))
            }
        }
        return faults
    }

    private func failure(
        of target: AssayTarget, _ reading: Reading?, _ expected: ControlExpectation
    ) -> ControlFailure? {
        let mustShow = expected.mustShow(target.name)
        let mustLack = expected.mustLack(target.name)
        let window = expected.windows.first { $0.target == target.name }
        guard mustShow || mustLack || window != nil else { return nil }
        if reading?.isExcluded == true { return .excluded }
        if mustShow, target.call(reading?.cq) != .detected { return .silent }
        if mustLack, expected.hears(reading?.cq) { return .signal }
        if let window {
            guard let cq = reading?.cq else { return .silent }
            if cq < window.from || cq > window.to { return .window }
        }
        return nil
    }
}

extension ControlExpectation {
    /// Whether a signal counts where there must be none: any, however late, unless the kit's
    /// leaflet names a cycle.
    fileprivate func hears(_ cq: Cq?) -> Bool {
        guard let cq else { return false }
        return silentAfter.map { cq <= $0 } ?? true
    }
}
