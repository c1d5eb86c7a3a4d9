package import LabDomain

extension ManifestFile {
    /// Reads a manifest and checks it.
    ///
    /// A broken file and a wrong heading give their faults and no tubes (IMP-3, IMP-5).
    /// - Complexity: O(*n*) in the bytes; 10,000 rows take some hundredths of a second.
    package static func check(_ bytes: [UInt8], rules: ManifestRules) -> CheckedManifest {
        let file: ManifestFile
        do throws(ManifestFault) {
            file = try read(bytes)
        } catch {
            return CheckedManifest(
                tubes: [], faults: [error], heldBack: [],
                columns: Array(repeating: nil, count: ManifestColumn.allCases.count))
        }
        guard file.hasSoundHeading else {
            return CheckedManifest(
                tubes: [], faults: file.faults, heldBack: [], columns: file.columns)
        }
        var checker = ManifestChecker(rules: rules, columns: file.columns)
        return file.merged(with: checker.check(file.rows))
    }

    /// Adds the faults of the table, and holds back every tube that a faulty line names, also
    /// where that line could not be read as a row.
    private func merged(with checked: CheckedManifest) -> CheckedManifest {
        let faults = (faults + checked.faults)
            .sorted { ($0.line, $0.column ?? 0) < ($1.line, $1.column ?? 0) }
        if faults.isEmpty {
            return CheckedManifest(
                tubes: checked.tubes, faults: [], heldBack: checked.heldBack, columns: columns)
        }
        let faultyLines = Set(faults.map(\.line))
        var spoiled = Set(lostRows.flatMap(\.possibleTubes))
        for row in rows where faultyLines.contains(row.line) {
            spoiled.insert(TubeID(normalised(row[.tube])))
        }
        let heldBack = checked.tubes.filter { spoiled.contains($0.id) }.flatMap(\.lines)
        return CheckedManifest(
            tubes: checked.tubes.filter { !spoiled.contains($0.id) }, faults: faults,
            heldBack: Set(checked.heldBack + heldBack).subtracting(faultyLines).sorted(),
            columns: columns)
    }
}
