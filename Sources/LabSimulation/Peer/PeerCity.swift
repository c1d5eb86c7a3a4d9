import Glibc
import LabStatistics

/// The four cities of the peer model.
package enum PeerSize: String, CaseIterable, Sendable {
    /// A toy of 20,000 people.
    case toy = "T"
    /// Jingdezhen, 1.62 million people.
    case jingdezhen = "J"
    /// Yantai, 7.1 million people.
    case yantai = "Y"
    /// Chengdu, 21 million people.
    case chengdu = "C"
}

/// The six scenarios of the peer model.
package enum PeerScenario: String, CaseIterable, Sendable {
    /// Pools of ten, prevalence 1 in 10,000, couriers every hour.
    case base = "A"
    /// Fewer PCR machines.
    case pcrShort = "B"
    /// Prevalence 1 in 200.
    case prevalence = "C"
    /// Pools of five.
    case pool5 = "D"
    /// Half the staff at night, couriers every two hours, one plate in a hundred invalid.
    case shifts = "E"
    /// Twice of everything.
    case nowhereShort = "F"
}

/// A city of the peer model under one scenario; times are minutes from 06:00 of the first day.
package struct PeerCity: Sendable {
    package var people: Double
    package var siteCount: Int
    package var laboratoryCount: Int
    package var days = 2
    /// Swabs in a full tube.
    package var poolSize = 10
    package var prevalence = 0.000_1
    package var courierInterval = 60.0
    package var failure = 0.0
    package var reception: Shifts
    package var extractors: Int
    package var cyclers: Int
    package var review: Shifts
    package let profile: ArrivalProfile

    package let tubeTimeout = 20.0
    package let samplesOnPlate = 94
    package let plateTimeouts = (routine: 30.0, singles: 15.0)
    package let extractionTime = 45.0
    package let pcrTime = 90.0

    /// A city as the model has it.
    package init(_ size: PeerSize, _ scenario: PeerScenario) {
        switch size {
        case .toy: (people, siteCount, laboratoryCount) = (20_000, 7, 1)
        case .jingdezhen: (people, siteCount, laboratoryCount) = (1_620_000, 540, 8)
        case .yantai: (people, siteCount, laboratoryCount) = (7_100_000, 2_367, 36)
        case .chengdu: (people, siteCount, laboratoryCount) = (21_000_000, 7_000, 105)
        }
        let isToy = size == .toy
        var desks = isToy ? 1 : 4
        var reviewers = isToy ? 1 : 2
        (extractors, cyclers) = isToy ? (2, 3) : (6, 12)
        var night = (desks: desks, reviewers: reviewers)
        switch scenario {
        case .base: break
        case .pcrShort: cyclers = isToy ? 1 : 7
        case .prevalence: prevalence = 0.005
        case .pool5: poolSize = 5
        case .shifts:
            night = isToy ? (1, 1) : (2, 1)
            (courierInterval, failure) = (120, 0.01)
        case .nowhereShort:
            (cyclers, extractors) = isToy ? (6, 4) : (24, 12)
            (desks, reviewers) = isToy ? (2, 2) : (8, 4)
            night = (desks, reviewers)
        }
        reception = Shifts(early: desks, late: night.desks, period: 1_440, change: 720)
        review = Shifts(early: reviewers, late: night.reviewers, period: 1_440, change: 720)
        profile = ArrivalProfile(
            hourlyWeights: [3, 8, 11, 10, 8, 6, 5, 5, 6, 7, 8, 9, 9, 5], days: days, hour: 60,
            day: 1_440)
    }

    /// The sites, in order; the laboratory of site i is i mod the number of laboratories.
    package var sites: [PeerSite] {
        let weights = (0..<siteCount).map { 0.5 + Self.part($0, 0.618_033_988_749_894_9) }
        let total = weights.reduce(0, +)
        return weights.enumerated().map { index, weight in
            let expected = people * weight / total
            // The busiest hour has 11 % of a day; a line is busy 85 % of it at 20 s a person.
            let busiest = expected / Double(days) * 0.11 * (20 / 3_600.0) / 0.85
            return PeerSite(
                number: index, expected: expected, lines: max(1, Int(busiest.rounded(.up))),
                firstPickUp: courierInterval * Self.part(index, 1.414_213_562_373_095_1),
                travel: 10 + 40 * Self.part(index, 1.732_050_807_568_877_2))
        }
    }

    /// The chance that a pool of each number of swabs is positive: 1 − (1 − p)ˢ.
    var chanceByMembers: [Double] {
        (0...poolSize).map { -expm1(Double($0) * log1p(-prevalence)) }
    }

    private static func part(_ index: Int, _ irrational: Double) -> Double {
        let product = Double(index + 1) * irrational
        return product - product.rounded(.down)
    }
}

/// A sampling site of the peer model.
package struct PeerSite: Sendable {
    package let number: Int
    /// People expected over all days.
    package let expected: Double
    /// Sampling lines; one queue before them.
    package let lines: Int
    /// Minutes from the start to the first courier.
    package let firstPickUp: Double
    /// Minutes to the laboratory before chance stretches them by 0.9 to 1.3.
    package let travel: Double
}

/// The sources of chance of a site, each with its own stream.
struct PeerSiteChance {
    var sampling: SeededGenerator
    var positives: SeededGenerator
    var couriers: SeededGenerator

    init(_ master: SeededGenerator, site: Int) {
        let number = UInt64(site)
        sampling = master.stream(named: "sampling", number: number)
        positives = master.stream(named: "positives", number: number)
        couriers = master.stream(named: "couriers", number: number)
    }

    /// Minutes to swab one person: 12 to 28 seconds.
    @inline(__always)
    mutating func swabbing() -> Double {
        0.2 + (28.0 - 12) / 60 * sampling.uniform()
    }

    mutating func travel(_ site: PeerSite) -> Double {
        site.travel * couriers.uniform(from: 0.9, to: 1.3)
    }
}
