import ArgumentParser
import Foundation
import LabDomain
import LabOperations

extension Pooling {
    struct Advise: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "advise",
            abstract: "Say which ratio fits the positivity that the laboratory sees, and warn.",
            discussion: """
                By risk class and kind of well, from the laboratory's own first readings: the \
                share of positives with its 95 % interval, what each scheme that the programme \
                allows costs there, and a warning when the scheme in use has cost more than \
                another for a while. A find counts until the tests after it refute it. Retests and \
                the tubes of people called back are left out: they were chosen for being \
                suspicious.

                The warning is a cumulative sum over the results in their order: as long as the \
                scheme in use is clearly right, a false one comes once in 1,000 wells at most on \
                average.

                With --campaign FILE (sample_no,pool_no,pool_ct,individual_ct) a recorded campaign \
                is judged instead of the laboratory: prevalence from its pools alone, how far its \
                positives cluster, and the tests expected with and without that.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Option(help: "Look back so many hours.") var hours = 48
        @Option(help: "Judge this campaign instead of the laboratory.") var campaign: String?
        @Option(help: "With --campaign: the Ct up to which a sample's own test is positive.")
        var positiveAtMost = 37.0

        func validate() throws {
            guard (1...100_000).contains(hours) else {
                throw ValidationError("--hours lie between 1 and 100000.")
            }
            guard Cq(positiveAtMost) != nil else {
                throw ValidationError("--positive-at-most is a Ct from 0 to 100.")
            }
        }

        func run() throws {
            if let campaign { return try judge(campaign) }
            try session(options, output) { laboratory, handle in
                let now = Timestamp.now
                let advice = try laboratory.advise(
                    since: now.advanced(by: .hours(-hours)), as: handle, at: now)
                try show(advice, output, in: laboratory) { text($0) }
            }
        }

        private func judge(_ campaign: String) throws {
            try session(output) {
                let advice = try CampaignAdvice(
                    file: try read(campaign), positiveAtMost: Cq(positiveAtMost) ?? .latest)
                switch output.format {
                case .json: try printJSON(advice)
                case .text: print(text(advice))
                }
            }
        }

        private func text(_ advice: PoolingAdvice) -> String {
            guard !advice.lines.isEmpty else {
                return "No pool and no mixed tube was read in the last \(hours) hours."
            }
            let rows = advice.lines.map { line in
                [
                    line.risk.rawValue, line.kind == .pool ? "laboratory pools" : "mixed tubes",
                    line.scheme, "\(line.wells)", "\(line.positiveWells)", "\(line.refutedWells)",
                    percent(line.prevalence), "\(percent(line.low)) to \(percent(line.high))",
                    line.costs.map {
                        "\($0.scheme) \(String(format: "%.3f", $0.testsPerPerson))"
                    }.joined(separator: "  "),
                ]
            }
            let words = advice.lines.map { line in
                (line.warning == nil ? "" : "WARNING  ")
                    + "\(line.risk.rawValue), \(line.kind == .pool ? "pools" : "mixed tubes"): "
                    + line.advice.text
            }
            return table(
                [
                    "class", "wells of", "scheme", "wells", "found", "refuted", "prevalence",
                    "95 %", "tests a person",
                ], rows) + "\n" + words.joined(separator: "\n")
        }

        private func text(_ advice: CampaignAdvice) -> String {
            var rows = [
                ["pools", "\(advice.pools) with \(advice.people) people"],
                ["positive pools", "\(advice.positivePools)"],
                [
                    "prevalence from the pools alone",
                    "\(percent(advice.prevalence)), 95 % \(percent(advice.low)) to "
                        + percent(advice.high),
                ],
                [
                    "found by retests",
                    "\(advice.confirmed) people, \(percent(advice.confirmedShare))",
                ],
                [
                    "unconfirmed pools",
                    "\(advice.unconfirmedPools) of "
                        + "\(advice.pools - advice.confirmedPools - advice.unsettledPools) without "
                        + "a positive (\(percent(advice.falseAlarms)))",
                ],
            ]
            if advice.unsettledPools > 0 {
                rows.append([
                    "not settled",
                    "\(advice.unsettledPools) positive pools were not fully retested",
                ])
            }
            if let rho = advice.correlation, let low = advice.correlationLow,
                let high = advice.correlationHigh
            {
                rows.append([
                    "correlation in a pool",
                    String(format: "%.3f, 95 %% %.3f to %.3f", rho, low, high),
                ])
            }
            rows.append([
                "tests expected, independent people",
                String(format: "%.1f", advice.testsIfIndependent),
            ])
            rows.append([
                "tests expected, correlated people",
                advice.testsIfCorrelated.map { String(format: "%.1f", $0) } ?? "-",
            ])
            rows.append(["tests observed", "\(advice.observedTests)"])
            return table([], rows)
        }

        private func percent(_ share: Double) -> String {
            String(format: share < 0.001 ? "%.3f %%" : "%.2f %%", 100 * share)
        }
    }
}
