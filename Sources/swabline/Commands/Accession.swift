import ArgumentParser
import LabDomain
import LabOperations

/// Boxes at the reception.
struct Box: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "box",
        abstract: "List, receive and close boxes.",
        subcommands: [List.self, Receive.self, Close.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List boxes with their counts.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Flag(help: "Also those of which nothing is missing.") var all = false

        func run() throws {
            try session(options, output) { laboratory, handle in
                let zone = try laboratory.rules().settings.zone
                let boxes = try laboratory.boxes(onlyIncomplete: !all, as: handle)
                try show(boxes, output, in: laboratory) { boxes in
                    table(
                        ["box", "unit", "tubes", "received", "rejected", "missing", "closed"],
                        boxes.map {
                            [
                                $0.box.text, $0.unit, "\($0.tubes)", "\($0.received)",
                                "\($0.rejected)", "\($0.missing)",
                                $0.closedAt.map(zone.minuteText) ?? "",
                            ]
                        })
                }
            }
        }
    }

    struct Receive: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "receive",
            abstract: "Receive the tubes of a box; their clocks start.",
            discussion: """
                Name the scanned barcodes, or read them from a file, one a line (- for standard \
                input), or take every tube that the manifests name with --all. Unknown tubes, \
                tubes of another box, received or rejected before, are told apart.
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

extension Box {
    struct Close: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "close",
            abstract: "Close a box: count its tubes on the table.",
            discussion: """
                The count must be that of the tubes received and rejected; another is refused with \
                the missing ones. A tube that comes later may still be received.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The box.") var box: String
        @Option(help: "Tubes of the box on the table, rejected ones too.") var counted: Int
        @Flag(help: "Close it although tubes are missing.") var withMissing = false

        func run() throws {
            try perform(
                CloseBox(box: box, counted: counted, withMissing: withMissing), options, keys,
                output
            ) {
                "Box \($0.box) closed: \(count($0.counted, "tube")) of \($0.expected) counted, "
                    + "\($0.missing.count) missing."
            }
        }
    }
}

/// Single tubes.
struct Tube: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tube",
        abstract: "Receive, reject and measure single tubes.",
        subcommands: [Receive.self, Reject.self, Undo.self, Measure.self, Reasons.self])

    struct Receive: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "receive",
            abstract: "Receive one tube, of whichever box it is; its clock starts.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The scanned barcode.") var barcode: String
        @Option(help: "Refuse it when it is not of this box.") var box: String?

        func run() throws {
            try perform(ReceiveTube(scan: barcode, box: box), options, keys, output) {
                "\($0.tube) received out of box \($0.box): \($0.received) of \($0.expected) "
                    + "received, \($0.rejected) rejected, \($0.missing) missing."
            }
        }
    }

    struct Reject: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reject",
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

    struct Undo: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "undo",
            abstract: "Take back a receipt or a rejection that was a slip.",
            discussion: """
                The last of the two is taken back, for half an hour and while nothing has followed.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The tube's barcode.") var barcode: String

        func run() throws {
            try perform(UndoScan(tube: barcode), options, keys, output) {
                "\($0.undone.rawValue.capitalized) of \($0.tube) taken back; it is "
                    + "\($0.state.rawValue)."
                    + ($0.recollections > 0
                        ? " \(count($0.recollections, "recollection")) withdrawn." : "")
                    + ($0.task.map { " Task \($0) withdrawn." } ?? "")
            }
        }
    }

    struct Measure: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "measure",
            abstract: "Record what is left in a tube; too little is never pooled.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The scanned barcode.") var barcode: String
        @Argument(help: "What is left, in microlitres: 1 mL is 1000.") var microlitres: Int

        func run() throws {
            try perform(
                MeasureTube(scan: barcode, microlitres: microlitres), options, keys, output
            ) { "Tube \($0.tube): \($0.microlitres) microlitres are left." }
        }
    }

    struct Reasons: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reasons", abstract: "List the reasons.")

        func run() {
            print(
                table(
                    ["reason", "meaning"],
                    RejectReason.allCases.map { [$0.rawValue, $0.meaning.text] }))
        }
    }
}
