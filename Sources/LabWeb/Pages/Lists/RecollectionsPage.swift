internal import LabDomain
internal import LabOperations
internal import LabStore

/// The people to call back, by sending unit and site.
struct RecollectionsPage: Hashable, Sendable {
    struct Person: Hashable, Sendable {
        let name: String
        let telephone: String
        /// The number as a telephone dials it; empty when there is none.
        let dial: String
        let address: String
        let tube: String
        let reason: String
        let since: String
        let due: Due?
        let row: String
        let isOpen: Bool
        let state: String
        let path: String
        let field: String
        let key: String
    }

    struct Group: Hashable, Sendable {
        let unit: String
        let site: String
        let people: [Person]
    }

    struct Unit: Hashable, Sendable {
        let value: String
        let text: String
        let isChosen: Bool
    }

    /// One way in which a search can end without a new swab.
    struct Ending: Hashable, Sendable {
        let value: String
        let word: String
    }

    let isAll: Bool
    let csrf: String
    let back: String
    let openPath: String
    let allPath: String
    let printPath: String
    let units: [Unit]
    let hasUnits: Bool
    let endings: [Ending]
    let mayClose: Bool
    let groups: [Group]
    let isEmpty: Bool
    let pager: Pager

    init(
        _ part: Part<WaitingRecollection>, units: [UnitCount], unit: String?, isAll: Bool,
        after: String, for visit: Visit
    ) {
        let filter = unit.map { "unit=\(encoded($0))" }
        func path(_ parts: [String?]) -> String {
            let query = parts.compactMap(\.self).joined(separator: "&")
            return "/recollections" + (query.isEmpty ? "" : "?" + query)
        }
        self.isAll = isAll
        csrf = visit.csrf
        openPath = path([filter])
        allPath = path([filter, "all=1"])
        back = isAll ? allPath : openPath
        printPath = "/recollections/print" + (filter.map { "?" + $0 } ?? "")
        self.units = units.map {
            Unit(
                value: $0.unit, text: "\($0.unit) (\($0.people))", isChosen: $0.unit == unit)
        }
        hasUnits = units.count > 1 || unit != nil
        endings = RecollectionOutcome.allCases.filter { $0 != .collected }.map {
            Ending(value: $0.rawValue, word: visit.words.word("recollectionState", $0))
        }
        mayClose = visit.may(.closeRecollection)
        groups = Self.groups(part.rows, for: visit)
        isEmpty = part.rows.isEmpty
        pager = Pager(part, on: back, after: after)
    }

    /// People in the order given, each unit and site under its own heading.
    static func groups(_ people: [WaitingRecollection], for visit: Visit) -> [Group] {
        var groups: [Group] = []
        var own: [WaitingRecollection] = []
        for (index, person) in people.enumerated() {
            own.append(person)
            let next = index + 1 < people.count ? people[index + 1] : nil
            guard next?.unit != person.unit || next?.site != person.site else { continue }
            groups.append(
                Group(
                    unit: person.unit, site: person.site,
                    people: own.map { Person($0, for: visit) }))
            own = []
        }
        return groups
    }
}

extension RecollectionsPage.Person {
    init(_ waiting: WaitingRecollection, for visit: Visit) {
        name = waiting.name
        telephone = waiting.telephone
        dial = waiting.telephone.filter { $0.isASCII && ($0.isNumber || $0 == "+") }
        address = waiting.address
        tube = waiting.tube.text
        reason = visit.words.word("recollectionReason", waiting.reason)
        since = visit.time(waiting.since)
        isOpen = waiting.state == "open"
        due = isOpen ? waiting.due.map { Due($0, for: visit) } : nil
        row = due?.row ?? ""
        state = visit.words.say("recollectionState.\(waiting.state)")
        path = "/recollections/\(encoded(waiting.recollection.text))/close"
        field = "outcome-\(waiting.recollection)"
        key = visit.newKey()
    }
}
