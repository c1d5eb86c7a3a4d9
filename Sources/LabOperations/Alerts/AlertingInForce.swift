internal import LabDomain
internal import LabProgramme
internal import LabStore

/// Who is told of what now: the settings that were adopted, or those that come with the program.
struct AlertingInForce {
    let settings: Alerting
    let text: String
    /// When they were adopted; nil for those that come with the program, which know no channel.
    let adoptedAt: Timestamp?

    /// Of breaches that nobody looked for, these settings tell when they are so old at most; while
    /// nobody adopted any, a day's, so that an old laboratory is not told of all its past.
    private static let lookBack = (adopted: Span.hours(-7 * 24), usual: Span.hours(-24))

    init(in view: StoreView) throws {
        let adopted = try view.alerting()
        adoptedAt = adopted?.adoptedAt
        (text, settings) = try adopted.map { try Self.read($0.settings) } ?? Self.shipped.get()
    }

    /// Read once: every page asks for them.
    private static let shipped = Result { try read(try ShippedRules.alerting.text()) }

    private static func read(_ text: String) throws -> (text: String, settings: Alerting) {
        (text, try Alerting(text, file: "alerts"))
    }

    /// Breaches since then are told.
    func start(at now: Timestamp) -> Timestamp {
        guard let adoptedAt else { return now.advanced(by: Self.lookBack.usual) }
        return max(adoptedAt, now.advanced(by: Self.lookBack.adopted))
    }
}
