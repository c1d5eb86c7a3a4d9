import ArgumentParser
import LabOperations

/// A look at messages before they are sent, or at those of others.
struct CheckReport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a file of HL7 messages or FHIR bundles, with advice.",
        discussion: """
            Takes ER7 and v2.xml, single messages and batches. The schema is that of ORU^R01 and \
            ACK 2.5.1, the profile NIST's of electronic laboratory reports (ELR R1). Exit code 65 \
            when a receiver that keeps to the profile may refuse a message. FHIR (XML, JSON or \
            NDJSON) is held against the structure of R4. Needs no laboratory.
            """)
    @OptionGroup var output: OutputOptions
    @Argument(help: "The file, or - for standard input.") var file: String

    func run() throws {
        try session(output) {
            let checked = try CheckedMessages(try read(file))
            switch output.format {
            case .json: try printJSON(checked)
            case .text: print(Self.text(of: checked))
            }
            if checked.errors > 0 { throw ExitCode(65) }
        }
    }

    private static func text(of checked: CheckedMessages) -> String {
        let notes = checked.findings.count - checked.errors
        let head =
            "\(count(checked.messages, "message")): \(count(checked.errors, "error")), "
            + "\(count(notes, "note"))."
        return
            ([head]
            + checked.findings.map { finding in
                let line = finding.line.map { ", line \($0)" } ?? ""
                let message = finding.message == 0 ? "file" : "message \(finding.message)"
                return "\(finding.level.rawValue) \(finding.rule), \(message)\(line), "
                    + "\(finding.place): \(finding.words) -> \(finding.remedy)"
            }).joined(separator: "\n")
    }
}
