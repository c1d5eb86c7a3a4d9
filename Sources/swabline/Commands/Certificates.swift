import ArgumentParser
import Foundation
import LabDomain
import LabOperations
import LabWeb

extension Language: ExpressibleByArgument {}

/// A person's certificate.
struct CertificateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificate",
        abstract: "Write the certificate of a person's released result as a page to print.",
        discussion: """
            One HTML file with everything in it; a browser prints it. Its code and its square can \
            be checked with report certificate-check. The same result has the same code, however \
            often it is printed; a result that is corrected has another.
            """)
    @OptionGroup var options: LaboratoryOptions
    @OptionGroup var answer: OutputOptions
    @Argument(help: "The tube's barcode, or the report's identifier.") var subject: String
    @Option(help: "Which person of a mixed tube: the identifier, or a document's number.")
    var person: String?
    @Option(help: "The certificate's language: zh or en.") var language: Language = .chinese
    @Option(help: "The file to write, which must not exist.") var output: String

    func run() throws {
        try session(options, answer) { laboratory, handle in
            try refuseIfTaken(output)
            let issued = try laboratory.perform(
                IssueCertificate(subject, person: person), as: handle, at: .now
            ).answer
            let certificate = try laboratory.certificate(issued.code, as: handle)
            try writeWhole(try PaperFiles(language).certificate(certificate), to: output)
            try show(issued, answer, in: laboratory) {
                "Certificate \($0.code) of \($0.person), tube \($0.tube), written to \(output)."
            }
        }
    }
}

/// A third party's look at a certificate.
struct CheckCertificate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificate-check",
        abstract: "Tell whether a certificate is valid, by its code or what its square holds.",
        discussion: """
            In the laboratory the code is enough. With --public-key no laboratory is needed: then \
            the signature in the square is checked, and only the laboratory can tell whether the \
            result was corrected since. --name and --digits compare the holder, one alone by \
            itself; with --public-key both are needed. No name is shown. Exit code 1 unless the \
            certificate is valid, or signed, and the holder's.
            """)
    @OptionGroup var files: LaboratoryFiles
    @OptionGroup var output: OutputOptions
    @Argument(help: "The code as printed, or what the square holds.") var code: String
    @Option(help: "The laboratory's public key, as report certificate-key gives it.")
    var publicKey: String?
    @Option(help: "The holder's name as it stands on the certificate.") var name: String?
    @Option(help: "The last four characters of the holder's document.") var digits: String?

    func validate() throws {
        if publicKey != nil, (name == nil) != (digits == nil) {
            throw ValidationError("With --public-key give --name and --digits together.")
        }
    }

    func run() throws {
        try session(output) {
            let holder = CertificateHolder(name: name ?? "", digits: digits ?? "")
            let checked: CheckedCertificate
            var zone = Zone.china
            if let publicKey {
                checked = try CheckedCertificate(
                    square: code, publicKey: publicKey, holder: holder)
            } else {
                let laboratory = try Laboratory.open(
                    at: files.databasePath, keyFile: files.keyPath)
                zone = try laboratory.rules().settings.zone
                checked = try laboratory.checkCertificate(code, holder: holder)
            }
            switch output.format {
            case .json: try printJSON(checked, zone: zone)
            case .text: print(Self.words(of: checked, in: zone))
            }
            let isGood = [.valid, .signed].contains(checked.standing)
            if !isGood || checked.isHolder == false { throw ExitCode(1) }
        }
    }

    private static func words(of checked: CheckedCertificate, in zone: Zone) -> String {
        let head =
            switch checked.standing {
            case .valid: "VALID"
            case .outdated: "NO LONGER VALID: the result was changed since."
            case .unknown: "NOT KNOWN: no certificate of this laboratory."
            case .signed: "SIGNED by this key; ask the laboratory whether it is still valid"
            }
        guard let outcome = checked.outcome, let collected = checked.collectedAt,
            let released = checked.releasedAt
        else { return head }
        let compared = [
            checked.nameFits.map { ("name", $0) }, checked.digitsFit.map { ("digits", $0) },
        ]
        .compactMap { $0 }.map { "\($0.0) \($0.1 ? "fits" : "does NOT fit")" }
        let parts = compared.isEmpty ? "" : " (\(compared.joined(separator: ", ")))"
        let holder =
            checked.isHolder.map { ($0 ? "; the holder fits" : "; NOT this holder's") + parts }
            ?? ""
        return "\(head): \(outcome.rawValue), sampled \(zone.minuteText(collected)), "
            + "reported \(zone.minuteText(released))\(holder)."
    }
}

/// The key that checks signatures.
struct CertificateKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificate-key",
        abstract: "Show the public key by which others check certificates; it is no secret.")
    @OptionGroup var files: LaboratoryFiles
    @OptionGroup var output: OutputOptions

    func run() throws {
        try session(output) {
            let laboratory = try Laboratory.open(at: files.databasePath, keyFile: files.keyPath)
            switch output.format {
            case .json: try printJSON(["publicKey": laboratory.certificateKey])
            case .text: print(laboratory.certificateKey)
            }
        }
    }
}

/// A sending unit's results.
struct FeedbackFile: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "file",
        abstract: "Write a sending unit's results as CSV, or as a page to print.",
        discussion: """
            People and places of the unit and nobody else's, with results that are released, who \
            is called back, and what still waits. A name that ends in .html gives the page. No \
            cell can run as a formula.
            """)
    @OptionGroup var options: LaboratoryOptions
    @OptionGroup var answer: OutputOptions
    @Argument(help: "The unit, as manifests name it; a sending unit may leave it out.")
    var unit: String?
    @Option(help: "The day of the swabs, such as 2021-07-30; all days without it.")
    var day: String?
    @Option(help: "The language: zh or en.") var language: Language = .chinese
    @Option(help: "The file to write, which must not exist.") var output: String

    func run() throws {
        let day = try self.day.map { text in
            guard let day = CalendarDay(text: text) else {
                throw ValidationError("--day is a day such as 2021-07-30.")
            }
            return day
        }
        try session(options, answer) { laboratory, handle in
            try refuseIfTaken(output)
            let feedback = try laboratory.feedback(of: unit, on: day, as: handle, at: .now)
            let bytes =
                output.lowercased().hasSuffix(".html")
                ? try PaperFiles(language).feedback(feedback)
                : try FeedbackTable(language, zone: feedback.zone).csv(feedback)
            try writeWhole(bytes, to: output)
            let counts = Dictionary(
                uniqueKeysWithValues: FeedbackRow.State.allCases.map {
                    ($0.rawValue, feedback.count(of: $0))
                })
            try show(counts, answer, in: laboratory) { _ in
                "\(feedback.rows.count) people and places of \(feedback.unit) written to "
                    + "\(output): \(feedback.count(of: .result)) results, "
                    + "\(feedback.count(of: .calledBack)) called back, "
                    + "\(feedback.count(of: .waiting)) waiting."
            }
        }
    }
}
