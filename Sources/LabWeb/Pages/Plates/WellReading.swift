internal import LabDomain

/// What a run says about one well, as the plate picture shows it.
struct WellReading: Hashable, Sendable {
    /// A sample's verdict, or whether a control did what it must.
    enum Call: String, CaseIterable, Hashable, Sendable {
        case detected
        case notDetected = "not-detected"
        case grey
        case invalid
        case held
        case failed
    }

    let call: Call
    /// The Cq of each target, already in words; empty when not shown.
    let cq: String
    /// Why a verdict is grey or invalid, in words.
    let reason: String
    /// Whether it contradicts what another test or the curve's form says.
    let disagrees: Bool

    init(_ call: Call, cq: String = "", reason: String = "", disagrees: Bool = false) {
        self.call = call
        self.cq = cq
        self.reason = reason
        self.disagrees = disagrees
    }

    init(
        verdict: Verdict, cq: String = "", reason: String = "", disagrees: Bool = false
    ) {
        let call: Call =
            switch verdict {
            case .detected: .detected
            case .notDetected: .notDetected
            case .grey: .grey
            case .invalid: .invalid
            }
        self.init(call, cq: cq, reason: reason, disagrees: disagrees)
    }
}
