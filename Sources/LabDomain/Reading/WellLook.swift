/// Why a person must look at a well's curves before it says anything.
package enum LookReason: String, CaseIterable, Hashable, Sendable, Codable {
    /// The instrument's own call is the opposite of what its Cq means.
    case callDiffers = "call-differs"
    /// The curve rises, and no Cq is given.
    case curveRises = "curve-rises"
    /// A Cq is given, and the curve has no sigmoid.
    case noSigmoid = "no-sigmoid"
    /// The curve can be read in more than one way.
    case ambiguousCurve = "ambiguous-curve"
    /// The instrument's Cq and ours mean different calls, or lie far apart.
    case cqDiffers = "cq-differs"
}

/// A well at which a person must look: instrument and curve do not go together (READ-14).
package struct WellLook: Hashable, Sendable, Codable {
    package let well: WellPosition
    /// The test in it; nil for a control.
    package let request: RequestID?
    package let reasons: [LookReason]
    /// What the well says by its Cq; it counts only when somebody has looked.
    package let result: WellResult?

    /// How far the instrument's Cq and ours may lie apart.
    ///
    /// A threshold and a second derivative find different points of one curve: up to three cycles
    /// in curves that nobody doubts.
    package static let farApart = 3.0

    /// A well with the reasons for a look.
    package init(
        well: WellPosition, request: RequestID?, reasons: [LookReason], result: WellResult?
    ) {
        self.well = well
        self.request = request
        self.reasons = reasons
        self.result = result
    }

    /// The look that a sample's well needs; nil when all goes together, or it says nothing anyway.
    init?(
        at well: WellPosition, _ readings: [String: Reading], of request: RequestID,
        _ kind: TestedKind, _ result: WellResult, _ assay: Assay
    ) {
        guard result.verdict != .invalid else { return nil }
        var found = Self.reasons(readings, assay.targets.map { assay.limits(of: $0, in: kind) })
        // That nothing was found rests on the internal control.
        if result.verdict == .notDetected, let control = assay.internalControl,
            readings[control.name]?.curve == .negative
        {
            found.insert(.noSigmoid)
        }
        self.init(well, request, found, result)
    }

    /// The look that a control's well needs.
    init?(
        at well: WellPosition, _ readings: [String: Reading], of control: ControlKind,
        _ assay: Assay
    ) {
        let expected = assay.expectation(of: control)
        let judged = assay.targets.filter {
            expected.mustShow($0.name) || expected.mustLack($0.name)
        }
        self.init(well, nil, Self.reasons(readings, judged), nil)
    }

    private init?(
        _ well: WellPosition, _ request: RequestID?, _ found: Set<LookReason>,
        _ result: WellResult?
    ) {
        guard !found.isEmpty else { return nil }
        self.init(
            well: well, request: request, reasons: LookReason.allCases.filter(found.contains),
            result: result)
    }

    private static func reasons(
        _ readings: [String: Reading], _ targets: [AssayTarget]
    ) -> Set<LookReason> {
        targets.reduce(into: []) { found, target in
            guard let reading = readings[target.name] else { return }
            found.formUnion(reading.lookReasons(by: target))
        }
    }
}

extension Reading {
    /// In what the instrument's word and the curve do not go together, under a target's limits.
    func lookReasons(by target: AssayTarget) -> Set<LookReason> {
        let call = target.call(cq)
        var found: Set<LookReason> = []
        if let called, (called == .notDetected) != (call == .notDetected) {
            found.insert(.callDiffers)
        }
        switch curve {
        case .positive where cq == nil: found.insert(.curveRises)
        case .negative where call != .notDetected: found.insert(.noSigmoid)
        case .ambiguous: found.insert(.ambiguousCurve)
        default: break
        }
        if let cq, let ownCq {
            let isFar = abs(cq.cycles - ownCq.cycles) > WellLook.farApart
            // Two late cycles mean the same however far apart they lie.
            if target.call(ownCq) != call || (isFar && call != .notDetected) {
                found.insert(.cqDiffers)
            }
        }
        return found
    }
}
