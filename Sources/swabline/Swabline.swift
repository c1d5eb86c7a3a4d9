import ArgumentParser

/// The command line of the laboratory.
@main
struct Swabline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "swabline",
        abstract: "The laboratory system for mass nucleic-acid testing.",
        discussion: """
            Every command works on one laboratory's database and acts as somebody: give --database \
            FILE and --as HANDLE, or set SWABLINE_DATABASE and SWABLINE_AS once.

            The way of a sample: manifest register, box receive, tube reject, pool form, plate \
            lay-out, run import, retest list, recollection list, review accept, release, report \
            export, feedback confirm. `trace` tells the whole story of one barcode.

            Exit codes: 0 done; 1 refused by a rule; 3 done, but a run's controls failed; 64 wrong \
            use; 65 faulty data; 66 not found;
            73 exists already; 74 file or database trouble; 75 busy, try again; 77 not permitted.
            """,
        version: "0.1.0",
        groupedSubcommands: [
            CommandGroup(
                name: "Set up",
                subcommands: [
                    Init.self, Person.self, Device.self, ProgrammeCommand.self, AssayCommand.self,
                    ReceiverCommand.self,
                ]),
            CommandGroup(name: "Screens", subcommands: [Serve.self]),
            CommandGroup(name: "Plan", subcommands: [Plan.self, JobCommand.self, Campaign.self]),
            CommandGroup(
                name: "The way of a sample",
                subcommands: [
                    Manifest.self, Box.self, Tube.self, Pool.self, Plate.self, Run.self,
                    Retest.self, Recollection.self, Review.self, ReleaseCommand.self,
                    ResultCommand.self, ReportCommand.self, Transcode.self, Feedback.self,
                ]),
            CommandGroup(
                name: "Overview",
                subcommands: [
                    Status.self, Clocks.self, Turnaround.self, AlertCommand.self, Task.self,
                    Controls.self, Trace.self, Audit.self,
                ]),
            CommandGroup(name: "Reading curves", subcommands: [Curves.self]),
            CommandGroup(name: "Choosing pools", subcommands: [Pooling.self]),
            CommandGroup(
                name: "Simulating",
                subcommands: [ScenarioCommand.self, Simulate.self, Queues.self]),
            CommandGroup(name: "Play", subcommands: [Demo.self, Rehearse.self]),
        ])
}
