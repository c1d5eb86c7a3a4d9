internal import LabDomain
internal import LabPooling

/// A scenario made ready to be played many times: sites, couriers and chances as plain tables.
package struct CompiledScenario: Sendable {
    package let scenario: Scenario
    let zones: [ScenarioZone]
    let sites: [SitePlan]
    let couriers: [CourierPlan]
    let profiles: [ArrivalProfile]
    /// Couriers and laboratories that touch each other; groups do not.
    let groups: [ScenarioGroup]
    /// What verdicts lead to, by the rules of the laboratory.
    let rules: ScenarioRules

    /// Makes a scenario ready.
    /// - Throws: `ScenarioFaults` with everything that is wrong with it.
    package init(_ scenario: Scenario) throws(ScenarioFaults) {
        let faults = scenario.faults
        guard faults.isEmpty else { throw ScenarioFaults(faults: faults) }
        self.scenario = scenario
        rules = ScenarioRules(scenario.testing)
        var zones: [ScenarioZone] = []
        var sites: [SitePlan] = []
        var couriers: [CourierPlan] = []
        var chances: [Scenario.TubeUse: ReadingChance] = [:]
        for (place, district) in scenario.districts.enumerated() {
            let first = sites.count
            for risk in RiskClass.allCases where district.classes[risk] ?? 0 > 0 {
                let use = scenario.tubes[risk] ?? .single
                let chance = chances[use] ?? ReadingChance(use, scenario.testing)
                chances[use] = chance
                zones.append(
                    ScenarioZone(district: place, risk: risk, use: use, in: district, chance))
            }
            sites += scenario.sites(of: place, zones: zones)
            couriers += scenario.couriers(of: place, sites: first..<sites.count)
        }
        (self.zones, self.sites, self.couriers) = (zones, sites, couriers)
        profiles = scenario.districts.map(scenario.profile(of:))
        groups = ScenarioGroup.groups(couriers, laboratories: scenario.laboratories.count)
    }

    /// How many people a tube holds at most, over all zones.
    var mostInTube: Int { zones.map { $0.use.peopleInTube }.max() ?? 1 }
}

/// People of one risk class in one district, with their tubes and chances.
struct ScenarioZone: Sendable {
    let district: Int
    let risk: RiskClass
    let use: Scenario.TubeUse
    let isUrgent: Bool
    let peopleInTube: Int
    /// Tubes in a well: 1 but for laboratory pools.
    let tubesInWell: Int
    let infection: Infection
    let reading: ReadingChance

    init(
        district: Int, risk: RiskClass, use: Scenario.TubeUse, in plan: Scenario.District,
        _ reading: ReadingChance
    ) {
        (self.district, self.risk, self.use) = (district, risk, use)
        isUrgent = plan.isUrgent
        peopleInTube = use.peopleInTube
        tubesInWell = use.peopleInWell / use.peopleInTube
        infection = Infection(
            prevalence: plan.prevalence[risk] ?? 0, household: plan.householdSize,
            correlation: plan.householdCorrelation, most: use.peopleInTube)
        self.reading = reading
    }

    /// Infected people whom the tests are expected to miss, for a tube of each size.
    var missedBySize: [Double] {
        (0...peopleInTube).map { members in
            let infected = infection.distribution(members)
            return infected.enumerated().reduce(0.0) { sum, part in
                sum + part.element * Double(part.offset) * (1 - reading.found(part.offset))
            }
        }
    }
}

/// What a test reads, by how many infected are in the well.
struct ReadingChance: Sendable {
    /// P(a well without virus reads positive).
    let falsePositive: Double
    /// P(the well of the kind reads positive) with one infected, and with more.
    let one: Double
    let several: Double
    /// P(a single tube of somebody infected reads positive).
    let single: Double
    private let isSingle: Bool

    /// Chances by the published viral loads and the limit of detection.
    ///
    /// A mixed tube dilutes by its volume, a laboratory pool by its size; partly filled ones are
    /// taken as full, which errs towards missing.
    init(_ use: Scenario.TubeUse, _ testing: Scenario.Testing) {
        falsePositive = 1 - testing.specificity
        isSingle = use == .single
        guard let limit = testing.limitOfDetection, let load = try? ViralLoad(limit: limit) else {
            (one, several, single) = (1, 1, 1)
            return
        }
        let dilution = Dilution.viralLoad(load)
        func chance(_ size: Int, _ positives: Int, _ kind: PoolKind) -> Double {
            (try? dilution.detection(size: size, positives: min(positives, size), in: kind)) ?? 1
        }
        single = chance(1, 1, .laboratoryPool)
        switch use {
        case .single: (one, several) = (single, single)
        case .mixed(let ratio):
            one = chance(ratio.rawValue, 1, .mixedTube())
            several = chance(ratio.rawValue, 2, .mixedTube())
        case .pooled(let size):
            one = chance(size, 1, .laboratoryPool)
            several = chance(size, 2, .laboratoryPool)
        }
    }

    /// P(the well reads positive) with so many infected in it.
    @inline(__always)
    func positive(_ infected: Int) -> Double {
        infected == 0 ? falsePositive : infected == 1 ? one : several
    }

    /// P(one of so many infected in a well is found in the end).
    func found(_ infected: Int) -> Double {
        infected == 0 ? 0 : positive(infected) * (isSingle ? 1 : single)
    }
}

/// What verdicts lead to, asked once of the rules that the laboratory itself follows.
struct ScenarioRules: Sendable {
    let positiveSingle: Resolution
    let positiveMixed: Resolution
    let positivePool: Resolution
    let failedWell: Resolution

    init(_ testing: Scenario.Testing) {
        let policy = ResolutionPolicy(
            version: "scenario", maximumTests: 3,
            secondKitFor: testing.confirmsSingles ? [.single] : [], unconfirmedPool: .note)
        func rule(_ kind: TestedKind, _ verdict: Verdict) -> Resolution {
            resolve(kind, read: verdict, with: .first, after: [], under: policy)
        }
        positiveSingle = rule(.single, .detected)
        positiveMixed = rule(.mixed, .detected)
        positivePool = rule(.pool, .detected)
        failedWell = rule(.single, .invalid)
    }
}
