import ArgumentParser
import LabDomain
import LabOperations

/// The second person's look at a run.
struct Review: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Review runs: by somebody else than the one who imported them.",
        subcommands: [List.self, Accept.self, Refuse.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Runs that wait for review.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            try session(options, output) { laboratory, handle in
                let zone = try laboratory.rules().settings.zone
                try show(try laboratory.reviews(as: handle), output, in: laboratory) { reviews in
                    guard !reviews.isEmpty else { return "No run waits for review." }
                    return table(
                        ["plate", "run", "entered by", "read", "answers", "detected"],
                        reviews.map {
                            [
                                $0.plate.text, $0.run.text, $0.enteredBy,
                                zone.minuteText($0.readAt), "\($0.answers)", "\($0.detected)",
                            ]
                        })
                }
            }
        }
    }

    struct Accept: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "accept", abstract: "Accept a plate's run.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The plate.") var plate: String

        func run() throws {
            try perform(
                ReviewRun(plate: PlateID(plate.uppercased())), options, keys, output
            ) { answer in
                "Run \(answer.run) accepted: \(count(answer.reviewed, "answer")) may be released"
                    + (answer.detected.isEmpty
                        ? "."
                        : ", \(answer.detected.count) of them detected: "
                            + answer.detected.map(\.text).joined(separator: " "))
            }
        }
    }

    struct Refuse: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "refuse",
            abstract: "Refuse a plate's run; its tests are done again.",
            discussion: """
                What the run led to is taken back. It can be refused only before it is accepted, \
                and while nothing of that has moved on: no retest plated, no recollection ended.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The plate.") var plate: String

        func run() throws {
            try perform(
                RefuseRun(plate: PlateID(plate.uppercased())), options, keys, output
            ) { "Run \($0.run) refused; \(count($0.testsAgain, "test")) wait again." }
        }
    }
}

/// Giving answers out.
struct ReleaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Release reviewed answers: negatives in bulk, positives by name.",
        subcommands: [List.self, Negatives.self, Tubes.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Reviewed answers that wait to be released.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            try session(options, output) { laboratory, handle in
                try show(try laboratory.releases(as: handle), output, in: laboratory) { list in
                    guard !list.isEmpty else { return "No reviewed answer waits." }
                    return table(
                        ["tube", "outcome", "people", "box", "plate", "entered by"],
                        list.map {
                            [
                                $0.tube.text, $0.outcome.rawValue, "\($0.people)", $0.box.text,
                                $0.plate.text, $0.enteredBy,
                            ]
                        })
                }
            }
        }
    }

    struct Negatives: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "negatives",
            abstract: "Release every reviewed negative that somebody else entered.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            try perform(Release(.negatives), options, keys, output, text: words)
        }
    }

    struct Tubes: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "tubes",
            abstract: "Release the answers of these tubes, positive or not.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The tubes' barcodes.") var barcodes: [String]

        func run() throws {
            try perform(Release(.tubes(barcodes)), options, keys, output, text: words)
        }
    }

    private static func words(_ answer: Release.Answer) -> String {
        "\(count(answer.tubes.count, "answer")) released for \(answer.people) people, "
            + "\(answer.detected) detected; \(answer.left) reviewed ones left."
    }
}

/// Messages to the health authority.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Write reports to the health authority and send them.",
        subcommands: [
            SendReports.self, ListReports.self, HeldReports.self, RejectedReports.self,
            ResendReport.self, ShowReport.self, Export.self, CheckReport.self, InventReports.self,
            CertificateCommand.self, CheckCertificate.self, CertificateKey.self,
        ])

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Write a message for each released answer that is not reported yet.",
            discussion: """
                HL7 v2.5.1 ORU^R01, one message a person, each checked against the schema before \
                it is written; positives first. v2.xml and ER7 give each message a file of its \
                own, er7-batch files of up to 200 between FHS and FTS. fhir-xml and fhir-json give \
                each report a message Bundle of FHIR R4, fhir-ndjson files of up to 200, one a \
                line.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The folder to write to; it is made when it is missing.")
        var directory: String
        @Option(help: "How messages are encoded: \(ReportForm.names).")
        var encoding: ReportForm = .xml
        @Flag(help: "Write the messages that were written before once more, byte for byte.")
        var again = false
        @Option(
            help: """
                A file in YAML that says which columns or keys are written: results.csv, .json or \
                .ndjson, for receivers without a standard. Nothing is recorded.
                """)
        var mapping: String?
        @Option(help: "With --mapping: the day of the release, such as 2021-07-30.")
        var day: String?
        @Flag(
            help: """
                Write the results of the environment instead, as FHIR or by --mapping; nothing is \
                recorded.
                """
        )
        var environment = false

        func validate() throws {
            if environment && again {
                throw ValidationError("--environment records nothing: leave --again out.")
            }
            if day != nil, mapping == nil {
                throw ValidationError("--day goes with --mapping.")
            }
            if let day, CalendarDay(text: day) == nil {
                throw ValidationError("--day is a day such as 2021-07-30.")
            }
        }

        func run() throws {
            if let mapping { return try exportMapped(by: mapping) }
            if environment { return try exportEnvironment() }
            try session(options, output) { laboratory, handle in
                let answer = try laboratory.exportReports(
                    to: directory, form: encoding, again: again, as: handle, at: .now
                ) { written in if written >= 200 { note("\(written) reports so far") } }
                try show(answer, output, in: laboratory) { answer in
                    var lines = [
                        "\(count(answer.written, "report")) written to \(answer.directory)."
                    ]
                    if answer.environmental > 0 {
                        lines.append(
                            "\(count(answer.environmental, "result")) of the environment have no "
                                + "place in this profile and were not written.")
                    }
                    for held in answer.held {
                        lines.append(
                            "HELD \(held.tube), \(held.person): "
                                + held.reasons.map(\.text).joined(separator: "; "))
                    }
                    return lines.joined(separator: "\n")
                }
                if !answer.held.isEmpty { throw ExitCode(65) }
            }
        }

        private func exportMapped(by mapping: String) throws {
            try session(options, output) { laboratory, handle in
                let choice = MappedChoice(
                    isEnvironment: environment, day: day.flatMap { CalendarDay(text: $0) })
                let answer = try laboratory.exportMapped(
                    to: directory, mapping: try readText(mapping), named: mapping, choice,
                    as: handle
                ) { written in if written >= 500 { note("\(written) results so far") } }
                try show(answer, output, in: laboratory) { answer in
                    let held = answer.held.map {
                        "HELD \($0.tube): \($0.reasons.map(\.text).joined(separator: "; "))"
                    }
                    return
                        (["\(count(answer.written, "result")) written to \(answer.file)."]
                        + held).joined(separator: "\n")
                }
                if !answer.held.isEmpty { throw ExitCode(65) }
            }
        }

        private func exportEnvironment() throws {
            try session(options, output) { laboratory, handle in
                let answer = try laboratory.exportEnvironment(
                    to: directory, form: encoding, as: handle)
                try show(answer, output, in: laboratory) { answer in
                    let head =
                        "\(count(answer.written, "result")) of the environment written to "
                        + "\(answer.directory)."
                    let held = answer.held.map {
                        "HELD \($0.tube): \($0.reasons.map(\.text).joined(separator: "; "))"
                    }
                    return ([head] + held).joined(separator: "\n")
                }
                if !answer.held.isEmpty { throw ExitCode(65) }
            }
        }
    }
}

extension ReportForm {
    /// The names of all forms, for the help.
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

/// The sending unit's side.
struct Feedback: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feedback",
        abstract: "Give a sending unit its results, and record that it has them.",
        subcommands: [Confirm.self, FeedbackFile.self])

    struct Confirm: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "confirm",
            abstract: "The unit has what is ready of a box: its feedback clocks stop for good.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The box.") var box: String

        func run() throws {
            try perform(ConfirmFeedback(box: box), options, keys, output) {
                "Box \($0.box): the unit knows of \(count($0.delivered, "tube")) (results, "
                    + "rejections and call-backs); \($0.waiting) still wait."
            }
        }
    }
}
