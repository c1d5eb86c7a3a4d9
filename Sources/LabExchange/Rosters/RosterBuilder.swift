internal import LabDomain
internal import LabTables

/// Puts the rows of a roster together and collects what is wrong with their cells.
struct RosterBuilder {
    private(set) var faults: [RosterFault] = []
    private let columns: [RosterColumn: Int]
    private var people: [Roster.Person] = []
    private var lines: [String: Int] = [:]
    private var units = Names()
    private var sites = Names()
    private var households: [String] = []
    private var homes: [Home: Int] = [:]
    private var lastHome: (Home, Int)?

    /// A household is known by its unit and by what is written.
    private struct Home: Hashable {
        let unit: Int
        let text: String
    }

    init(columns: Columns) {
        let found = RosterColumn.allCases.compactMap { column in
            columns[column.rawValue].map { (column, $0) }
        }
        self.columns = Dictionary(found) { first, _ in first }
    }

    var roster: Roster {
        Roster(people: people, units: units.all, sites: sites.all, households: households)
    }

    mutating func take(_ row: DelimitedTable.Row) {
        let before = faults.count
        let code = text(.person, row)
        let unit = text(.unit, row)
        let (name, site, home) = (text(.name, row), text(.site, row), text(.household, row))
        let risk = text(.risk, row)
        if code.isEmpty {
            complain(.person, row, .personMissing)
        } else if let first = lines.updateValue(row.line, forKey: code) {
            lines[code] = first
            complain(.person, row, .personTwice(firstLine: first))
        }
        if unit.isEmpty { complain(.unit, row, .unitMissing) }
        let read = risk.isEmpty ? .low : RiskClass(written: risk)
        if read == nil { complain(.risk, row, .riskUnknown) }
        guard faults.count == before, let read else { return }
        let place = units.place(of: unit)
        people.append(
            Roster.Person(
                code: code, name: name, unit: place,
                site: sites.place(of: site.isEmpty ? unit : site),
                household: home.isEmpty ? nil : household(Home(unit: place, text: home)),
                risk: read))
    }

    private mutating func text(_ column: RosterColumn, _ row: DelimitedTable.Row) -> String {
        guard let index = columns[column] else { return "" }
        let cell = FormulaGuard.removed(from: row.fields[index])
        if cell.isEmpty || CellText.isBlank(cell) { return "" }
        if !CellText.isPrintable(cell) { complain(column, row, .textUnfit) }
        return cell
    }

    private mutating func household(_ home: Home) -> Int {
        if let (last, number) = lastHome, last == home { return number }
        let number = homes[home] ?? households.count
        if number == households.count {
            households.append(home.text)
            homes[home] = number
        }
        lastHome = (home, number)
        return number
    }

    private mutating func complain(
        _ column: RosterColumn, _ row: DelimitedTable.Row, _ kind: RosterFault.Kind
    ) {
        faults.append(
            RosterFault(
                line: row.line, column: columns[column].map { $0 + 1 }, heading: column, kind))
    }
}

/// Names numbered in the order in which they come first.
private struct Names {
    private(set) var all: [String] = []
    private var places: [String: Int] = [:]
    private var last: (String, Int)?

    mutating func place(of name: String) -> Int {
        // Neighbours on a list mostly share their unit and site.
        if let (known, place) = last, known == name { return place }
        let place = places[name] ?? all.count
        if place == all.count {
            all.append(name)
            places[name] = place
        }
        last = (name, place)
        return place
    }
}
