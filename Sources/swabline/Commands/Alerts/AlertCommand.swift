import ArgumentParser
import Foundation
import LabDomain
import LabOperations

/// Who is told what will be late, and who has seen it.
struct AlertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alert",
        abstract: "What those on duty must know, who has seen it, and who is told.",
        discussion: """
            Alerts are raised at half of a clock's limit, when the forecast turns bad, when a \
            limit was passed, and when the server's clock jumped: once for each box and rule, \
            however many tubes it holds. `swabline serve` looks each minute and after each event; \
            without it `alert check` does so once.
            """,
        subcommands: [
            List.self, Acknowledge.self, AlertCheckCommand.self, Test.self, Messages.self,
            Settings.self, Adopt.self,
        ], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The open alerts.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Flag(help: "The last ones too that are closed, the newest first.") var all = false
        @Flag(help: "Those that wait for you: on duty, told, not acknowledged.") var mine = false

        func run() throws {
            try session(options, output) { laboratory, handle in
                let zone = try laboratory.rules().settings.zone
                let alerts = try laboratory.alerts(onlyOpen: !all, at: .now, as: handle)
                    .filter { !mine || $0.isMine }
                try show(alerts, output, in: laboratory) { Self.text($0, zone) }
            }
        }

        private static func text(_ alerts: [AlertLine], _ zone: Zone) -> String {
            guard !alerts.isEmpty else { return "No alert." }
            return table(
                ["alert", "kind", "box", "clock", "tubes", "limit", "raised", "step", ""],
                alerts.map { line in
                    [
                        line.alert.text, line.kind.rawValue, line.box?.text ?? "-",
                        line.rule ?? "-", "\(line.tubes)", line.due.map(zone.minuteText) ?? "-",
                        zone.minuteText(line.raised), "\(line.step)", note(line),
                    ]
                })
        }

        private static func note(_ line: AlertLine) -> String {
            var notes: [String] = line.state == .open ? [] : [line.state.rawValue]
            if let by = line.acknowledgedBy { notes.append("seen by \(by)") }
            if line.needsCause { notes.append("needs a cause") }
            if line.state == .open, line.step == 0 { notes.append("nobody is on duty") }
            return notes.joined(separator: ", ")
        }
    }

    struct Acknowledge: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that you have seen an alert and see to it; nobody further is told.",
            discussion: """
                A breach is closed when its cause is told too (here, or by clocks --explain on the \
                box) and none of its clocks runs late any more.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The alert.") var alert: String
        @Option(help: "Of a breach: its cause.") var cause: BreachCause?
        @Option(help: "Words to the cause, without names of people.") var note = ""

        func run() throws {
            try perform(
                AcknowledgeAlert(alert: alert, cause: cause, note: note), options, keys, output
            ) {
                "\($0.alert) (\($0.kind.rawValue)) acknowledged"
                    + ($0.isClosed ? " and closed." : ".")
                    + ($0.needsCause ? " It waits for its cause: --cause." : "")
            }
        }
    }

    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a word of no meaning over each channel.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Option(help: "One channel; without it each.") var channel: String?

        func run() throws {
            try session(options, output) { laboratory, handle in
                let id = "TEST-\(UUID().uuidString)"
                let tests = try laboratory.testChannels(channel, id: id, at: .now, as: handle) {
                    Environment[$0]
                }
                try show(tests, output, in: laboratory) { tests in
                    tests.map { "\($0.channel): \($0.answer.text)" }.joined(separator: "\n")
                }
                if tests.contains(where: { !$0.arrived }) { throw ExitCode(75) }
            }
        }
    }

    struct Messages: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What channels were told, the newest first.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Option(help: "Messages at most.") var limit = 50

        func run() throws {
            try session(options, output) { laboratory, handle in
                let zone = try laboratory.rules().settings.zone
                let messages = try laboratory.alertMessages(limit: max(1, limit), as: handle)
                try show(messages, output, in: laboratory) { messages in
                    messages.isEmpty
                        ? "No message."
                        : table(
                            ["message", "channel", "alerts", "made", "state", "tries", "answer"],
                            messages.map {
                                [
                                    $0.message.text, $0.channel, "\($0.alerts)",
                                    zone.minuteText($0.made), $0.state, "\($0.tries)",
                                    $0.answer ?? "",
                                ]
                            })
                }
            }
        }
    }

    struct Settings: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print who is told of what as YAML, to read or to start from.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Flag(help: "Print the settings that come with swabline.") var shipped = false

        func run() throws {
            guard !shipped else {
                return try session(output) { print(try Laboratory.shippedAlerting()) }
            }
            try session(options, output) { laboratory, handle in
                print(try laboratory.alertingText(as: handle))
            }
        }
    }

    struct Adopt: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say who is told of what, over which channels.",
            discussion: "Breaches of which the limit had passed before the first time stay untold.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "YAML file, or - for standard input.") var file: String

        func run() throws {
            var text = ""
            try session(output) { text = try readText(file) }
            try perform(AdoptAlerting(text: text), options, keys, output) {
                "\(count($0.duty, "line")) of duty; channels: screen"
                    + $0.channels.map { ", \($0)" }.joined() + "."
            }
        }
    }
}
