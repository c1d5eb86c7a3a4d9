/// The floors of the house, from the ground up; `Package.swift` builds the same house.
enum Floors {
    /// The targets on each floor.
    ///
    /// Neighbours on one floor do not know each other.
    static let targets: [[String]] = [
        ["LabStatistics", "LabSpelling", "LabWording"],
        ["LabPooling", "LabCurves", "LabXML", "LabSettings", "LabSecrets", "LabTables"],
        ["LabDomain"],
        ["LabProgramme", "LabSimulation"],
        ["LabStore", "LabExchange", "LabInstruments", "LabScreening"],
        ["LabOperations"],
        ["LabWeb"],
        ["swabline"],
    ]

    /// The one target that stands in front of each library, under the names Swift imports.
    static let owners = [
        "GRDB": "LabStore",
        "GRDBSQLite": "LabStore",
        "Yams": "LabSettings",
        "CXML": "LabXML",
        "CSodium": "LabSecrets",
        "ArgumentParser": "swabline",
        "Hummingbird": "LabWeb",
        "HTTPTypes": "LabWeb",
        "NIOCore": "LabWeb",
        "Mustache": "LabWeb",
        "CZint": "LabWeb",
        "CCurl": "LabExchange",
        "CZip": "LabInstruments",
        "CCoin": "LabScreening",
        "CZlib": "LabTables",
    ]

    /// What comes with Swift and is open to every target, within HOUSE-3.
    static let open: Set = [
        "Swift", "Foundation", "FoundationEssentials", "FoundationInternationalization",
        "Glibc", "Dispatch", "Synchronization", "RegexBuilder",
    ]

    /// Swift-log and swift-metrics: from floor 4 up.
    static let watching: Set = ["Logging", "Metrics"]

    /// The targets that only compute: no input or output, no clock, and so no Foundation.
    static let pure: Set = [
        "LabStatistics", "LabSpelling", "LabWording", "LabPooling", "LabCurves", "LabDomain",
        "LabSimulation",
    ]

    static func floor(of target: String) -> Int? {
        targets.firstIndex { $0.contains(target) }
    }

    /// Folders under `Sources` that are on no floor; shims around C libraries need none.
    static func homeless(among paths: [String]) -> [Finding] {
        let folders = Set(paths.compactMap { SourceFile($0, "").target })
        return folders.sorted()
            .filter { floor(of: $0) == nil && !paths.contains("Sources/\($0)/module.modulemap") }
            .map { Finding("Sources/\($0)", 1, "is on no floor of Floors.swift") }
    }

    /// Imports of the house's own targets from the same floor or above.
    static func upwardImports(in file: SwiftFile) -> [Finding] {
        guard let target = file.target, let here = floor(of: target) else { return [] }
        return file.imports.compactMap { name, line in
            guard let there = floor(of: name), there >= here else { return nil }
            return Finding(
                file.path, line, "\(target) is on floor \(here) and imports \(name) on \(there)")
        }
    }

    /// Imports of a library by a target that does not stand in front of it.
    static func strayLibraries(in file: SwiftFile) -> [Finding] {
        guard let target = file.target else { return [] }
        return file.imports.compactMap { name, line in
            if open.contains(name) || floor(of: name) != nil { return nil }
            if watching.contains(name), let floor = floor(of: target), floor >= 4 { return nil }
            guard let owner = owners[name] else {
                return Finding(
                    file.path, line, "no target of Floors.swift owns \(name)")
            }
            if owner == target { return nil }
            return Finding(file.path, line, "\(name) is \(owner)'s; ask \(owner) instead")
        }
    }

    /// Imports of Foundation by a target that only computes.
    static func impurities(in file: SwiftFile) -> [Finding] {
        guard let target = file.target, pure.contains(target) else { return [] }
        return file.imports.filter { $0.name.hasPrefix("Foundation") }.map { name, line in
            Finding(file.path, line, "\(target) only computes; \(name) belongs on a floor above")
        }
    }
}

extension SwiftFile {
    /// The modules that the file imports, each with its line.
    var imports: [(name: String, line: Int)] {
        code.enumerated().compactMap { index, line in
            guard line.contains("import") else { return nil }
            var words = line.split(separator: " ")[...]
            words = words.drop { $0.hasPrefix("@") || Self.accessLevels.contains($0) }
            guard words.popFirst() == "import" else { return nil }
            if let kind = words.first, Self.importKinds.contains(kind) { words.removeFirst() }
            guard let module = words.first?.split(separator: ".").first else { return nil }
            return (String(module), index + 1)
        }
    }

    private static let accessLevels: Set<Substring> = [
        "public", "package", "internal", "fileprivate", "private",
    ]
    private static let importKinds: Set<Substring> = [
        "struct", "class", "enum", "protocol", "typealias", "func", "var", "let",
    ]
}
