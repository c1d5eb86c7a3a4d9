/// The rules under which a manifest is checked.
package struct ManifestRules: Sendable {
    package let formats: [BarcodeFormat]
    package let zone: Zone
    package let now: Timestamp
    /// The sizes of mixed tubes that the programme allows.
    package let mixedRatios: Set<MixRatio>
    /// For what the one who hands it in works: lines of others are faulty (ACT-4).
    package let scope: Scope

    /// Clocks of desks and laboratory may differ by this much before a time is "in the future".
    package static let tolerance = Span.minutes(5)

    /// Rules of one laboratory at one moment.
    package init(
        formats: [BarcodeFormat], zone: Zone, now: Timestamp,
        mixedRatios: Set<MixRatio> = Set(MixRatio.allCases), scope: Scope = .laboratory
    ) {
        self.scope = scope
        self.formats = formats
        self.zone = zone
        self.now = now
        self.mixedRatios = mixedRatios
    }
}

/// A tube as a manifest describes it, with its people in clear.
package struct ManifestTube: Sendable {
    package let id: TubeID
    package let kind: TubeKind
    /// How many people the tube may hold: 1 for single tubes and the environment.
    package let capacity: Int
    package let unit: String
    package let site: String
    package let box: String
    package let risk: RiskClass
    package let place: String
    /// The earliest time written for the tube.
    package internal(set) var collectedAt: Timestamp
    package internal(set) var people: [PersonDetails] = []
    /// The lines of the file that describe the tube, in order.
    package internal(set) var lines: [Int] = []

    /// Whether another line says the same of the tube.
    func agrees(with other: ManifestTube) -> Bool {
        kind == other.kind && capacity == other.capacity && unit == other.unit
            && site == other.site && box == other.box && risk == other.risk
    }
}

/// A manifest that has been checked: whole tubes, and what is wrong with the others (COL-1).
package struct CheckedManifest: Sendable {
    /// Tubes of which every line is good, in the order of the file.
    package let tubes: [ManifestTube]
    /// Every fault, in the order of the file.
    package let faults: [ManifestFault]
    /// Good lines of tubes that have a faulty line: a tube is registered whole or not at all.
    package let heldBack: [Int]
    /// The file's column number of each `ManifestColumn`, from 1; nil where the file lacks it.
    package let columns: [Int?]

    /// What a check found.
    package init(
        tubes: [ManifestTube], faults: [ManifestFault], heldBack: [Int], columns: [Int?]
    ) {
        self.tubes = tubes
        self.faults = faults
        self.heldBack = heldBack
        self.columns = columns
    }
}

/// Reads the rows of a manifest into tubes and collects every fault.
///
/// Lines of a tube need not follow each other. A tube with any faulty line is kept out whole,
/// because the swab of a person who is not registered would still be in it.
package struct ManifestChecker: Sendable {
    let rules: ManifestRules
    /// The file's column number of each `ManifestColumn`; nil where the file lacks it.
    let columns: [Int?]
    var reader: ManifestCellReader
    private var tubes: [ManifestTube] = []
    private var places: [TubeID: Int] = [:]
    /// The documents of each tube: so few that a search through them is the fastest.
    private var documents: [[String]] = []
    private var namesOfDocuments: [String: String] = [:]
    private var faultyTubes: Set<Int> = []
    /// Lines that name a tube but could not be read, before any line of the tube could.
    private var unreadLines: [TubeID: [Int]] = [:]

    /// A checker for one file whose columns stand at the given places.
    package init(rules: ManifestRules, columns: [Int?]) {
        self.rules = rules
        self.columns = columns
        reader = ManifestCellReader(rules: rules, columns: columns)
    }

    /// Checks one row after another and gives tubes, faults and the lines held back.
    package mutating func check(_ rows: [ManifestRow]) -> CheckedManifest {
        tubes.reserveCapacity(rows.count / 4)
        namesOfDocuments.reserveCapacity(rows.count)
        for row in rows { take(row) }
        let whole = tubes.indices.filter { !faultyTubes.contains($0) }.map { tubes[$0] }
        let faultyLines = Set(reader.faults.map(\.line))
        let heldBack = faultyTubes.flatMap { tubes[$0].lines }
            .filter { !faultyLines.contains($0) }.sorted()
        return CheckedManifest(
            tubes: whole,
            faults: reader.faults.sorted {
                ($0.line, $0.column ?? 0) < ($1.line, $1.column ?? 0)
            },
            heldBack: heldBack, columns: columns)
    }

    private mutating func take(_ row: ManifestRow) {
        let before = reader.faults.count
        let tube = reader.tube(of: row)
        let isEnvironment = reader.isEnvironment(row)
        let person = isEnvironment ? nil : reader.person(of: row)
        if isEnvironment { reader.checkEnvironment(row) }
        guard let tube else { return markFaulty(tubeWrittenIn: row) }
        let index = place(tube, row)
        tubes[index].lines.append(row.line)
        add(person, to: index, row)
        if reader.faults.count > before { faultyTubes.insert(index) }
    }

    /// A line whose tube could not be read still spoils the tube that it names, if it names one.
    private mutating func markFaulty(tubeWrittenIn row: ManifestRow) {
        let id = TubeID(normalised(row[.tube]))
        guard let index = places[id] else {
            unreadLines[id, default: []].append(row.line)
            return
        }
        faultyTubes.insert(index)
        tubes[index].lines.append(row.line)
    }

    private mutating func place(_ tube: ManifestTube, _ row: ManifestRow) -> Int {
        guard let index = places[tube.id] else {
            places[tube.id] = tubes.count
            tubes.append(tube)
            documents.append([])
            if let unread = unreadLines[tube.id] {
                faultyTubes.insert(tubes.count - 1)
                tubes[tubes.count - 1].lines = unread
            }
            return tubes.count - 1
        }
        let first = tubes[index]
        tubes[index].collectedAt = min(first.collectedAt, tube.collectedAt)
        if first.agrees(with: tube) { return index }
        let differing: [(ManifestColumn, Bool)] = [
            (.kind, first.kind != tube.kind || first.capacity != tube.capacity),
            (.unit, first.unit != tube.unit), (.site, first.site != tube.site),
            (.box, first.box != tube.box), (.risk, first.risk != tube.risk),
        ]
        for (column, differs) in differing where differs {
            reader.complain(row, column, .tubeDisagrees)
        }
        return index
    }

    private mutating func add(_ person: PersonDetails?, to index: Int, _ row: ManifestRow) {
        let capacity = tubes[index].capacity
        if tubes[index].lines.count > capacity {
            reader.complain(row, .tube, capacity == 1 ? .tubeSecondPerson : .tubeFull)
        }
        guard let person else { return }
        let document = person.document.canonical
        if documents[index].contains(document) {
            reader.complain(row, .documentNumber, .personTwice)
        } else {
            documents[index].append(document)
        }
        // The first name stays the measure: otherwise a wrong one would pass from its second line.
        if namesOfDocuments[document, default: person.name] != person.name {
            reader.complain(row, .name, .personOtherName)
        } else {
            namesOfDocuments[document] = person.name
        }
        tubes[index].people.append(person)
    }
}
