/// The call of a shape and the reasons for it.
struct CurveVerdict {
    let call: CurveCall
    let quality: Double
    let remarks: [CurveRemark]

    /// Calls a shape by some criteria.
    init(of shape: CurveShape, by criteria: CurveCriteria) {
        var remarks: [CurveRemark] = []
        let sigmoid = Self.share(of: shape, criteria)
        if let reason = Self.refusal(shape, criteria) {
            call = .negative
            quality = reason == .weak ? 0.5 + (1 - shape.signal / criteria.signal) / 2 : 0.5
            remarks = [reason]
        } else {
            remarks = Self.doubts(shape, criteria)
            call = remarks.isEmpty ? .positive : .ambiguous
            quality = remarks.isEmpty ? sigmoid : min(sigmoid, 0.5)
            if shape.reached < 0.8, !remarks.contains(.late) { remarks.append(.noPlateau) }
        }
        if shape.hasHook { remarks.append(.hook) }
        if shape.isSettling { remarks.append(.settling) }
        self.remarks = remarks
    }

    /// The baseline seen before the Cq, in rise times.
    private static func baseline(of shape: CurveShape) -> Double {
        (shape.cq - shape.first) / shape.riseCycles
    }

    /// Why it is no amplification; nil when it may be one.
    private static func refusal(_ shape: CurveShape, _ criteria: CurveCriteria) -> CurveRemark? {
        // Much template, of which nobody saw the baseline.
        if shape.isEarly { return nil }
        guard shape.rise > 0 else { return .falls }
        guard shape.cq.isFinite, shape.riseCycles.isFinite else { return .drift }
        guard shape.cq <= shape.last else { return isLateRise(shape, criteria) ? nil : .drift }
        guard baseline(of: shape) >= criteria.leastBaseline else { return .noBaseline }
        guard shape.signal >= criteria.signal / 2 else { return .weak }
        guard shape.explained >= criteria.explained, shape.growth >= criteria.growth,
            shape.riseCycles <= criteria.drifting
        else { return .drift }
        return nil
    }

    /// Whether the readings end in the midst of a growth: a foot with no steepest point yet.
    private static func isLateRise(_ shape: CurveShape, _ criteria: CurveCriteria) -> Bool {
        shape.signal >= criteria.signal && shape.explained >= criteria.explained
            && shape.lastGrowth >= criteria.growth
    }

    /// Why a person has to say whether it is an amplification.
    private static func doubts(_ shape: CurveShape, _ criteria: CurveCriteria) -> [CurveRemark] {
        var doubts: [CurveRemark] = []
        if shape.signal < criteria.signal { doubts.append(.weak) }
        let isLate = shape.last - shape.cq < criteria.follow
        // Of a rise that has hardly begun, the steepest slope is a guess.
        if shape.riseCycles < criteria.fastest, !isLate { doubts.append(.jump) }
        if shape.riseCycles > criteria.slowest { doubts.append(.slow) }
        if shape.isEarly || baseline(of: shape) < criteria.baseline { doubts.append(.noBaseline) }
        if isLate { doubts.append(.late) }
        return doubts
    }

    /// How much of a textbook's sigmoid it is, from 0 to 1.
    private static func share(of shape: CurveShape, _ criteria: CurveCriteria) -> Double {
        let shares = [
            CurveCriteria.doubling / shape.riseCycles, 2 * shape.reached - 1,
            shape.signal / (3 * criteria.signal), baseline(of: shape),
        ]
        let share = shares.reduce(1) { $0 * min(max($1, 0), 1) }
        return share.isFinite ? share : 0
    }
}
