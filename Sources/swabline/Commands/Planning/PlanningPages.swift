import LabDomain
import LabOperations

/// The tube lists as pages, one after the other, so that a million people need no room.
struct TubeListPages: Sequence, IteratorProtocol {
    private let planned: PlannedCollection
    private var shown = 0

    init(_ planned: PlannedCollection) { self.planned = planned }

    mutating func next() -> String? {
        let tubes = planned.plan.tubes
        guard shown < tubes.count else { return nil }
        let first = tubes[shown]
        let isNewSite = shown > 0 && tubes[shown - 1].site != first.site
        let start = shown
        while shown < tubes.count, tubes[shown].site == first.site, tubes[shown].list == first.list
        {
            shown += 1
        }
        // Each site's lists begin on a new sheet.
        return (isNewSite ? "\u{0C}" : "") + page(tubes[start..<shown])
    }

    private func page(_ tubes: ArraySlice<PlannedTube>) -> String {
        let roster = planned.roster
        let people = tubes.flatMap(\.people).map { roster.people[$0] }
        var units: [String] = []
        for person in people where units.last != roster.units[person.unit] {
            units.append(roster.units[person.unit])
        }
        let marks = marks(of: people)
        var rows: [[String]] = []
        for tube in tubes {
            for (place, index) in tube.people.enumerated() {
                let person = roster.people[index]
                rows.append([
                    place == 0 ? "\(tube.number)" : "", place == 0 ? "____________" : "",
                    "[ ] \(tube.position + place)", person.code,
                    person.name, person.household.flatMap { marks[$0] } ?? "",
                    units.count > 1 ? roster.units[person.unit] : "",
                ])
            }
        }
        guard let tube = tubes.first else { return "" }
        let heading =
            "\(roster.sites[tube.site])   list \(tube.list)   \(tube.ratio) tubes, "
            + "\(tube.risk.onLists)   \(units.count == 1 ? units[0] : "several units")"
        let columns = [
            "tube", "label", "    no.", "person", "name", "home", units.count > 1 ? "unit" : "",
        ]
        return heading + "\n" + table(columns, rows) + "\n"
    }

    /// A letter for each household of which several are on the list.
    private func marks(of people: [Roster.Person]) -> [Int: String] {
        var marks: [Int: String] = [:]
        let counts = Dictionary(grouping: people.compactMap(\.household)) { $0 }
        for person in people {
            guard let household = person.household, marks[household] == nil,
                counts[household]?.count ?? 0 > 1,
                let letter = Unicode.Scalar(65 + marks.count)
            else { continue }
            marks[household] = String(letter)
        }
        return marks
    }
}

extension RiskClass {
    /// How a sampling team calls the people of the class.
    fileprivate var onLists: String { self == .key ? "key persons" : "\(rawValue) risk" }
}
