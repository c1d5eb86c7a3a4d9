/// A tube of a plan: who is swabbed into it, before it has a barcode.
package struct PlannedTube: Hashable, Sendable {
    package let site: Int
    package let risk: RiskClass
    package let ratio: TubeRatio
    /// Places in the roster's people, households side by side, in the order of swabbing.
    package let people: [Int]
    /// The probability that somebody in the tube is infected.
    package let positive: Double
    /// The tube's number at its site, from 1.
    package internal(set) var number = 0
    /// The number of its list at the site, from 1.
    package internal(set) var list = 0
    /// The position of its first person on the list, from 1.
    package internal(set) var position = 1

    /// People who are called back if the tube is positive: a single tube is kept and tested again.
    package var callBacks: Double { ratio == .one ? 0 : positive * Double(people.count) }
}

/// What a part of a collection needs and is expected to bring.
package struct CollectionFigures: Hashable, Sendable {
    package internal(set) var people = 0
    package internal(set) var tubes: [TubeRatio: Int] = [:]
    /// Tubes with their swabs to be brought along, the spare ones included.
    package internal(set) var kits: [TubeRatio: Int] = [:]
    /// Swabs to be brought along, the spare ones included.
    package internal(set) var swabs = 0
    package internal(set) var lists = 0
    /// Expected tubes with somebody infected.
    package internal(set) var positiveTubes = 0.0
    /// Expected people who are called back out of mixed tubes.
    package internal(set) var callBacks = 0.0

    /// All tubes.
    package var allTubes: Int { tubes.values.reduce(0, +) }
    /// Expected tests: one for each tube, and a single tube for everybody who is called back.
    package var tests: Double { Double(allTubes) + callBacks }

    mutating func count(_ tube: PlannedTube) {
        people += tube.people.count
        tubes[tube.ratio, default: 0] += 1
        positiveTubes += tube.positive
        callBacks += tube.callBacks
    }

    mutating func add(_ other: CollectionFigures) {
        people += other.people
        tubes.merge(other.tubes, uniquingKeysWith: +)
        kits.merge(other.kits, uniquingKeysWith: +)
        swabs += other.swabs
        lists += other.lists
        positiveTubes += other.positiveTubes
        callBacks += other.callBacks
    }

    /// Adds what is taken along for what breaks or falls down, rounded up.
    mutating func supply(sparePerCent spare: Int) {
        kits = tubes.mapValues { ($0 * (100 + spare) + 99) / 100 }
        swabs = (people * (100 + spare) + 99) / 100
    }
}

/// What the plan decided for one risk class, and what else was weighed.
package struct ClassPlan: Hashable, Sendable {
    /// One ratio that the programme allows for the class.
    package struct Option: Hashable, Sendable {
        package let ratio: TubeRatio
        package let tests: Double
        package let callBacks: Double
        /// Whether so few are called back that the ratio may be taken.
        package let isWithinLimit: Bool
    }

    package let risk: RiskClass
    package let prevalence: Double
    package let ratio: TubeRatio
    /// Whether the ratio was asked for.
    package let isForced: Bool
    /// The ratios that the programme allows, rising.
    package let options: [Option]
    package let figures: CollectionFigures
    /// The same people in random order over as few tubes as can be.
    package let shuffled: CollectionFigures
}

/// What one sampling site needs.
package struct SitePlan: Hashable, Sendable {
    /// A place in the roster's sites.
    package let site: Int
    package let figures: CollectionFigures
}

/// Who is swabbed into which tube, where, and what that is expected to bring.
package struct CollectionPlan: Sendable {
    /// By rising risk.
    package let classes: [ClassPlan]
    /// In the order of the roster.
    package let sites: [SitePlan]
    /// By site, list and position.
    package let tubes: [PlannedTube]
    package let total: CollectionFigures
    /// The same people in random order over as few tubes as can be.
    package let shuffled: CollectionFigures
}
