/// Why a clock was not kept.
///
/// The list is this house's; it is closed so that causes can be counted.
package enum BreachCause: String, CaseIterable, Hashable, Sendable, Codable {
    case lateArrival = "late-arrival"
    case queueBeforeExtraction = "queue-before-extraction"
    case instrumentFault = "instrument-fault"
    case controlsFailed = "controls-failed"
    case retests
    case staffShortage = "staff-shortage"
    case reagentShortage = "reagent-shortage"
    case softwareOrNetwork = "software-or-network"
    case deliveryNotConfirmed = "delivery-not-confirmed"
    /// Anything else; a note says what.
    case other

    /// What the cause means.
    package var meaning: Wording {
        switch self {
        case .lateArrival: "the tubes came late"
        case .queueBeforeExtraction: "more tubes waited than could be extracted"
        case .instrumentFault: "an instrument stood still"
        case .controlsFailed: "controls failed and the run was done again"
        case .retests: "retests, repeats or confirmations took their time"
        case .staffShortage: "people were lacking"
        case .reagentShortage: "reagents or consumables were lacking"
        case .softwareOrNetwork: "software or the network failed"
        case .deliveryNotConfirmed: "the unit had the result, and nobody confirmed it in time"
        case .other: "another cause, told in the note"
        }
    }

    /// How many characters a note has at most.
    package static let noteLimit = 300
}
