import ArgumentParser
import LabOperations
import LabPooling

extension Pooling {
    struct Decode: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "decode",
            abstract: "What pool and member results say of each member, and what to test next.",
            discussion: """
                The file is CSV with the columns test,kind,members,result: kind is single, pool or \
                mixed; members are names joined by blanks; result is detected, not-detected, grey \
                or invalid. A grey pool counts as detected, a grey single test as nothing yet. Any \
                pools may overlap, as rows and columns of an array do.

                Everybody gets the chance of being positive after all results (Bayes' rule, exact) \
                and a named outcome: negative, positive, awaiting-retest, awaiting-recollection, \
                invalid, or discordant: in a positive pool all of whose members are cleared, or \
                with results that contradict each other.
                """)

        @OptionGroup var output: OutputOptions
        @Argument(help: "The CSV file, or - for standard input.") var results: String
        @Option(help: "Prevalence before the results.") var prevalence: Double
        @Option(help: "Sensitivity of a pool.") var poolSe = 0.95
        @Option(help: "Specificity of a pool.") var poolSp = 0.995
        @Option(help: "Sensitivity of a single test.") var singleSe = 0.99
        @Option(help: "Specificity of a single test.") var singleSp = 0.999
        @Option(help: "People in one of the next wells at most.") var size = 5
        @Option(help: "Least chance of being found that the next wells must keep.")
        var floor = 0.85
        @Option(help: "Above this chance of being positive nobody is called negative.")
        var doubt = 0.05

        func validate() throws {
            for (value, option) in [
                (prevalence, "--prevalence"), (floor, "--floor"), (doubt, "--doubt"),
            ] where !(0...1).contains(value) {
                throw ValidationError("\(option) lies between 0 and 1.")
            }
            guard (1...100).contains(size) else {
                throw ValidationError("--size lies between 1 and 100.")
            }
            guard poolSe + poolSp > 1, singleSe + singleSp > 1 else {
                throw ValidationError(
                    "A test tells nothing when its sensitivity and specificity add to 1 or less.")
            }
        }

        func run() throws {
            try pooling(output) {
                let table = try ResultTable(try read(results))
                let decoded = try table.decode(
                    prevalence: prevalence,
                    pool: Accuracy(sensitivity: poolSe, specificity: poolSp),
                    single: Accuracy(sensitivity: singleSe, specificity: singleSp),
                    mostPeople: size, floor: floor, doubt: doubt)
                switch output.format {
                case .json: try printJSON(decoded)
                case .text: print(text(decoded))
                }
            }
        }

        private func text(_ decoded: ResultTable.Decoded) -> String {
            let rows = decoded.members.map {
                [$0.member, $0.outcome.rawValue, digits($0.posterior, 4)]
            }
            let next =
                decoded.nextTests.isEmpty
                ? "Nothing is left to test."
                : "Test next (\(digits(decoded.expectedTests, 4)) tests are expected until all are "
                    + "known):\n"
                    + decoded.nextTests.map {
                        "  \($0.members.joined(separator: " "))   reads positive with "
                            + "probability \(digits($0.positive, 3))"
                    }.joined(separator: "\n")
            return table(["member", "outcome", "P(positive)"], rows) + "\n" + next
        }
    }
}
