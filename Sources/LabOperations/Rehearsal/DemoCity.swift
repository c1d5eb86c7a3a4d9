internal import LabDomain
internal import LabExchange
internal import LabSimulation
internal import LabStatistics

/// The people of the demo's day, the tubes they are swabbed into, and what is really in each.
struct DemoCity {
    /// A sampling site with the unit that sends its tubes.
    struct Site {
        let name: String
        let unit: String
        let code: String
    }

    /// A tube as it is filled at a site.
    struct FilledTube {
        let id: TubeID
        let kind: String
        let site: Int
        let box: String
        let risk: RiskClass
        let collectedAt: Timestamp
        let residents: [InventedResident]
        let place: String
    }

    static let sites = [
        Site(name: "Zhushan Square", unit: "Zhushan Street Office", code: "ZS"),
        Site(name: "Changjiang Stadium", unit: "Changjiang Street Office", code: "CJ"),
        Site(name: "Fuliang Town Hall", unit: "Fuliang County Hospital", code: "FL"),
    ]
    private static let places = [
        "market drain", "cold store door", "fish stall", "fever clinic floor", "bus handrail",
    ]
    private static let mixedTubes = [33, 32, 32]
    private static let singleTubes = 75
    private static let keyPeople = 5

    var tubes: [FilledTube] = []
    /// What the instrument will find in each tube.
    private(set) var loads: [TubeID: SpecimenLoad] = [:]
    /// What each person carries, by document.
    private var infections: [String: SpecimenLoad] = [:]
    private var random: SeededGenerator
    let seed: UInt64
    /// What stands behind the site's code on its boxes.
    private let mark: String
    private var nextTube = 1

    init(seed: UInt64, opening: Timestamp, mark: String = "") {
        self.seed = seed
        self.mark = mark
        random = SeededGenerator(seed: seed).stream(named: "demo city")
        let people = Self.mixedTubes.reduce(0, +) * 10 + Self.sites.count * Self.singleTubes
        var residents = InventedResidents(today: Zone.china.day(of: opening))
            .draw(people, using: &random)[...]
        for (site, mixed) in Self.mixedTubes.enumerated() {
            fillMixed(mixed, at: site, from: &residents, opening)
            fillSingles(at: site, from: &residents, opening)
            fillEnvironment(at: site, opening)
        }
        infect()
        for tube in tubes { loads[tube.id] = load(of: tube) }
    }

    /// A new single tube for somebody who comes again.
    mutating func swabAgain(
        _ resident: InventedResident, site: Int, box: String, at time: Timestamp
    ) -> FilledTube {
        let tube = FilledTube(
            id: newTube(), kind: "1:1", site: site, box: box, risk: .key, collectedAt: time,
            residents: [resident], place: "")
        tubes.append(tube)
        loads[tube.id] = load(of: tube)
        return tube
    }

    /// The rows of a manifest with these tubes.
    static func rows(
        of tubes: [FilledTube],
        at place: (Int) -> (name: String, unit: String) = { (sites[$0].name, sites[$0].unit) }
    ) -> [[ManifestColumn: String]] {
        tubes.flatMap { tube -> [[ManifestColumn: String]] in
            let site = place(tube.site)
            let common: [ManifestColumn: String] = [
                .tube: tube.id.text, .kind: tube.kind, .unit: site.unit,
                .site: site.name, .box: tube.box, .risk: tube.risk.rawValue,
                .collectedAt: Zone.china.minuteText(tube.collectedAt), .place: tube.place,
            ]
            if tube.residents.isEmpty { return [common] }
            return tube.residents.map { $0.row.merging(common) { own, _ in own } }
        }
    }

    /// Households stay together, because they were drawn one after another.
    private mutating func fillMixed(
        _ count: Int, at site: Int, from residents: inout ArraySlice<InventedResident>,
        _ opening: Timestamp
    ) {
        for number in 0..<count {
            let group = Array(residents.prefix(10))
            residents.removeFirst(group.count)
            tubes.append(
                FilledTube(
                    id: newTube(), kind: "10:1", site: site,
                    box: "\(Self.sites[site].code)\(mark)-M1",
                    risk: .low, collectedAt: opening.advanced(by: .minutes(4 * number)),
                    residents: group, place: ""))
        }
    }

    private mutating func fillSingles(
        at site: Int, from residents: inout ArraySlice<InventedResident>, _ opening: Timestamp
    ) {
        for number in 0..<Self.singleTubes {
            guard let resident = residents.popFirst() else { return }
            let box = "\(Self.sites[site].code)\(mark)-S\(number / 40 + 1)"
            tubes.append(
                FilledTube(
                    id: newTube(), kind: "1:1", site: site, box: box,
                    risk: number < Self.keyPeople ? .key : .low,
                    collectedAt: opening.advanced(by: .minutes(2 * number)),
                    residents: [resident], place: ""))
        }
    }

    private mutating func fillEnvironment(at site: Int, _ opening: Timestamp) {
        for place in Self.places {
            tubes.append(
                FilledTube(
                    id: newTube(), kind: "environment", site: site,
                    box: "\(Self.sites[site].code)\(mark)-E1", risk: .low,
                    collectedAt: opening.advanced(by: .minutes(30)), residents: [], place: place))
        }
    }

    /// A household in one mixed tube, one person in another, two single people, one key person.
    private mutating func infect() {
        let mixed = tubes.filter { $0.kind == "10:1" }.shuffled(using: &random)
        if let home = mixed.first?.residents.first?.household {
            for resident in mixed[0].residents where resident.household == home {
                infections[resident.document.canonical] = .infected(using: &random)
            }
        }
        let singles = tubes.filter { $0.kind == "1:1" && $0.risk == .low }.shuffled(using: &random)
        let key = tubes.filter { $0.risk == .key }.shuffled(using: &random)
        for tube in mixed.dropFirst().prefix(1) + singles.prefix(2) + key.prefix(1) {
            if let resident = tube.residents.last {
                infections[resident.document.canonical] = .infected(using: &random)
            }
        }
    }

    private mutating func load(of tube: FilledTube) -> SpecimenLoad {
        guard !tube.residents.isEmpty else {
            var swab = SpecimenLoad.uninfected(using: &random)
            if tube.place == "fish stall", tube.site == 0 {
                swab = .infected(using: &random)
            }
            return swab
        }
        let swabs = tube.residents.map {
            infections[$0.document.canonical] ?? .uninfected(using: &random)
        }
        return swabs.count == 1 ? swabs[0] : .mixedTube(of: swabs)
    }

    private mutating func newTube() -> TubeID {
        defer { nextTube += 1 }
        return InventedBarcodes.tube(seed: seed, number: nextTube)
    }
}
