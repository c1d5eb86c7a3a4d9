internal import LabSimulation

extension ScreeningReport {
    /// The answer for programs; the plan itself is the file of `--output`.
    package struct Document: Encodable, Sendable {
        package let scenario: String
        package let isProved: Bool
        package let stuckDistricts: [String]
        package let relaxations: [String]
        package let plan: Plan?
    }

    /// What is known of a plan.
    package struct Plan: Encodable, Sendable {
        package let probability: Double
        package let replications: Int
        package let feasibleReplications: Int
        package let probabilityAtLeast: Double
        package let isFeasible: Bool
        package let cost: Double
        package let givenCost: Double
        package let currency: String
        package let bound: Double
        package let gap: Double
        package let programCost: Double
        package let programGap: Double
        package let collectionCost: Double
        package let secondsProgram: Double
        package let seconds: Double
        package let districts: [District]
        package let laboratories: [Laboratory]

        init(_ plan: ScreeningPlan) {
            (probability, isFeasible) = (plan.probability, plan.isFeasible)
            replications = plan.proof.replications
            feasibleReplications = plan.proof.feasible
            probabilityAtLeast = plan.proof.lowerLimit
            (cost, givenCost, bound, gap) = (plan.cost, plan.givenCost, plan.bound, plan.gap)
            (programCost, programGap) = (plan.fluidCost, plan.fluidGap)
            collectionCost = plan.collectionCost
            (secondsProgram, seconds) = (plan.fluidSeconds, plan.seconds)
            currency = plan.scenario.costs.currency
            let scenario = plan.scenario
            districts = scenario.districts.map { District($0, scenario) }
            laboratories = scenario.laboratories.map(Laboratory.init)
        }
    }

    /// A district of a plan.
    package struct District: Encodable, Sendable {
        package let name: String
        package let people: Int
        package let sites: Int
        package let lines: Int
        package let samplers: Int
        package let couriers: Int
        package let laboratories: [String]

        init(_ district: Scenario.District, _ scenario: Scenario) {
            (name, people) = (district.name, district.people)
            (sites, couriers) = (district.sites.count, district.couriers)
            lines = district.sites.reduce(0) { $0 + $1.lines }
            samplers = district.samplers?.most ?? lines * district.samplersPerLine
            laboratories = district.routes.map { scenario.laboratories[$0.laboratory].name }
        }
    }

    /// A laboratory of a plan; people by shift, hours from the start.
    package struct Laboratory: Encodable, Sendable {
        package let name: String
        package let extractors: Int
        package let cyclers: Int
        package let reception: [Shift]
        package let review: [Shift]

        init(_ laboratory: Scenario.Laboratory) {
            name = laboratory.name
            (extractors, cyclers) = (laboratory.extractors.most, laboratory.cyclers.most)
            reception = laboratory.reception.stairs.map(Shift.init)
            review = laboratory.review.stairs.map(Shift.init)
        }
    }

    /// So many people from an hour on.
    package struct Shift: Encodable, Sendable {
        package let fromHour: Double
        package let people: Int

        init(_ stair: Levels.Stair) {
            (fromHour, people) = (stair.from / 60, stair.count)
        }
    }

    /// The answer for programs.
    package var document: Document {
        switch answer {
        case .plan(let plan):
            Document(
                scenario: scenario.name, isProved: isProved, stuckDistricts: [], relaxations: [],
                plan: Plan(plan))
        case .impossible(let districts, let relaxations, let plan):
            Document(
                scenario: scenario.name, isProved: false, stuckDistricts: districts,
                relaxations: relaxations.map { Self.words($0.kind) }, plan: plan.map(Plan.init))
        }
    }
}
