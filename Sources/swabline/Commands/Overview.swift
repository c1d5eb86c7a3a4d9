import ArgumentParser
import LabDomain
import LabOperations

/// The laboratory in numbers.
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the laboratory in numbers: what is there and what waits.")
    @OptionGroup var options: LaboratoryOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try session(options, output) { laboratory, handle in
            try show(try laboratory.wholeStatus(as: handle), output, in: laboratory) { whole in
                let status = whole.laboratory
                let rows: [(String, String)] = [
                    ("people", "\(status.people)"),
                    (
                        "tubes",
                        "\(status.tubes): \(status.mixedTubes) mixed, "
                            + "\(status.singleTubes) single, "
                            + "\(status.environmentalTubes) of the environment"
                    ),
                    ("  not received yet", "\(status.tubesExpected)"),
                    ("  rejected", "\(status.tubesRejected)"),
                    (
                        "laboratory pools",
                        "\(status.pools): \(status.poolsConfirmed) confirmed, "
                            + "\(status.poolsUnconfirmed) unconfirmed, \(status.poolsOpen) open"
                    ),
                    ("  smaller pools", "\(status.smallerPools), cut out of positive ones"),
                    ("wells run", "\(status.wells)"),
                    (
                        "tests waiting for a plate",
                        "\(status.testsWaiting), \(status.retestsWaiting) ahead of routine work"
                    ),
                    ("plates waiting for their run", "\(status.platesWaitingForRun)"),
                    ("runs waiting for review", "\(status.runsToReview)"),
                    ("invalid or refused runs", "\(status.runsInvalid)"),
                    ("answers not released", "\(status.answersToRelease)"),
                    ("answers released", "\(status.answersReleased)"),
                    ("people detected", "\(status.peopleDetected)"),
                    ("recollections open", "\(status.recollectionsOpen)"),
                    ("tasks open", "\(status.tasksOpen)"),
                    ("reports written", "\(status.reports)"),
                ]
                let outbox = whole.outbox.map { counts in
                    (
                        "messages to \(counts.receiver)",
                        "\(counts.waiting) waiting, \(counts.accepted) accepted, "
                            + "\(counts.rejected) rejected, \(counts.held) held"
                    )
                }
                return table([], (rows + outbox).map { [$0.0, $0.1] })
            }
        }
    }
}

/// What is due, late and closed.
struct Clocks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clocks",
        abstract: "Show what is due, late and closed, and tell why something was late.",
        subcommands: [Show.self, Explain.self], defaultSubcommand: Show.self)

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "What is due, late and closed, by batch, the most pressing first.",
            discussion: """
                A clock runs from its start event to its stop event, as the programme in force \
                says. The feedback clock rests at release until delivery is known (`awaiting \
                delivery`); confirm it with swabline feedback confirm BOX.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Flag(help: "Only batches with a clock that has not stopped.") var open = false

        func run() throws {
            try session(options, output) { laboratory, handle in
                let zone = try laboratory.rules().settings.zone
                let board = try laboratory.clocks(at: .now, openOnly: open, as: handle)
                try show(board, output, in: laboratory) { words(of: $0, in: zone) }
            }
        }
    }

    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain",
            abstract: "Tell why a clock of a batch was not kept; the last word counts.",
            discussion: """
                Causes: \(BreachCause.allCases.map(\.rawValue).joined(separator: ", ")). `other` \
                needs a note.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The clock, such as feedback.") var rule: String
        @Argument(help: "The batch: the box.") var box: String
        @Option(help: "Why.") var cause: BreachCause
        @Option(help: "More about it, without names of people: 300 characters at most.")
        var note: String = ""

        func run() throws {
            try perform(
                ExplainBreach(box: box, rule: rule, cause: cause, note: note), options, keys,
                output
            ) {
                "Clock \($0.rule) of \($0.box), \($0.late) late: \($0.cause.meaning)."
            }
        }
    }
}

/// The board as text.
func words(of board: ClockBoard, in zone: Zone) -> String {
    let rules = board.rules.map { rule in
        "\(rule.name): from \(rule.starts.rawValue) to \(rule.stops.rawValue), "
            + (rule.limitMinutes.map { "within \(Span.minutes($0).text)" } ?? "no limit")
    }
    let rows = board.batches.map { line in
        [
            line.rule, line.box.text, line.unit, zone.minuteText(line.started),
            zone.minuteText(line.due),
            line.running + line.late > 0 ? Span.minutes(line.minutesLeft).text : "",
            "\(line.running)", "\(line.late)", "\(line.awaitingDelivery)", "\(line.closedInTime)",
            "\(line.closedLate)",
            line.cause?.rawValue ?? (line.late + line.closedLate > 0 ? "not told" : ""),
        ]
    }
    return rules.joined(separator: "\n") + "\n\n"
        + table(
            [
                "clock", "batch", "unit", "started", "due", "left", "running", "late",
                "awaiting delivery", "closed in time", "closed late", "cause",
            ], rows)
}

/// Named work.
struct Task: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "task",
        abstract: "List and close named work that is not a test.",
        subcommands: [List.self, Close.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Tasks that are open.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Flag(help: "Also those that are closed.") var all = false

        func run() throws {
            try session(options, output) { laboratory, handle in
                let tasks = try laboratory.tasks(onlyOpen: !all, as: handle)
                try show(tasks, output, in: laboratory) { tasks in
                    guard !tasks.isEmpty else { return "No task is open." }
                    return table(
                        ["task", "about", "what is to be done", "state"],
                        tasks.map { [$0.task.text, $0.about, $0.work.text, $0.state] })
                }
            }
        }
    }

    struct Close: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "close", abstract: "Report a task as done.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The task.") var task: String
        @Option(help: "What was done, without names of people.") var done: String

        func run() throws {
            try perform(
                CloseTask(task: TaskID(task.uppercased()), done: done), options, keys, output
            ) { "Task \($0.task) about \($0.about) is done." }
        }
    }
}

/// The story of one thing.
struct Trace: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Tell the whole story of a tube, pool, plate, box, recollection or person.",
        discussion: "People appear by their identifiers alone.")
    @OptionGroup var options: LaboratoryOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The barcode or identifier.") var code: String

    func run() throws {
        try session(options, output) { laboratory, handle in
            let zone = try laboratory.rules().settings.zone
            try show(try laboratory.story(of: code, as: handle), output, in: laboratory) {
                table(
                    ["when", "who", "about", "what"],
                    $0.map { [zone.minuteText($0.at), $0.actor, $0.subject, $0.what.text] })
            }
        }
    }
}

/// Proof that nothing was lost or changed.
struct Audit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Prove the database: chain of facts, tables, conservation, file.",
        discussion: """
            Follows the hash chain, builds every table anew from the facts and compares, looks for \
            breaches of conservation, and checks the file. Exit code 1 when anything is wrong.
            """)
    @OptionGroup var options: LaboratoryOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try session(options, output) { laboratory, handle in
            let report = try laboratory.audit(as: handle) { note("\($0) facts followed") }
            try show(report, output, in: laboratory) { report in
                ([
                    "\(report.facts) facts; chain "
                        + (report.brokenAt.map { "BROKEN at fact \($0)" }
                            ?? "whole, ends with \(report.head.prefix(16))"),
                    "tables, views and triggers: "
                        + (report.schemaDiffers.isEmpty
                            ? "as made"
                            : "CHANGED: " + report.schemaDiffers.joined(separator: ", ")),
                    "tables rebuilt from the facts: "
                        + (!report.schemaDiffers.isEmpty
                            ? "not compared"
                            : report.tablesThatDiffer.isEmpty
                                ? "equal"
                                : "DIFFER in " + report.tablesThatDiffer.joined(separator: ", ")),
                    "conservation: "
                        + (!report.schemaDiffers.isEmpty
                            ? "not looked at"
                            : report.violations.isEmpty ? "holds" : "VIOLATED"),
                ] + report.violations.map { "  \($0.rule) \($0.thing): \($0.what)" }
                    + ["file: \(report.file)"]).joined(separator: "\n")
            }
            if !report.isSound { throw ExitCode(1) }
        }
    }
}
