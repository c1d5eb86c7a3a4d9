import ArgumentParser
import Foundation
import LabDomain
import LabOperations

/// Tubes and people as sampling sites hand them in.
struct Manifest: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manifest",
        abstract: "Register tubes and people from a manifest (CSV).",
        discussion: """
            One line a person, or a specimen of the environment. Columns in any order, in English \
            or Chinese; UTF-8 with or without byte-order mark, GBK, or UTF-16 from a spreadsheet. \
            `swabline manifest template` prints an example.
            """,
        subcommands: [Register.self, Check.self, Template.self, Invent.self])

    struct Register: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "register",
            abstract: "Register a manifest; by default all of it or nothing.",
            discussion: """
                Every faulty line is reported with line, column and what to do (exit code 65). The \
                same file registered again changes nothing and gives the first answer. A person \
                with an open recollection is linked to the new tube when it is a single one.
                """)

        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The CSV file, or - for standard input.") var file: String
        @Flag(help: "Register the tubes without a faulty line; a tube is taken whole or not.")
        var goodRowsOnly = false
        @Flag(help: "Names of this file correct the names of people who are known already.")
        var correctNames = false
        @Option(help: "Write the lines left out to this new file, with columns fault, what_to_do.")
        var rejects: String?

        func run() throws {
            try session(options, output) { laboratory, handle in
                try rejects.map(refuseIfTaken)
                let bytes = try read(file)
                let command = RegisterManifest(
                    file: bytes, mode: goodRowsOnly ? .goodRowsOnly : .allOrNothing,
                    correctsNames: correctNames)
                do {
                    let done = try laboratory.perform(
                        command, as: handle, key: keys.key, at: .now)
                    if done.isRepeated { note("Registered before; nothing was changed.") }
                    try write(
                        rejectsOf: bytes, done.answer.faults.map { Refusal.Place($0) },
                        heldBack: done.answer.heldBack)
                    try show(done.answer, output, in: laboratory, text: text)
                } catch let refusal as Refusal {
                    // What is held back is known to the check, also where nothing was registered.
                    let check = try laboratory.check(manifest: bytes, as: handle, at: .now)
                    try write(
                        rejectsOf: bytes, refusal.places, heldBack: check.heldBack)
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
            commandName: "check",
            abstract: "Read a manifest and report every faulty line; nothing is stored.")

        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The CSV file, or - for standard input.") var file: String
        @Option(help: "Write the faulty lines to this new file, with columns fault, what_to_do.")
        var rejects: String?

        func run() throws {
            try session(options, output) { laboratory, handle in
                try rejects.map(refuseIfTaken)
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
            commandName: "template",
            abstract: "Print an example manifest to start from.",
            discussion: "kind: 1:1, 5:1, 10:1, 20:1 or environment. risk: low, medium, high, key.")

        func run() throws {
            FileHandle.standardOutput.write(Data(Laboratory.manifestTemplate))
        }
    }

    struct Invent: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "invent",
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
