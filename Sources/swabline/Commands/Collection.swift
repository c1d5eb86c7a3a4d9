import ArgumentParser
import Foundation
import LabDomain
import LabOperations

/// Tubes and people as sampling sites hand them in.
struct Manifest: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Register tubes and people from a manifest (CSV).",
        discussion: """
            One line a person, or a specimen of the environment. Columns in any order, in English
            or Chinese; UTF-8 with or without byte-order mark, GBK, or UTF-16 from a spreadsheet.
            `swabline manifest template` prints an example.
            """,
        subcommands: [Register.self, Check.self, Template.self, Invent.self])

    struct Register: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Register a manifest; by default all of it or nothing.",
            discussion: """
                Every faulty line is reported with line, column and what to do (exit code 65). The
                same file registered again changes nothing and gives the first answer. A person
                with an open recollection is linked to the new tube when it is a single one.
                """)

        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The CSV file, or - for standard input.") var file: String
        @Flag(help: "Register the tubes without a faulty line; a tube is taken whole or not.")
        var goodRowsOnly = false
        @Option(help: "Write the lines left out here, with two more columns: fault, what_to_do.")
        var rejects: String?

        func run() throws {
            try session(options, output) { laboratory, handle in
                let bytes = try read(file)
                let command = RegisterManifest(
                    file: bytes, mode: goodRowsOnly ? .goodRowsOnly : .allOrNothing)
                do {
                    let done = try laboratory.perform(
                        command, as: handle, key: keys.key, at: .now)
                    if done.isRepeated { note("Registered before; nothing was changed.") }
                    try write(
                        rejectsOf: bytes, done.answer.faults.map { Refusal.Place($0) },
                        heldBack: done.answer.heldBack)
                    try show(done.answer, output, in: laboratory, text: text)
                } catch let refusal as Refusal {
                    try write(rejectsOf: bytes, refusal.places, heldBack: [])
                    throw refusal
                }
            }
        }

        private func text(_ answer: RegisterManifest.Answer) -> String {
            var lines = [
                "Manifest \(answer.manifest): \(count(answer.tubes, "tube")) with "
                    + "\(answer.people) people registered."
            ]
            if answer.recollections > 0 {
                lines.append("\(count(answer.recollections, "recollection")) closed by it.")
            }
            if !answer.faults.isEmpty {
                lines.append(
                    "Left out: \(count(Set(answer.faults.map(\.line)).count, "faulty line")), and "
                        + "\(count(answer.heldBack.count, "good line")) of the same tubes.")
                lines += answer.faults.map { "  " + words(of: Refusal.Place($0)) }
            }
            return lines.joined(separator: "\n")
        }

        private func write(
            rejectsOf bytes: [UInt8], _ places: [Refusal.Place], heldBack: [Int]
        ) throws {
            guard let rejects, !places.isEmpty else { return }
            try writeWhole(
                Laboratory.rejects(of: bytes, places: places, heldBack: heldBack), to: rejects)
            note("The lines left out are in \(rejects): mend them and hand that file in.")
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read a manifest and report every faulty line; nothing is stored.")

        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The CSV file, or - for standard input.") var file: String
        @Option(help: "Write the faulty lines here, with two more columns: fault, what_to_do.")
        var rejects: String?

        func run() throws {
            try session(options, output) { laboratory, handle in
                let bytes = try read(file)
                let check = try laboratory.check(manifest: bytes, as: handle, at: .now)
                if let rejects, !check.faults.isEmpty {
                    let places = check.faults.map { Refusal.Place($0) }
                    try writeWhole(
                        Laboratory.rejects(of: bytes, places: places, heldBack: check.heldBack),
                        to: rejects)
                }
                try show(check, output, in: laboratory) { check in
                    (["\(count(check.tubes, "whole tube")), \(count(check.faults.count, "fault"))."]
                        + check.faults.map { "  " + words(of: Refusal.Place($0)) })
                        .joined(separator: "\n")
                }
                if !check.faults.isEmpty { throw ExitCode(65) }
            }
        }
    }

    struct Template: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print an example manifest to start from.",
            discussion: "kind: 1:1, 5:1, 10:1, 20:1 or environment. risk: low, medium, high, key.")

        func run() throws {
            FileHandle.standardOutput.write(Data(Laboratory.manifestTemplate))
        }
    }

    struct Invent: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a manifest of invented people, for training and tests.",
            discussion: "No invented number can belong to a person: its area was never assigned.")

        @Option(help: "How many tubes.") var tubes = 10
        @Option(help: "People in each: 1, 5, 10 or 20.") var people = 10
        @Option(help: "The same seed invents the same people.") var seed: UInt64 = 1
        @Option(help: "Tubes in each box.") var box = 40

        func validate() throws {
            guard [1, 5, 10, 20].contains(people) else {
                throw ValidationError("A tube holds 1, 5, 10 or 20 people.")
            }
            guard (1...200_000).contains(tubes), (1...1_000).contains(box) else {
                throw ValidationError("Ask for 1 to 200,000 tubes in boxes of 1 to 1,000.")
            }
        }

        func run() throws {
            let manifest = InventedManifest(tubes: tubes, people: people, perBox: box, seed: seed)
            FileHandle.standardOutput.write(Data(manifest.csv(at: .now)))
        }
    }
}

/// Boxes at the reception.
struct Box: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List and receive boxes.", subcommands: [List.self, Receive.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List boxes with their counts.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Flag(help: "Also those of which nothing is missing.") var all = false

        func run() throws {
            try session(options, output) { laboratory, handle in
                let boxes = try laboratory.boxes(onlyIncomplete: !all, as: handle)
                try show(boxes, output, in: laboratory) { boxes in
                    table(
                        ["box", "unit", "tubes", "received", "rejected", "missing"],
                        boxes.map {
                            [
                                $0.box.text, $0.unit, "\($0.tubes)", "\($0.received)",
                                "\($0.rejected)", "\($0.missing)",
                            ]
                        })
                }
            }
        }
    }

    struct Receive: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Receive the tubes of a box; their clocks start.",
            discussion: """
                Name the scanned barcodes, or read them from a file, one a line (- for standard
                input), or take every tube that the manifests name with --all. Unknown tubes, tubes
                of another box, received or rejected before, are told apart.
                """)

        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The box.") var box: String
        @Argument(help: "Scanned barcodes.") var barcodes: [String] = []
        @Option(help: "File of scans, one a line.") var from: String?
        @Flag(help: "Every tube that is registered for the box.") var all = false
        @Flag(help: "Receive the good tubes although other scans are refused.")
        var goodRowsOnly = false

        func validate() throws {
            let ways = [!barcodes.isEmpty, from != nil, all].count { $0 }
            guard ways == 1 else {
                throw ValidationError("Name barcodes, or --from FILE, or --all: one of them.")
            }
        }

        func run() throws {
            var scans: [String]? = all ? nil : barcodes
            if let from {
                try session(output) {
                    scans = try readText(from).split(whereSeparator: \.isNewline).map(String.init)
                        .filter { !$0.allSatisfy(\.isWhitespace) }
                }
            }
            let command = ReceiveBox(box: box, scans: scans, goodOnly: goodRowsOnly)
            try perform(command, options, keys, output) { answer in
                let missing = answer.missing
                var lines = [
                    "Box \(answer.box): \(count(answer.received, "tube")) received; "
                        + "\(answer.expected - missing.count) of \(answer.expected) are here, "
                        + "\(missing.count) missing."
                ]
                if !missing.isEmpty {
                    lines.append("Missing: " + missing.map(\.text).joined(separator: " "))
                }
                lines += answer.faults.map { "  " + words(of: $0) }
                return lines.joined(separator: "\n")
            }
        }
    }
}

/// Single tubes.
struct Tube: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reject tubes that cannot be tested.", subcommands: [Reject.self, Reasons.self])

    struct Reject: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reject a tube; its people are called back at once.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The tube's barcode.") var barcode: String
        @Option(help: "Why; see `swabline tube reasons`.") var reason: RejectReason

        func run() throws {
            try perform(RejectTube(scan: barcode, reason: reason), options, keys, output) {
                "\($0.tube) rejected: \($0.reason.meaning). "
                    + ($0.task.map { "Task \($0): sample the environment again." }
                        ?? "\(count($0.recollections.count, "recollection")) opened.")
            }
        }
    }

    struct Reasons: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the reasons.")

        func run() {
            print(
                table(
                    ["reason", "meaning"], RejectReason.allCases.map { [$0.rawValue, $0.meaning] }))
        }
    }
}

/// People who must be swabbed again.
struct Recollection: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the people to call back, and end a search.",
        subcommands: [List.self, Close.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The call list: who is to be swabbed again, where they are, since when.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Flag(help: "Also those that ended.") var all = false

        func run() throws {
            try session(options, output) { laboratory, handle in
                let zone = try laboratory.rules().settings.zone
                let list = try laboratory.recollections(onlyOpen: !all, as: handle)
                try show(list, output, in: laboratory) { list in
                    guard !list.isEmpty else { return "Nobody is to be called back." }
                    return table(
                        [
                            "recollection", "name", "telephone", "address", "unit", "tube",
                            "reason", "state", "due",
                        ],
                        list.map {
                            [
                                $0.recollection.text, $0.name, $0.telephone, $0.address, $0.unit,
                                $0.tube.text, $0.reason.rawValue, $0.state,
                                $0.due.map(zone.minuteText) ?? "-",
                            ]
                        })
                }
            }
        }
    }

    struct Close: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a search without a new swab.",
            discussion: """
                A person who is swabbed again needs no closing: registering the new single tube
                links it and ends the recollection.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The recollection.") var recollection: String
        @Option(help: "How it ended.") var outcome: RecollectionOutcome

        func run() throws {
            try perform(
                CloseRecollection(
                    recollection: RecollectionID(recollection.uppercased()), outcome: outcome),
                options, keys, output
            ) { "Recollection \($0.recollection) ended: \($0.outcome.rawValue)." }
        }
    }
}
