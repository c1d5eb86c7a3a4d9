internal import Foundation
internal import LabDomain
internal import LabTables

/// The codes of messages, read once and strictly from the files in `Schemas/codes`, which name
/// their sources and licences.
struct CodeTables: Sendable {
    /// The overall result of a pathogen by its name.
    private(set) var pathogens: [String: Coded] = [:]
    /// Targets by their names in small letters and digits.
    private(set) var targets: [String: TargetCodes] = [:]
    private var panels: [Set<String>: Coded] = [:]
    private var findings: [Finding: (coded: Coded, flag: String?)] = [:]
    private var specimens: [String: Coded] = [:]

    /// The files that ship with Swabline, and why they cannot be used; a fault is told by whoever
    /// makes a writer of messages.
    static let (shipped, fault): (CodeTables, CodeFault?) = {
        do throws(CodeFault) {
            return (try CodeTables(Self.file), nil)
        } catch {
            return (CodeTables(), error)
        }
    }()

    private init() {}

    /// Reads tables; `text` gives the text of a file by its name.
    /// - Throws: `CodeFault` with the first line that is wrong.
    init(_ text: (String) throws(CodeFault) -> String) throws(CodeFault) {
        for row in try CodeFile("panels", ["pathogens", "code", "text"], text).rows {
            let names = Set(row[0].split(separator: " ").map(String.init))
            guard names.count > 1 else { throw row.fault("names fewer than two pathogens") }
            panels[names] = try row.loinc(1, 2)
        }
        try readTargets(text)
        for row in try CodeFile("results", ["result", "code", "text", "flag"], text).rows {
            guard let finding = Finding(rawValue: row[0]), findings[finding] == nil,
                ["", "A", "N"].contains(row[3])
            else { throw row.fault("an unknown or doubled result, or an unknown flag") }
            findings[finding] = (try row.snomed(1, 2), row[3].isEmpty ? nil : row[3])
        }
        for row in try CodeFile("specimens", ["specimen", "code", "text"], text).rows {
            specimens[row[0]] = try row.snomed(1, 2)
        }
        let kinds = Report.SpecimenType.allCases.map(\.rawValue) + [Self.environment]
        guard findings.count == Finding.allCases.count, kinds.allSatisfy({ specimens[$0] != nil }),
            panels.keys.allSatisfy({ $0.allSatisfy { pathogens[$0] != nil } })
        else { throw CodeFault(file: "codes", line: 0, message: "a code in use is missing") }
    }

    private mutating func readTargets(
        _ text: (String) throws(CodeFault) -> String
    ) throws(CodeFault) {
        let columns = [
            "pathogen", "targets", "presence", "presence text", "cycles", "cycles text", "note",
        ]
        for row in try CodeFile("targets", columns, text).rows {
            let names = row[1].split(separator: " ").map(String.init)
            if names.isEmpty {
                guard pathogens[row[0]] == nil else { throw row.fault("a pathogen comes twice") }
                pathogens[row[0]] = try row.loinc(2, 3)
                continue
            }
            guard pathogens[row[0]] != nil else { throw row.fault("an unknown pathogen") }
            let codes = TargetCodes(
                pathogen: row[0], presence: row[2].isEmpty ? nil : try row.loinc(2, 3),
                cycles: row[4].isEmpty ? nil : try row.loinc(4, 5), needsNote: row[6] == "yes")
            for name in names {
                guard targets.updateValue(codes, forKey: name) == nil else {
                    throw row.fault("a target comes twice")
                }
            }
        }
    }

    /// The code of a result with its flag.
    func code(of finding: Finding) -> (coded: Coded, flag: String?) {
        findings[finding] ?? (Coded(code: "", text: "", system: ""), nil)
    }

    /// The code of a person's specimen.
    func code(of type: Report.SpecimenType) -> Coded { specimen(type.rawValue) }

    /// The code of a swab of the environment.
    var ofEnvironment: Coded { specimen(Self.environment) }

    /// The order of a test for several pathogens.
    func panel(of pathogens: [String]) -> Coded? { panels[Set(pathogens)] }

    private static let environment = "environment"

    private func specimen(_ key: String) -> Coded {
        specimens[key] ?? Coded(code: "", text: "", system: "")
    }

    private static func file(_ name: String) throws(CodeFault) -> String {
        let file = Bundle.module.url(
            forResource: name, withExtension: "csv", subdirectory: "Schemas/codes")
        guard let data = file.flatMap({ try? Data(contentsOf: $0) }) else {
            throw CodeFault(file: name, line: 0, message: "the file is missing; install it again")
        }
        return String(decoding: data, as: UTF8.self)
    }
}
