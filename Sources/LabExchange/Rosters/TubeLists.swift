package import LabDomain
internal import LabTables

/// The tube lists of a plan, as sampling teams use them.
package enum TubeLists {
    /// Writes the lists as a table, one line a person, in UTF-8 with a byte-order mark.
    ///
    /// List and tube are numbered at each site from 1; the position counts the places of a list.
    package static func write(_ plan: CollectionPlan, of roster: Roster) -> [UInt8] {
        var writer = DelimitedWriter(isMarked: true)
        writer.row([
            "site", "list", "tube", "kind", "position", "person", "name", "unit", "household",
            "risk",
        ])
        for tube in plan.tubes {
            let (site, list, number) = (roster.sites[tube.site], "\(tube.list)", "\(tube.number)")
            for (place, index) in tube.people.enumerated() {
                let person = roster.people[index]
                writer.row([
                    site, list, number, tube.ratio.description, "\(tube.position + place)",
                    person.code, person.name, roster.units[person.unit],
                    person.household.map { roster.households[$0] } ?? "", person.risk.rawValue,
                ])
            }
        }
        return writer.bytes
    }
}
