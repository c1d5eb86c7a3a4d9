import ArgumentParser
import Foundation
import LabOperations

/// HL7 messages from one encoding into the other.
struct Transcode: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transcode",
        abstract: "Turn a file of HL7 2.5.1 messages from ER7 (pipes) into v2.xml, and back.",
        discussion: """
            The content of the file says which encoding it is in; the other one goes to standard \
            output. A file of several messages, or of batches, becomes one document hl7-file. What \
            v2.xml of 2.5.1 has no element for is named on standard error. Needs no laboratory.
            """)
    @OptionGroup var output: OutputOptions
    @Argument(help: "The file, or - for standard input.") var file: String

    func run() throws {
        try session(output) {
            let transcoded = try TranscodedMessages(try read(file))
            if !transcoded.lost.isEmpty {
                note("v2.xml of 2.5.1 has no place for: \(transcoded.lost.joined(separator: " "))")
            }
            try FileHandle.standardOutput.write(contentsOf: Data(transcoded.bytes))
        }
    }
}
