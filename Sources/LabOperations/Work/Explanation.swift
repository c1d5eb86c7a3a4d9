internal import Foundation
package import LabDomain
internal import LabSecrets
internal import LabSettings
internal import LabStore

/// An error in words for the person at the keyboard: what, where and what to do.
package struct Explanation: Codable, Sendable {
    /// What kind of trouble it is; the shell's exit code follows from it.
    package enum Kind: String, CaseIterable, Sendable, Codable {
        case refused
        case badData = "bad-data"
        case unknown
        case exists
        case io
        case busy
        case notPermitted = "not-permitted"
    }

    package let kind: Kind
    package let message: Wording
    package let remedy: Wording
    package let places: [Refusal.Place]

    /// Puts any error into words.
    package init(_ error: any Error) {
        switch error {
        case let refusal as Refusal: self.init(refusal)
        case let fault as StoreFault: self.init(fault)
        case let faults as SettingsFaults:
            self.init(
                .badData, "The settings are faulty; nothing was changed.",
                "Compare with swabline programme show --shipped [--settings].",
                faults.faults.map {
                    Refusal.Place(
                        line: $0.place.line, column: $0.place.column,
                        subject: $0.place.path.isEmpty ? nil : $0.place.path,
                        code: "settings", message: $0.message, remedy: "")
                })
        case let fault as SecretFault:
            // A key file's fault says itself what to do.
            var kind = Kind.io
            if case .keyFileExists = fault { kind = .exists }
            self.init(kind, Wording(plain: fault.description), "")
        case let error as CocoaError:
            // Names that this program made up on the way mean nothing to the user.
            var path = error.filePath ?? error.url?.path ?? ""
            for suffix in [".lock", ".unfinished", ".part"] where path.hasSuffix(suffix) {
                path.removeLast(suffix.count)
            }
            self.init(
                .io,
                path.isEmpty
                    ? "A file or folder cannot be read or written."
                    : "A file or folder cannot be read or written: \(path)",
                "Check that the folder exists, has room and may be written.")
        default:
            // A database's message names tables and columns, never values.
            self.init(
                .io, "The work could not be done: \(String(describing: error))",
                "Nothing was changed. If it happens again, run swabline audit.")
        }
    }

    private init(_ refusal: Refusal) {
        let kind: Kind =
            switch refusal.code {
            case .badData: .badData
            case .unknown: .unknown
            case .notPermitted: .notPermitted
            case .exists: .exists
            case .file: .io
            case .rule, .keyReused, .nothingToDo: .refused
            }
        self.init(kind, refusal.message, refusal.remedy, refusal.places)
    }

    private init(_ fault: StoreFault) {
        switch fault {
        case .missing(let path):
            self.init(
                .unknown, "There is no database at \(path).",
                "Make a laboratory with swabline init, or name another with --database.")
        case .exists(let path):
            self.init(.exists, "There is a file at \(path) already.", "Choose another name.")
        case .notALaboratory(let path):
            self.init(
                .badData, "\(path) is no laboratory's database.",
                "Name the file that swabline init made.")
        case .otherKey:
            self.init(
                .notPermitted, "The key file belongs to another laboratory.",
                "Name the laboratory's own key: --key-file.")
        case .newerVersion:
            self.init(
                .badData, "The database was made by a newer version of swabline.",
                "Use that version.")
        case .busy:
            self.init(
                .busy, "Another program holds the database.", "Try again in a moment.")
        }
    }

    private init(
        _ kind: Kind, _ message: Wording, _ remedy: Wording, _ places: [Refusal.Place] = []
    ) {
        self.kind = kind
        self.message = message
        self.remedy = remedy
        self.places = places
    }
}
