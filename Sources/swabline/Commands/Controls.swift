import ArgumentParser
import LabDomain
import LabOperations

/// The controls of the laboratory's runs over time.
struct Controls: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "controls",
        abstract: "Watch the controls of the runs over time.", subcommands: [Chart.self])

    struct Chart: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "chart",
            abstract: "Levey-Jennings charts of the controls, judged by Westgard's rules.",
            discussion: """
                One chart for each control, target, kit, lot and instrument. Its limits are the \
                mean and standard deviation of the first 20 readings in control, or those that the \
                settings name. o makes the limits, ! warns (1-2s), X rejects (1-3s, 2-2s, R-4s, \
                4-1s, 10x), ? had no Cq.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Option(help: "Charts of one kit: first or second.") var kit: KitRole?
        @Option(help: "Charts of one target.") var target: String?
        @Option(help: "Charts of one control: weak-positive, kit-positive, negative, kit-negative.")
        var control: ControlKind?
        @Option(help: "Charts of one lot.") var lot: String?
        @Option(help: "Charts of one instrument.") var instrument: String?

        func run() throws {
            try session(options, output) { laboratory, handle in
                var filter = ControlChartFilter()
                filter.kit = kit
                filter.target = target
                filter.control = control
                filter.lot = lot
                filter.instrument = instrument
                try show(
                    try laboratory.controlCharts(filter, as: handle), output, in: laboratory,
                    text: text)
            }
        }

        private func text(_ charts: ControlCharts) -> String {
            guard !charts.charts.isEmpty else { return "No run has read such a control yet." }
            var parts = charts.charts.map { LeveyJennings($0).text }
            if !charts.runs.isEmpty {
                let rows = charts.runs.map { run in
                    [
                        run.run.text, run.plate.text, run.state,
                        run.rules.isEmpty
                            ? "controls failed" : run.rules.map(\.rawValue).joined(separator: ", "),
                    ]
                }
                parts.append(
                    "Runs that a rule rejects, and runs that were stopped, the latest first:\n"
                        + swabline.table(["run", "plate", "state", "rules"], rows))
            }
            return parts.joined(separator: "\n\n")
        }
    }
}

extension ControlKind: ExpressibleByArgument {}
