internal import Glibc
internal import LabDomain

/// A sampling site made ready.
struct SitePlan: Sendable {
    let zone: Int
    let district: Int
    /// The number of its streams of chance: other districts' sites do not move it.
    let stream: UInt64
    /// People expected in all.
    let expected: Double
    let lines: Int
    /// Lines that may work at each time; nil when all may always.
    let duty: [Levels.Stair]?
}

/// A courier made ready.
struct CourierPlan: Sendable {
    struct Destination: Sendable {
        let laboratory: Int
        let minutes: Double
    }

    let district: Int
    let stream: UInt64
    let sites: [Int]
    let destinations: [Destination]
    let firstRound: Double
}

/// Couriers, and the laboratories to which they may go.
struct ScenarioGroup: Sendable {
    let couriers: [Int]
    let laboratories: [Int]

    /// The finest groups that do not touch each other.
    static func groups(_ couriers: [CourierPlan], laboratories: Int) -> [ScenarioGroup] {
        var leader = Array(0..<laboratories)
        func root(_ place: Int) -> Int {
            var place = place
            while leader[place] != place { place = leader[place] }
            return place
        }
        // A site that several couriers visit ties them together, and so their laboratories.
        var ofSite: [Int: Int] = [:]
        for courier in couriers {
            var tied = courier.destinations.map(\.laboratory)
            for site in courier.sites {
                if let other = ofSite[site] { tied.append(other) } else { ofSite[site] = tied[0] }
            }
            for other in tied.dropFirst() {
                let (a, b) = (root(tied[0]), root(other))
                leader[max(a, b)] = min(a, b)
            }
        }
        var members: [Int: (couriers: [Int], laboratories: [Int])] = [:]
        for place in 0..<laboratories { members[root(place), default: ([], [])].1.append(place) }
        for (place, courier) in couriers.enumerated() {
            members[root(courier.destinations[0].laboratory), default: ([], [])].0.append(place)
        }
        return members.sorted { $0.key < $1.key }.filter { !$0.value.couriers.isEmpty }
            .map { ScenarioGroup(couriers: $0.value.couriers, laboratories: $0.value.laboratories) }
    }
}

extension Scenario {
    /// When a district's sites open first; nil when nobody is to come at any hour.
    func firstOpening(of district: District) -> Double? {
        guard let lastHour = sampling.profile.lastIndex(where: { $0 > 0 }) else { return nil }
        var opening = sampling.opens - clockAtStart
        while opening + 60 * Double(lastHour) < district.starts { opening += 1_440 }
        return opening
    }

    /// The hours at which a district's people come.
    func profile(of district: District) -> ArrivalProfile {
        let opening = firstOpening(of: district) ?? 0
        var starts: [Double] = []
        var shares: [Double] = []
        for (day, share) in (district.days ?? sampling.days).enumerated() {
            let hours = sampling.profile.indices
                .map { (start: opening + 1_440 * Double(day) + 60 * Double($0), place: $0) }
                .filter { $0.start >= district.starts }
            let total = hours.reduce(0) { $0 + sampling.profile[$1.place] }
            for hour in hours {
                starts.append(hour.start)
                shares.append(share * sampling.profile[hour.place] / total)
            }
        }
        return ArrivalProfile(starts: starts, shares: shares, length: 60)
    }

    /// The sites of a district: each belongs to one risk class.
    func sites(of place: Int, zones: [ScenarioZone]) -> [SitePlan] {
        let district = districts[place]
        let zonesHere = zones.indices.filter { zones[$0].district == place }
        let shares = zonesHere.map { district.classes[zones[$0].risk] ?? 0 }
        let turns = Self.turns(district.sites.count, shares: shares, eachOnce: true)
        var weights = [Double](repeating: 0, count: zonesHere.count)
        for (site, turn) in zip(district.sites, turns) { weights[turn] += site.weight }
        let people = Double(district.people) * district.turnout
        let lines = district.sites.reduce(0) { $0 + $1.lines }
        var before = 0
        return zip(district.sites, turns).enumerated().map { local, part in
            let (site, turn) = part
            defer { before += site.lines }
            let own = weights[turn] > 0 ? site.weight / weights[turn] : 0
            return SitePlan(
                zone: zonesHere[turn], district: place, stream: Self.stream(place, local),
                expected: people * shares[turn] * own,
                lines: site.lines,
                duty: duty(of: district, lines: lines, at: site, after: before))
        }
    }

    /// The lines of one site that have samplers: every line of the district gets its turn.
    private func duty(
        of district: District, lines: Int, at site: Site, after before: Int
    ) -> [Levels.Stair]? {
        guard let samplers = district.samplers else { return nil }
        return samplers.stairs.map { stair in
            let staffed = min(lines, stair.count / district.samplersPerLine)
            let upTo = (before + site.lines) * staffed / lines
            return Levels.Stair(from: stair.from, count: upTo - before * staffed / lines)
        }
    }

    /// The couriers of a district: they share its sites, or several share one.
    func couriers(of place: Int, sites: Range<Int>) -> [CourierPlan] {
        let district = districts[place]
        let routes = district.routes.filter { $0.share > 0 }
        let turns = Self.turns(
            district.couriers, shares: routes.map(\.share), eachOnce: false)
        let all = routes.map {
            CourierPlan.Destination(laboratory: $0.laboratory, minutes: $0.minutes)
        }
        let relays = (district.couriers + sites.count - 1) / sites.count
        return (0..<district.couriers).map { courier in
            let own =
                district.couriers <= sites.count
                ? stride(
                    from: sites.lowerBound + courier, to: sites.upperBound, by: district.couriers
                )
                .map { $0 }
                : [sites.lowerBound + courier % sites.count]
            // Neighbouring districts are out of step too, or all trips would arrive together.
            let part = Double(place + courier % sites.count + 1) * 2.0.squareRoot()
            let phase =
                (part - part.rounded(.down) + Double(courier / sites.count)) / Double(relays)
            return CourierPlan(
                district: place, stream: Self.stream(place, courier), sites: own,
                destinations: transport.dispatch == .fixed ? [all[turns[courier]]] : all,
                firstRound: district.starts + transport.interval * phase)
        }
    }

    private static func stream(_ district: Int, _ local: Int) -> UInt64 {
        UInt64(district) << 32 | UInt64(local)
    }

    /// Who is next, so often that everybody's part comes closest to their share at each turn.
    static func turns(_ count: Int, shares: [Double], eachOnce: Bool) -> [Int] {
        let total = shares.reduce(0, +)
        var given = [Double](repeating: 0, count: shares.count)
        return (0..<count).map { turn in
            let left = count - turn
            let waiting = shares.indices.filter { given[$0] == 0 }
            let candidates =
                eachOnce && left <= waiting.count ? waiting : Array(shares.indices)
            let next = candidates.max { a, b in
                let (x, y) = (
                    shares[a] / total * Double(turn + 1) - given[a],
                    shares[b] / total * Double(turn + 1) - given[b]
                )
                return x < y || (x == y && a > b)
            }
            given[next ?? 0] += 1
            return next ?? 0
        }
    }
}

extension ArrivalProfile {
    /// Stretches of one length with the share of the arrivals in each.
    init(starts: [Double], shares: [Double], length: Double) {
        (self.starts, self.shares, self.length) = (starts, shares, length)
    }
}
