internal import Foundation
package import LabDomain

/// A planned collection in figures: nobody on the roster appears in it.
package struct CollectionSummary: Encodable, Sendable {
    /// What a part of the collection needs and is expected to bring.
    package struct Figures: Encodable, Sendable {
        package let people: Int
        /// Tubes by kind, such as `10:1`.
        package let tubes: [String: Int]
        /// Tubes with their swabs to be brought along, spare ones included.
        package let kits: [String: Int]
        package let swabs: Int
        package let lists: Int
        package let expectedPositiveTubes: Double
        package let expectedCallBacks: Double
        package let expectedTests: Double
    }

    /// What was decided for a risk class.
    package struct Class: Encodable, Sendable {
        package let risk: RiskClass
        package let people: Int
        package let ratio: String
        package let expectedPrevalence: Double
        package let testsPerPerson: Double
        package let callBacksPerPerson: Double
        /// Why, in a sentence.
        package let reason: Wording
    }

    /// What a site needs.
    package struct Site: Encodable, Sendable {
        package let site: String
        package let figures: Figures
    }

    /// What the same people in random order would bring.
    package struct RandomOrder: Encodable, Sendable {
        package let tubes: Int
        package let expectedPositiveTubes: Double
        package let expectedCallBacks: Double
        package let expectedTests: Double
    }

    /// The programme's version.
    package let programme: String
    package let correlation: Double
    package let callBackLimit: Double
    package let sparePerCent: Int
    package let classes: [Class]
    package let sites: [Site]
    package let total: Figures
    package let randomOrder: RandomOrder

    init(
        _ plan: CollectionPlan, of roster: Roster, under version: String,
        wishes: PlanCollection.Wishes
    ) {
        programme = version
        correlation = wishes.correlation
        callBackLimit = wishes.callBackLimit
        sparePerCent = wishes.sparePerCent
        classes = plan.classes.map { Class($0, limit: wishes.callBackLimit) }
        sites = plan.sites.map {
            Site(site: roster.sites[$0.site], figures: Figures($0.figures))
        }
        total = Figures(plan.total)
        randomOrder = RandomOrder(
            tubes: plan.shuffled.allTubes,
            expectedPositiveTubes: rounded(plan.shuffled.positiveTubes),
            expectedCallBacks: rounded(plan.shuffled.callBacks),
            expectedTests: rounded(plan.shuffled.tests))
    }
}

extension CollectionSummary.Figures {
    fileprivate init(_ figures: CollectionFigures) {
        func byKind(_ counts: [TubeRatio: Int]) -> [String: Int] {
            Dictionary(uniqueKeysWithValues: counts.map { ($0.key.description, $0.value) })
        }
        self.init(
            people: figures.people, tubes: byKind(figures.tubes), kits: byKind(figures.kits),
            swabs: figures.swabs, lists: figures.lists,
            expectedPositiveTubes: rounded(figures.positiveTubes),
            expectedCallBacks: rounded(figures.callBacks), expectedTests: rounded(figures.tests))
    }
}

extension CollectionSummary.Class {
    fileprivate init(_ plan: ClassPlan, limit: Double) {
        let people = Double(plan.figures.people)
        self.init(
            risk: plan.risk, people: plan.figures.people, ratio: plan.ratio.description,
            expectedPrevalence: plan.prevalence,
            testsPerPerson: rounded(plan.figures.tests / people),
            callBacksPerPerson: rounded(plan.figures.callBacks / people),
            reason: Self.reason(plan, people: people, limit: limit))
    }

    /// Why the class has its tube, in one sentence.
    private static func reason(_ plan: ClassPlan, people: Double, limit: Double) -> Wording {
        func each(_ number: Double) -> String { digits(number / people) }
        let chosen = plan.options.first { $0.ratio == plan.ratio }
        let tests = chosen.map { each($0.tests) } ?? ""
        if plan.isForced {
            let recalled = each(plan.figures.callBacks)
            let isOver = chosen?.isWithinLimit == false
            return isOver
                ? """
                asked for: \(tests) tests a person, and \(recalled) of the people called back, \
                which is not below \(digits(limit))
                """
                : "asked for: \(tests) tests a person, and \(recalled) of the people called back"
        }
        if plan.options.count == 1 { return "the only tube that the programme allows" }
        let others = plan.options.filter { $0.ratio != plan.ratio && $0.isWithinLimit }
            .map { "\(each($0.tests)) at \($0.ratio)" as Wording }
        let barred = plan.options.filter { !$0.isWithinLimit }
            .map { "\($0.ratio) would call back \(each($0.callBacks))" as Wording }
        var reasons: [Wording] = []
        if !others.isEmpty {
            reasons.append(
                "fewest tests: \(tests) a person, against \(others.joined(separator: " and "))")
        }
        if !barred.isEmpty {
            reasons.append(
                "\(barred.joined(separator: ", ")) of the people, not below \(digits(limit))")
        }
        return reasons.joined(separator: "; ")
    }
}

/// Three digits that count, for shares.
private func digits(_ number: Double) -> String {
    let text = String(format: "%.3g", number)
    return text.contains("e") ? String(format: "%.6f", number) : text
}

/// Without the last digits, which no prevalence is known to.
private func rounded(_ number: Double) -> Double { (number * 1e6).rounded() / 1e6 }
