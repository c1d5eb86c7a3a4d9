internal import LabDomain
internal import LabExchange
internal import LabSimulation
internal import LabStatistics

/// The people of a large city's testing, the tubes they are swabbed into, and what is in each.
struct CityPeople {
    /// A sampling site with the unit that sends its tubes.
    struct Site {
        let unit: String
        let name: String
        let code: String
    }

    /// So many sites hand in tubes.
    static let sites = (1...40).map { number in
        let code = "D\(number < 10 ? "0" : "")\(number)"
        return Site(unit: "Subdistrict \(code) Office", name: "\(code) Square", code: code)
    }
    /// Of ten tubes nine are mixed of ten people each and one is single.
    static let tubesPerBlock = 10
    static let peoplePerBlock = 91
    static let tubesPerBox = 40
    static let sitesPerWave = 4
    /// How many people carry the virus: few enough for single tubes to be pooled.
    private static let infectedShare = 0.0005
    private static let infectedPlaces = 0.15

    private var people: ArraySlice<InventedResident>
    private(set) var loads: [TubeID: SpecimenLoad] = [:]
    private var random: SeededGenerator
    private let seed: UInt64
    private var filled = 0

    init(seed: UInt64, people count: Int, opening: Timestamp) {
        self.seed = seed
        random = SeededGenerator(seed: seed).stream(named: "city")
        people =
            InventedResidents(today: Zone.china.day(of: opening))
            .draw(count, using: &random)[...]
    }

    var isUsedUp: Bool { people.isEmpty }

    /// Tubes of this many samples, from four sites; fewer when nobody is left.
    mutating func wave(
        _ number: Int, tubes count: Int, collectedAt time: Timestamp
    ) -> [DemoCity.FilledTube] {
        var tubes: [DemoCity.FilledTube] = []
        let share = max(1, (count + Self.sitesPerWave - 1) / Self.sitesPerWave)
        for index in 0..<count where !people.isEmpty {
            let site = (number * Self.sitesPerWave + index / share) % Self.sites.count
            let box = "\(Self.sites[site].code)W\(number)-\(index % share / Self.tubesPerBox + 1)"
            let isSingle = index % Self.tubesPerBlock == 9 || people.count < 10
            let group = Array(people.prefix(isSingle ? 1 : 10))
            people.removeFirst(group.count)
            tubes.append(
                fill(isSingle ? "1:1" : "10:1", at: site, box, with: group, time))
        }
        return tubes
    }

    /// Swabs of the environment, from the first site of a wave.
    mutating func places(
        _ number: Int, _ names: [String], collectedAt time: Timestamp
    ) -> [DemoCity.FilledTube] {
        let site = number * Self.sitesPerWave % Self.sites.count
        return names.map { name in
            fill("environment", at: site, "\(Self.sites[site].code)W\(number)-E", place: name, time)
        }
    }

    /// The manifest of a wave.
    static func manifest(of tubes: [DemoCity.FilledTube]) -> [UInt8] {
        ManifestFile.write(
            DemoCity.rows(of: tubes) { (name: sites[$0].name, unit: sites[$0].unit) })
    }

    private mutating func fill(
        _ kind: String, at site: Int, _ box: String, with residents: [InventedResident] = [],
        place: String = "", _ time: Timestamp
    ) -> DemoCity.FilledTube {
        filled += 1
        let tube = DemoCity.FilledTube(
            id: InventedBarcodes.tube(seed: seed, number: filled), kind: kind, site: site,
            box: box, risk: .low, collectedAt: time, residents: residents, place: place)
        loads[tube.id] = load(of: residents)
        return tube
    }

    private mutating func load(of residents: [InventedResident]) -> SpecimenLoad {
        guard !residents.isEmpty else { return swab(infected: Self.infectedPlaces) }
        let swabs = residents.map { _ in swab(infected: Self.infectedShare) }
        return swabs.count == 1 ? swabs[0] : .mixedTube(of: swabs)
    }

    private mutating func swab(infected share: Double) -> SpecimenLoad {
        random.bernoulli(share) ? .infected(using: &random) : .uninfected(using: &random)
    }
}
