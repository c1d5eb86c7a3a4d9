internal import Foundation
internal import LabDomain
internal import LabTables

/// The codes of messages, read once and strictly: the standard ones from the files in
/// `Schemas/codes`, which name their sources and licences, others from a receiver's settings.
package struct CodeTables: Sendable {
    /// The overall result of a pathogen by its name.
    var pathogens: [String: Coded] = [:]
    /// Targets by their names in small letters and digits.
    var targets: [String: TargetCodes] = [:]
    var panels: [Set<String>: Coded] = [:]
    var findings: [Finding: FindingCode] = [:]
    var specimens: [String: Coded] = [:]
    /// Whether they are LOINC and SNOMED CT.
    var isStandard = true

    /// The files that ship with Swabline, and why they cannot be used; a fault is told by whoever
    /// makes a writer of messages.
    static let (shipped, fault): (CodeTables, CodeFault?) = {
        do throws(CodeFault) {
            return (try CodeTables(Self.file), nil)
        } catch {
            return (CodeTables(), error)
        }
    }()

    /// LOINC and SNOMED CT.
    package static var standard: CodeTables { shipped }

    init() {}

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
            findings[finding] = FindingCode(
                coded: try row.snomed(1, 2), flag: row[3].isEmpty ? nil : row[3])
        }
        for row in try CodeFile("specimens", ["specimen", "code", "text"], text).rows {
            guard specimens.updateValue(try row.snomed(1, 2), forKey: row[0]) == nil else {
                throw row.fault("a specimen comes twice")
            }
        }
        let kinds = Report.SpecimenType.allCases.map(\.rawValue)
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
    func code(of finding: Finding) -> FindingCode {
        findings[finding] ?? FindingCode(coded: .missing(finding.rawValue), flag: nil)
    }

    /// The code of a specimen.
    func code(of type: Report.SpecimenType) -> Coded {
        specimens[type.rawValue] ?? .missing(type.rawValue)
    }

    /// The order of a test for several pathogens.
    func panel(of pathogens: [String]) -> Coded? { panels[Set(pathogens)] }

    /// The codes for a target as kits write it: `ORF1ab`, `ORF1a/b gene`, `N gene`; nil for a
    /// target that is not known, which no message names (REP-10).
    func codes(ofTarget name: String) -> TargetCodes? { targets[TargetCodes.key(of: name)] }

    /// The pathogen that a target belongs to, whether or not these tables have a code for it.
    func pathogen(ofTarget name: String) -> String? {
        let key = TargetCodes.key(of: name)
        return (targets[key] ?? Self.shipped.targets[key])?.pathogen
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
