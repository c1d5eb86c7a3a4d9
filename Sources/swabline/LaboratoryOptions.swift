import ArgumentParser
import Foundation
import LabDomain
import LabOperations

/// Which laboratory.
struct LaboratoryFiles: ParsableArguments {
    @Option(help: "The laboratory's database. [SWABLINE_DATABASE, else swabline.sqlite]")
    var database: String?

    @Option(help: "The laboratory's key file. [SWABLINE_KEY_FILE, else the database's name + .key]")
    var keyFile: String?

    var databasePath: String {
        database ?? Environment["SWABLINE_DATABASE"] ?? "swabline.sqlite"
    }

    var keyPath: String {
        keyFile ?? Environment["SWABLINE_KEY_FILE"] ?? databasePath + ".key"
    }
}

/// Which laboratory, and who acts.
struct LaboratoryOptions: ParsableArguments {
    @OptionGroup var files: LaboratoryFiles

    @Option(name: .customLong("as"), help: "Who acts, by handle. [SWABLINE_AS]")
    var actor: String?

    func handle() throws -> String {
        guard let handle = actor ?? Environment["SWABLINE_AS"], !handle.isEmpty else {
            throw ValidationError("Say who acts: --as HANDLE, or set SWABLINE_AS.")
        }
        return handle
    }

    func open() throws -> Laboratory {
        try Laboratory.open(at: files.databasePath, keyFile: files.keyPath)
    }
}

/// How a command answers.
struct OutputOptions: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
    }

    @Option(help: "How to answer: text for people, json for programs.")
    var format: Format = .text
}

/// The key under which a command is done once.
struct KeyOptions: ParsableArguments {
    @Option(
        help: """
            A key of your own: the same command with the same key changes nothing and gives the \
            first answer again.
            """)
    var key: String?
}

enum Environment {
    static subscript(name: String) -> String? { ProcessInfo.processInfo.environment[name] }
}

extension Timestamp {
    /// The system's time: the shell alone reads the clock.
    static var now: Timestamp {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1_000).rounded()))
    }
}

extension DocumentType: ExpressibleByArgument {}
extension KitRole: ExpressibleByArgument {}
extension PoolScheme: ExpressibleByArgument {
    /// A scheme as it is typed, like `10>5>1`, or `10:1` for two stages.
    public init?(argument: String) {
        let parts = argument.split(separator: ":")
        self.init(text: parts.count == 2 && parts[1] == "1" ? "\(parts[0])>1" : argument)
    }
}
extension BreachCause: ExpressibleByArgument {}
extension ReportForm: ExpressibleByArgument {}
extension RejectReason: ExpressibleByArgument {}
extension RecollectionOutcome: ExpressibleByArgument {}
