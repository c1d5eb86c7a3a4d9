package import LabDomain

/// A manifest's file, read and checked: whole tubes, and what is wrong with the others.
package struct CheckedManifestFile: Sendable {
    /// Tubes of which every line is good, in the order of the file; none when the file itself
    /// has a fault.
    package let tubes: [ManifestTube]
    /// Every fault of file, rows and cells, in the order of the file.
    package let faults: [ManifestFault]
    /// Good lines of tubes that have a faulty line: a tube is registered whole or not at all.
    package let heldBack: [Int]
    /// The file's column number of each `ManifestColumn`, from 1; nil where the file lacks it.
    package let columns: [Int?]

    init(
        tubes: [ManifestTube], faults: [ManifestFault], heldBack: [Int],
        columns: [Int?] = Array(repeating: nil, count: ManifestColumn.allCases.count)
    ) {
        self.columns = columns
        self.tubes = tubes
        self.faults = faults
        self.heldBack = heldBack
    }
}

extension ManifestFile {
    /// Reads a manifest and checks it.
    ///
    /// A broken file and a wrong heading give their faults and no tubes (IMP-3, IMP-5).
    /// - Complexity: O(*n*) in the bytes; 10,000 rows take some hundredths of a second.
    package static func check(_ bytes: [UInt8], rules: ManifestRules) -> CheckedManifestFile {
        let file: ManifestFile
        do throws(ManifestFault) {
            file = try read(bytes)
        } catch {
            return CheckedManifestFile(tubes: [], faults: [error], heldBack: [])
        }
        guard file.hasSoundHeading else {
            return CheckedManifestFile(tubes: [], faults: file.faults, heldBack: [])
        }
        var checker = ManifestChecker(rules: rules, columns: file.columns)
        return file.merged(with: checker.check(file.rows))
    }

    /// Adds the faults of the table, and holds back every tube that a faulty line names, also
    /// where that line could not be read as a row.
    private func merged(with checked: CheckedManifest) -> CheckedManifestFile {
        let faults = (faults + checked.faults)
            .sorted { ($0.line, $0.column ?? 0) < ($1.line, $1.column ?? 0) }
        if faults.isEmpty {
            return CheckedManifestFile(
                tubes: checked.tubes, faults: [], heldBack: checked.heldBack, columns: columns)
        }
        let faultyLines = Set(faults.map(\.line))
        var spoiled = Set(lostRows.flatMap(\.possibleTubes))
        for row in rows where faultyLines.contains(row.line) {
            spoiled.insert(TubeID(normalised(row[.tube])))
        }
        let heldBack = checked.tubes.filter { spoiled.contains($0.id) }.flatMap(\.lines)
        return CheckedManifestFile(
            tubes: checked.tubes.filter { !spoiled.contains($0.id) }, faults: faults,
            heldBack: Set(checked.heldBack + heldBack).subtracting(faultyLines).sorted(),
            columns: columns)
    }
}
