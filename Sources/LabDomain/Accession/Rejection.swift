/// Why a tube cannot be tested.
///
/// The list is this house's: no published one was found.
package enum RejectReason: String, CaseIterable, Hashable, Sendable, Codable {
    case leaking
    case unlabelled
    case mismatched
    case insufficient
    case noSwab = "no-swab"
    case temperature
    case overTime = "over-time"
    case contaminated
    case lost

    /// What the reason means at the bench.
    package var meaning: Wording {
        switch self {
        case .leaking: "the tube leaks or its cap is loose"
        case .unlabelled: "no barcode, or one that cannot be read"
        case .mismatched: "the tube is not what the manifest says it is"
        case .insufficient: "too little liquid to test"
        case .noSwab: "no swab in the tube"
        case .temperature: "carried outside its temperature"
        case .overTime: "older than the transport time allows"
        case .contaminated: "soiled, or opened on the way"
        case .lost: "never arrived, and the search has ended"
        }
    }
}
