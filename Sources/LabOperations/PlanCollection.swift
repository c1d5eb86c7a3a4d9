package import LabDomain
internal import LabExchange
internal import LabPooling
internal import LabProgramme

/// Plans who is swabbed into which tube, out of a roster and a programme; stores nothing.
package struct PlanCollection: Sendable {
    /// What the planner asks for beyond the programme.
    package struct Wishes: Sendable {
        /// Ratios instead of those with the fewest expected tests.
        package var ratios: [RiskClass: TubeRatio] = [:]
        /// Prevalences instead of those of the programme.
        package var prevalence: [RiskClass: Double] = [:]
        /// How strongly the people of one household share their fate.
        ///
        /// At a low prevalence it is nearly the secondary attack rate in households, 16.6 % in
        /// Wan, Zhang and Frazier, arXiv 2111.07517.
        package var correlation = 0.17
        /// Mixed tubes are taken while fewer than this share of a class would be called back.
        package var callBackLimit = 0.05
        /// Kits and swabs beyond those needed, in per cent.
        package var sparePerCent = 5

        /// What is asked for when nothing is said.
        package init() {}
    }

    private let programme: Programme
    private let version: String
    private let wishes: Wishes

    /// A planner under a programme.
    ///
    /// - Parameters:
    ///   - programme: YAML; nil takes the programme that comes with the product.
    ///   - file: The programme's name as complaints shall show it.
    ///   - wishes: What else is asked for.
    /// - Throws: `SettingsFaults` with everything that is wrong with the programme.
    package init(programme: String?, file: String, wishes: Wishes) throws {
        let text = try programme ?? ShippedRules.jingdezhen.text()
        self.programme = try Programme(text, file: file, version: "")
        version = Rules.version(ofProgramme: self.programme.name, text: text)
        self.wishes = wishes
    }

    /// Plans the collection of a roster.
    ///
    /// - Throws: `Refusal` with every fault of the roster, or with every class that cannot be
    ///   planned.
    package func plan(roster bytes: [UInt8]) throws -> PlannedCollection {
        let roster = try Self.read(bytes)
        var rules = programme.collection
        rules.prevalence.merge(wishes.prevalence) { $1 }
        let planner = CollectionPlanner(
            rules: rules, mixedRatios: programme.mixedRatios, forced: wishes.ratios,
            model: .betaBinomial(correlation: wishes.correlation),
            callBackLimit: wishes.callBackLimit, sparePerCent: wishes.sparePerCent)
        do throws(CollectionFaults) {
            let plan = try planner.plan(roster)
            return PlannedCollection(
                roster: roster, plan: plan,
                summary: CollectionSummary(plan, of: roster, under: version, wishes: wishes))
        } catch {
            throw Refusal(error)
        }
    }

    private static func read(_ bytes: [UInt8]) throws -> Roster {
        do throws(RosterFaults) {
            return try RosterFile.read(bytes)
        } catch {
            let count = error.faults.count
            throw Refusal(
                .badData,
                count == 1
                    ? "The roster has 1 fault; nothing was planned."
                    : "The roster has \(count) faults; nothing was planned.",
                remedy: "Mend the lines below and plan again.",
                places: error.faults.map {
                    Refusal.Place(
                        line: $0.line, column: $0.column, subject: $0.heading?.rawValue,
                        code: $0.code, message: $0.words.what, remedy: $0.words.remedy)
                })
        }
    }
}

/// A planned collection with the roster that it was made from.
package struct PlannedCollection: Sendable {
    package let roster: Roster
    package let plan: CollectionPlan
    /// Its figures without people.
    package let summary: CollectionSummary

    /// The tube lists as a CSV file.
    package var lists: [UInt8] { TubeLists.write(plan, of: roster) }
}

extension Refusal {
    /// Everything for which a roster cannot be planned.
    fileprivate init(_ faults: CollectionFaults) {
        let places = faults.faults.map(\.place)
        guard let first = places.first, places.count == 1 else {
            self.init(
                .rule, "The roster cannot be planned under this programme; nothing was.",
                remedy: "See below; `swabline programme show --shipped` shows all keys.",
                places: places)
            return
        }
        self.init(
            .rule, "\(opening: first.message).", remedy: "\(opening: first.remedy).")
    }
}

extension CollectionFault {
    fileprivate var place: Refusal.Place {
        switch self {
        case .nobody:
            Refusal.Place(
                code: "nobody", message: "nobody is on the roster",
                remedy: "write one line for each person")
        case .noRule(let risk, let people):
            Refusal.Place(
                subject: risk.rawValue, code: "no-rule",
                message: """
                    the programme names no largest tube for the class \(risk.word), and \(people) \
                    of the roster are of it
                    """,
                remedy: """
                    add `\(risk.rawValue): 1` (or 5, 10, 20) under `collection` in the programme, \
                    or give --ratio \(risk.word)=1
                    """)
        case .noPrevalence(let risk, let people):
            Refusal.Place(
                subject: risk.rawValue, code: "no-prevalence",
                message: """
                    the programme expects no prevalence for the class \(risk.word), and \(people) \
                    of the roster are of it
                    """,
                remedy: """
                    add `\(risk.rawValue): 0.001` or another share under `expected_prevalence` in \
                    the programme, or give --prevalence \(risk.word)=0.001
                    """)
        case .ratio(let risk, let asked, let allowed):
            Refusal.Place(
                subject: risk.rawValue, code: "ratio-not-allowed",
                message:
                    "the programme does not allow tubes of \(asked) for the class \(risk.word)",
                remedy: "ask for one of: \(allowed.map(\.description).joined(separator: ", "))")
        case .emptyClass(let risk):
            Refusal.Place(
                subject: risk.rawValue, code: "empty-class",
                message: """
                    nobody on the roster is of the class \(risk.word), for which a ratio was asked
                    """,
                remedy: "leave --ratio \(risk.word) away, or check the column risk")
        }
    }
}
