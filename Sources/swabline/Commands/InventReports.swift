import ArgumentParser
import Foundation
import LabOperations

/// Messages for trying a receiver.
struct InventReports: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invent",
        abstract: "Write messages about invented people to standard output.",
        discussion: """
            For trying a receiver and for measurements; each says that it is for training (MSH-11 \
            is T). Needs no laboratory.
            """)
    @OptionGroup var output: OutputOptions
    @Option(help: "How many messages.") var count = 10
    @Option(help: "How many people; after the last the first comes again.") var people = 1_000
    @Option(help: "The same seed gives the same messages.") var seed: UInt64 = 1
    @Option(help: "How: \(ReportForm.names).")
    var encoding: ReportForm = .batch
    @Flag(help: "Leave out the check against the schema, to measure writing alone.")
    var unchecked = false

    func validate() throws {
        guard count > 0, people > 0 else {
            throw ValidationError("--count and --people are 1 or more.")
        }
    }

    func run() throws {
        try session(output) {
            let reports = try InventedReports(people: min(count, people), seed: seed)
            try reports.write(count, as: encoding, checks: !unchecked) { bytes in
                try bytes.withUnsafeBytes { bytes in
                    var rest = bytes
                    while let start = rest.baseAddress, !rest.isEmpty {
                        let written = Foundation.write(STDOUT_FILENO, start, rest.count)
                        guard written > 0 else { throw ExitCode(74) }
                        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
                    }
                }
            }
        }
    }
}
