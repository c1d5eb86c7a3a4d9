import ArgumentParser
import Foundation
import LabDomain
import LabOperations

/// Brings the messages of the outbox to their receivers.
struct SendReports: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Send what is due to the receivers, positives first.",
        discussion: """
            AA settles a message, AE parks it for a person (report rejects), AR and silence send \
            the same bytes under the same number again, after a pause. Each pass ends when nothing \
            more is due or a receiver does not answer; --follow makes one pass after the other.
            """)
    @OptionGroup var options: LaboratoryOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "One receiver; without it each.") var receiver: String?
    @Flag(help: "Send on until Ctrl-C, a pass every few seconds.") var follow = false
    @Option(help: "With --follow: the seconds from one pass to the next.") var every = 5

    func validate() throws {
        guard (1...3_600).contains(every) else {
            throw ValidationError("--every is 1 to 3600 seconds.")
        }
    }

    func run() throws {
        try session(options, output) { laboratory, handle in
            let lock = try laboratory.lockSending(beside: options.files.databasePath)
            defer { lock.release() }
            var random = SystemRandomNumberGenerator()
            repeat {
                let sent = try laboratory.sendReports(
                    to: receiver, as: handle, clock: { .now }, using: &random
                ) { Environment[$0] }
                if !follow { return try tell(sent, in: laboratory) }
                for line in sent where line.accepted + line.rejected + line.retried > 0 {
                    note(Self.words(of: line))
                }
                Thread.sleep(forTimeInterval: Double(every))
            } while follow
        }
    }

    private func tell(_ sent: [SentReports], in laboratory: Laboratory) throws {
        try show(sent, output, in: laboratory) { sent in
            sent.isEmpty
                ? "No receiver: reports are made for nobody."
                : sent.map(Self.words).joined(separator: "\n")
        }
        if sent.contains(where: { $0.stoppedBy != nil }) { throw ExitCode(75) }
    }

    private static func words(of line: SentReports) -> String {
        "\(line.receiver): \(line.accepted) accepted, \(line.rejected) rejected, "
            + "\(line.retried) to be sent again"
            + (line.stoppedBy.map { "; stopped: \($0.text)" } ?? "") + "."
    }
}
