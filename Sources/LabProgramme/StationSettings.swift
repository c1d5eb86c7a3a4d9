package import LabDomain
internal import LabSettings

/// What a forecast of the laboratory is made with: who works where, and what stands by.
///
/// Settings may leave any of it out.
package struct StationSettings: Hashable, Sendable {
    /// A station that plates pass.
    package enum Station: String, CaseIterable, Sendable {
        case extraction
        case pcr
        case review
    }

    /// Who goes first.
    package enum Order: String, CaseIterable, Sendable {
        case firstCome = "first-come"
        case earliestDeadline = "earliest-deadline"
    }

    /// People or machines that work side by side.
    package let reception: Int
    package let extraction: Int
    package let pcr: Int
    package let review: Int
    package let order: Order
    /// Stations with one more machine or pair of hands in reserve.
    package let reserve: [Station]
    /// Until another laboratory has the result of what is sent now; nil when there is none.
    package let elsewhere: Span?

    /// The stations of settings that say nothing of them: a small laboratory's.
    package init() {
        (reception, extraction, pcr, review) = (2, 2, 4, 1)
        (order, reserve, elsewhere) = (.firstCome, [], nil)
    }

    /// Reads the mapping `stations`.
    init(_ item: inout SettingsReader) {
        let usual = StationSettings()
        let servers = 1...10_000
        reception = item.ifPresent("reception") { $0.int(in: servers) } ?? usual.reception
        extraction = item.ifPresent("extraction") { $0.int(in: servers) } ?? usual.extraction
        pcr = item.ifPresent("pcr") { $0.int(in: servers) } ?? usual.pcr
        review = item.ifPresent("review") { $0.int(in: servers) } ?? usual.review
        order = item.has("order") ? item.choice("order", of: Order.self) : usual.order
        reserve =
            item.has("reserve")
            ? item.list("reserve") { $0.choice(of: Station.self) } : usual.reserve
        elsewhere = item.ifPresent("elsewhere") { Span($0.duration()) }
    }
}
