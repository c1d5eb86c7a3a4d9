import ArgumentParser
import Foundation
import LabOperations
import LabPooling

extension Pooling {
    struct CharacteristicsCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "characteristics",
            abstract: "What schemes cost and what they miss.",
            discussion: """
                Schemes are written as their stages: 1 (individual tests), 10:1 or 10>1, 10>5>1, \
                11>5+5+1>1, 'pools(7+3)>1' (a block cut before anything is tested), '20>halve(4 \
                stages)>1', 8x8>1 and 64>8x8>1 (arrays), 20>sterrett, '20>sterrett(1)', \
                '20>sterrett(2)'. Quote them: the shell reads > as a file. With --risks a Sterrett \
                search tests people in the order given: the highest first.

                PSe is the share of positives that the scheme finds, PSp the share of negatives \
                that it clears; PPPV and PNPV are the shares of its positives and negatives that \
                are right. Individual tests are scheme 1, so that they can stand beside.
                """)

        enum Form: String, ExpressibleByArgument, CaseIterable {
            case text
            case json
            case svg
        }

        @OptionGroup var accuracy: AccuracyOptions
        @Argument(help: "One or more schemes.") var schemes: [String]
        @Option(help: "Prevalence, or several joined by commas.")
        var prevalence: String?
        @Option(help: "Individual risks in the order of the scheme, joined by commas.")
        var risks: String?
        @Option(help: "People of one household who stand together, with --correlation.")
        var cluster = 1
        @Option(help: "Correlation of any two people of a household, beta-binomial.")
        var correlation = 0.0
        @Option(help: "So many infected among the people of the scheme, drawn at random.")
        var infected: Int?
        @Option(help: "text, json, or svg: a picture over the prevalence.")
        var format: Form = .text

        /// One scheme among some people.
        struct Answer: Encodable {
            let scheme: String
            let people: Int
            let prevalence: Double?
            let expectedTests: Double
            let expectedTestsPerPerson: Double
            let variance: Double?
            let pse: Double?
            let psp: Double?
            let pppv: Double?
            let pnpv: Double?
            let testsPerPositiveFound: Double?
        }

        private static let sweep = (0...120).map { pow(10, -4 + 3.5 * Double($0) / 120) }

        func validate() throws {
            let ways = [prevalence != nil, risks != nil, infected != nil].count { $0 }
            guard ways == 1 || (ways == 0 && format == .svg) else {
                throw ValidationError("Give one of --prevalence, --risks and --infected.")
            }
            guard format != .svg || ways == 0 else {
                throw ValidationError(
                    "The picture runs over the prevalence; leave out --prevalence, --risks and "
                        + "--infected.")
            }
            guard cluster >= 1 else { throw ValidationError("--cluster is at least 1.") }
            guard (correlation == 0) == (cluster == 1) else {
                throw ValidationError("--cluster and --correlation belong together.")
            }
            guard cluster == 1 || (risks == nil && infected == nil) else {
                throw ValidationError(
                    "Households are computed with one --prevalence, not with --risks or --infected."
                )
            }
            if let prevalence {
                for value in try numbers(prevalence, "--prevalence") where !(0...1).contains(value)
                {
                    throw ValidationError("--prevalence lies between 0 and 1.")
                }
            }
        }

        func run() throws {
            let output = try OutputOptions.parse(format == .json ? ["--format", "json"] : [])
            try pooling(output) {
                let read = try schemes.map { (text: $0, scheme: try Scheme($0)) }
                let accuracies = try accuracy.accuracies()
                if let warning = accuracy.warning { note(warning) }
                switch format {
                case .svg: print(try picture(read, accuracies))
                case .json: try printJSON(try answers(read, accuracies))
                case .text: print(text(try answers(read, accuracies)))
                }
            }
        }

        private func crowds(_ scheme: Scheme) throws -> [(Double?, Crowd)] {
            if let risks { return [(nil, .risks(try numbers(risks, "--risks")))] }
            if let infected { return [(nil, .drawn(people: scheme.people, infected: infected))] }
            return try numbers(prevalence ?? "", "--prevalence").map { ($0, crowd(scheme, $0)) }
        }

        private func crowd(_ scheme: Scheme, _ prevalence: Double) -> Crowd {
            guard cluster > 1 else { return .alike(scheme.people, prevalence: prevalence) }
            return .clusters(
                people: scheme.people, prevalence: prevalence, size: cluster,
                .betaBinomial(correlation: correlation))
        }

        private func answers(
            _ schemes: [(text: String, scheme: Scheme)], _ accuracies: [Accuracy]
        ) throws -> [Answer] {
            try schemes.flatMap { text, scheme in
                try crowds(scheme).map { prevalence, crowd in
                    let figures = try scheme.characteristics(
                        among: crowd, accuracies: fitting(scheme, accuracies))
                    return Answer(
                        scheme: text, people: scheme.people, prevalence: prevalence,
                        expectedTests: figures.tests,
                        expectedTestsPerPerson: figures.testsPerPerson,
                        variance: figures.variance, pse: figures.sensitivity,
                        psp: figures.specificity, pppv: figures.positivePredictiveValue,
                        pnpv: figures.negativePredictiveValue,
                        testsPerPositiveFound: figures.testsPerPositiveFound)
                }
            }
        }

        /// Beside longer schemes a shorter one takes the first accuracies and the last.
        private func fitting(_ scheme: Scheme, _ accuracies: [Accuracy]) -> [Accuracy] {
            guard schemes.count > 1, accuracies.count > scheme.stages, let last = accuracies.last
            else { return accuracies }
            return accuracies.prefix(scheme.stages - 1) + [last]
        }

        private func text(_ answers: [Answer]) -> String {
            table(
                [
                    "scheme", "people", "prevalence", "tests", "a person", "sd", "PSe", "PSp",
                    "PPPV",
                    "PNPV", "tests a positive found",
                ],
                answers.map {
                    [
                        $0.scheme, "\($0.people)", digits($0.prevalence), digits($0.expectedTests),
                        digits($0.expectedTestsPerPerson), digits($0.variance?.squareRoot(), 4),
                        digits($0.pse), digits($0.psp), digits($0.pppv), digits($0.pnpv),
                        digits($0.testsPerPositiveFound, 4),
                    ]
                })
        }

        private func picture(
            _ schemes: [(text: String, scheme: Scheme)], _ accuracies: [Accuracy]
        ) throws -> String {
            var tests: [LineChart.Line] = []
            var found: [LineChart.Line] = []
            for (text, scheme) in schemes {
                let figures = try Self.sweep.map { prevalence in
                    try scheme.characteristics(
                        among: crowd(scheme, prevalence), accuracies: fitting(scheme, accuracies))
                }
                tests.append(
                    LineChart.Line(
                        name: text,
                        points: zip(Self.sweep, figures.map(\.testsPerPerson)).map { ($0, $1) }))
                found.append(
                    LineChart.Line(
                        name: text,
                        points: zip(Self.sweep, figures.map { $0.sensitivity ?? 0 }).map {
                            ($0, $1)
                        }))
            }
            return LineChart(
                title: "What the schemes cost and miss", across: "prevalence",
                panels: [
                    LineChart.Panel(title: "tests a person", lines: tests, marks: [1]),
                    LineChart.Panel(
                        title: "share of positives found (PSe)", lines: found, marks: []),
                ]
            ).svg
        }
    }
}
