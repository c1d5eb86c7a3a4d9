import ArgumentParser
import LabOperations
import LabPooling

extension Pooling {
    struct Optimise: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "optimise",
            abstract:
                "Find the best scheme, never fewer tests than the floor on sensitivity allows.",
            discussion: """
                Of all two-, three- and four-stage schemes whose first pool has one of the sizes, \
                with any smaller pools, and of individual testing, the one that is best for the \
                objective among those that keep to the floor and the limits. The search is exact; \
                with --wells and an objective other than tests it weighs the best cut of each size \
                and the scheme with the fewest tests.

                Everybody must keep the floor: the chance of being found that the worst placed \
                positive person has. With --risks people are sorted by risk and cut into pools of \
                their own sizes; then first pools of at most the larger of --sizes. Of several \
                values of --se and --sp the last is that of individual tests, and a part of one \
                person in a middle stage has the value of its stage. Wells are compared with \
                expected tests: keep some in hand.
                """)

        enum Objective: String, ExpressibleByArgument, CaseIterable {
            case tests
            case testsPerPositive = "tests-per-positive"
            case sensitivity

            var asked: SchemeQuestion.Objective {
                switch self {
                case .tests: .tests
                case .testsPerPositive: .testsPerPositive
                case .sensitivity: .sensitivity
                }
            }
        }

        @OptionGroup var accuracy: AccuracyOptions
        @OptionGroup var dilution: DilutionOptions
        @OptionGroup var output: OutputOptions
        @Option(help: "Prevalence, the same for everybody.") var prevalence: Double?
        @Option(help: "Individual risks joined by commas, or @FILE with one a line.")
        var risks: String?
        @Option(help: "People in the first pool, from..to.") var sizes = "2..50"
        @Option(help: "Stages at most, single tests included: 1 to 4, with --risks 1 to 3.")
        var stages = 3
        @Option(help: "What is wanted: tests, tests-per-positive or sensitivity.")
        var objective: Objective = .tests
        @Option(help: "Least chance of being found that every positive person has (FDA: 0.85).")
        var floor = 0.85
        @Option(help: "Wells available, with --people.") var wells: Int?
        @Option(help: "People who wait, with --wells.") var people: Int?
        @Option(help: "Hours left, with --round-hours.") var hoursLeft: Double?
        @Option(help: "Hours from the plate to the result of one round.") var roundHours = 2.5

        struct Answer: Encodable {
            let scheme: String
            let people: Int
            let expectedTests: Double
            let expectedTestsPerPerson: Double
            let pse: Double?
            let leastSensitivity: Double
            let psp: Double?
            let testsPerPositiveFound: Double?
            let isAtEdge: Bool
            /// People by index into the risks, in the order of the pools.
            let order: [Int]?
        }

        func validate() throws {
            guard (prevalence == nil) != (risks == nil) else {
                throw ValidationError("Give one of --prevalence and --risks.")
            }
            guard (wells == nil) == (people == nil) else {
                throw ValidationError("--wells and --people belong together.")
            }
            guard (1...4).contains(stages) else {
                throw ValidationError("--stages is a number from 1 to 4.")
            }
            guard risks == nil || stages <= 3 else {
                throw ValidationError("With --risks there are up to 3 stages.")
            }
            guard wells.map({ $0 > 0 }) ?? true, people.map({ $0 > 0 }) ?? true else {
                throw ValidationError("--wells and --people are above 0.")
            }
            guard roundHours > 0, roundHours.isFinite, hoursLeft.map({ $0 >= 0 }) ?? true else {
                throw ValidationError("Hours are above 0.")
            }
            guard risks == nil || objective == .tests, risks == nil || wells == nil else {
                throw ValidationError(
                    "With --risks the objective is tests, under --floor and --hours-left.")
            }
        }

        func run() throws {
            try pooling(output) {
                if let warning = accuracy.warning { note(warning) }
                let risks = try riskList()
                let mean = risks.isEmpty ? 0 : risks.reduce(0, +) / Double(risks.count)
                let model = try TestModel(
                    stages: accuracy.accuracies(),
                    kept: try dilution.kept(
                        upTo: range.upperBound, prevalence: prevalence ?? mean))
                let answer = try self.risks == nil ? forAlike(model) : forRisks(risks, model)
                switch output.format {
                case .json: try printJSON(answer)
                case .text: print(text(answer))
                }
                warn(answer, model)
            }
        }

        /// Fewer tests that only stem from missing positives deserve a word.
        private func warn(_ answer: Answer, _ model: TestModel) {
            guard let prevalence, let found = answer.testsPerPositiveFound,
                let single = model.accuracies(first: 1, stages: 1).first, prevalence > 0,
                1 / (prevalence * single.sensitivity) < found
            else { return }
            note(
                "Individual tests find one positive for "
                    + "\(digits(1 / (prevalence * single.sensitivity), 4)) tests: fewer. What this "
                    + "scheme saves it saves by missing positives.")
        }

        private var range: ClosedRange<Int> {
            get throws {
                let ends = sizes.split(separator: ".", omittingEmptySubsequences: true)
                    .compactMap { Int($0) }
                guard let first = ends.first, let last = ends.last, ends.count <= 2 else {
                    throw ValidationError("--sizes is written 2..50.")
                }
                guard first <= last else {
                    throw ValidationError(
                        "--sizes begins with the smaller pool: \(last)..\(first).")
                }
                // Nobody can pool more people than wait.
                let most = people.map { min(last, max(2, $0)) } ?? last
                return min(first, most)...most
            }
        }

        private var mostStages: Int {
            // Any number of hours may be typed; more than four rounds are never asked for.
            min(stages, Int(min(4, (hoursLeft ?? .infinity) / roundHours)))
        }

        private func forAlike(_ model: TestModel) throws -> Answer {
            guard mostStages >= 1 else { throw tooLate }
            let question = try SchemeQuestion(
                objective.asked, floor: floor,
                mostTestsPerPerson: wells.flatMap { wells in
                    people.map { Double(wells) / Double(max(1, $0)) }
                }, mostStages: mostStages)
            let search = try SchemeSearch(
                prevalence: prevalence ?? 0, sizes: range, model: model, question: question)
            guard let best = try search.best(ofStages: Array(1...mostStages)) else {
                throw Refusal(
                    .rule, "No scheme, not even individual testing, keeps to these limits.",
                    remedy: "Lower --floor, or find more wells or time.")
            }
            return Answer(best.scheme, best.characteristics, isAtEdge: best.isAtEdge, order: nil)
        }

        private var tooLate: Refusal {
            Refusal(
                .rule, "The time left is shorter than one round.",
                remedy: "Give --round-hours as your rounds take, or send the tubes on.")
        }

        private func forRisks(_ risks: [Double], _ model: TestModel) throws -> Answer {
            guard mostStages >= 1 else { throw tooLate }
            let search = try RiskSearch(
                risks: risks, mostPeople: min(range.upperBound, max(1, risks.count)), model: model,
                floor: floor)
            let single = try RiskSearch(risks: risks, mostPeople: 1, model: model, floor: floor)
            let found: RiskPartition?
            switch mostStages {
            case 3...: found = try search.threeStages()
            case 2: found = try search.twoStages()
            default: found = try single.twoStages()
            }
            guard let found else {
                throw Refusal(
                    .rule, "No pools, not even individual tests, keep to the floor.",
                    remedy: "Lower --floor.")
            }
            var people: [Characteristics] = []
            var start = 0
            let largest = try range.upperBound
            for pool in found.pools {
                let crowd = found.order[start..<start + pool.size].map { risks[$0] }
                people.append(
                    try Scheme.hierarchy([pool]).characteristics(
                        among: .risks(crowd),
                        accuracies: Array(
                            model.accuracies(first: pool.size, stages: pool.stages)
                                .prefix(pool.stages))))
                start += pool.size
            }
            return Answer(
                found.scheme, Characteristics(joining: people),
                isAtEdge: found.pools.contains { $0.size == largest },
                order: found.order)
        }

        private func riskList() throws -> [Double] {
            guard let risks else { return [] }
            guard risks.hasPrefix("@") else { return try numbers(risks, "--risks") }
            let name = String(risks.dropFirst())
            let lines = try readText(name).replacing("\u{FEFF}", with: "")
                .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            var values: [Double] = []
            for (index, line) in lines.enumerated() {
                for cell in line.split(separator: ",") {
                    let word = cell.filter { !$0.isWhitespace }
                    guard !word.isEmpty else { continue }
                    guard let value = Double(word), (0...1).contains(value) else {
                        throw Refusal(
                            .badData, "Line \(index + 1) of \(name) holds no risk from 0 to 1.",
                            remedy: "Write one risk a line.")
                    }
                    values.append(value)
                }
            }
            return values
        }

        private func text(_ answer: Answer) -> String {
            var lines = [
                "Best: \(answer.scheme)",
                "  tests a person          \(digits(answer.expectedTestsPerPerson))",
                "  share of positives found \(digits(answer.pse)) (PSe); the worst placed person's "
                    + "chance is \(digits(answer.leastSensitivity)), the floor \(digits(floor))",
                "  share of negatives cleared \(digits(answer.psp)) (PSp)",
                "  tests for one positive found \(digits(answer.testsPerPositiveFound))",
            ]
            if answer.isAtEdge {
                lines.append(
                    "  The first pool is as large or small as --sizes allows: a wider range may "
                        + "hold a better scheme.")
            }
            if let order = answer.order {
                lines.append(
                    "  people in the order of the pools, by line: "
                        + order.prefix(200).map { "\($0 + 1)" }.joined(separator: " ")
                        + (order.count > 200 ? " ... (all with --format json)" : ""))
            }
            return lines.joined(separator: "\n")
        }
    }
}

extension Pooling.Optimise.Answer {
    init(_ scheme: Scheme, _ figures: Characteristics, isAtEdge: Bool, order: [Int]?) {
        self.init(
            scheme: "\(scheme)", people: scheme.people, expectedTests: figures.tests,
            expectedTestsPerPerson: figures.testsPerPerson, pse: figures.sensitivity,
            leastSensitivity: figures.leastSensitivity, psp: figures.specificity,
            testsPerPositiveFound: figures.testsPerPositiveFound, isAtEdge: isAtEdge, order: order)
    }
}
