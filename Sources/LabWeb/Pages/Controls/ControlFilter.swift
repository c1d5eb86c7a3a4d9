internal import LabDomain
internal import LabOperations

/// Which charts are shown, as the page's address says it.
struct ControlFilter: Hashable, Sendable {
    /// By what charts are chosen, in the order of the fields.
    enum Field: String, CaseIterable, Hashable, Sendable {
        case assay
        case target
        case control
        case lot
        case instrument

        func value(of series: ControlSeries) -> String {
            switch self {
            case .assay: series.assay
            case .target: series.target
            case .control: series.control.rawValue
            case .lot: series.lot ?? ""
            case .instrument: series.instrument ?? ""
            }
        }
    }

    private let wanted: [Field: String]

    init(_ query: Fields) {
        wanted = Field.allCases.reduce(into: [:]) { wanted, field in
            if let value = query[field.rawValue], !value.isEmpty { wanted[field] = value }
        }
    }

    var isEmpty: Bool { wanted.isEmpty }

    func lets(_ series: ControlSeries) -> Bool {
        wanted.allSatisfy { $0.key.value(of: series) == $0.value }
    }

    /// What stands in the address of another part of the list.
    var query: String {
        Field.allCases.compactMap { field in
            wanted[field].map { "\(field.rawValue)=\(encoded($0))&" }
        }.joined()
    }

    /// The fields with what there is to choose.
    func choices(among all: [ControlSeries], _ words: Catalogue) -> [ControlsPage.Choice] {
        Field.allCases.map { field in
            let values = Set(all.map(field.value(of:))).subtracting([""]).sorted()
            return ControlsPage.Choice(
                name: field.rawValue, word: words.word("controls.by", field),
                options: values.map { value in
                    ControlsPage.Option(
                        value: value,
                        word: field == .control ? words.say("control.\(value)") : value,
                        isChosen: wanted[field] == value)
                })
        }
    }
}

extension Site {
    var controlRoutes: [Route] {
        [
            .get("/controls", .seeWork) { visit in
                let page = ControlsPage(
                    // More than a chart shows: a streak begins before its first point.
                    try laboratory.controlCharts(
                        ControlChartFilter(), latest: 2 * ControlsPage.mostPoints,
                        as: visit.handle),
                    ControlFilter(visit.query), from: visit.query.number("from") ?? 0, for: visit)
                return .page(Page(visit.words.say("controls.title"), "controls", page))
            }
        ]
    }
}
