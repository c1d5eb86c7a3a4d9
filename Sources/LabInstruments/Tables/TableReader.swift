internal import LabDomain

/// Reads tables of readings, a row for each, of the makers in `TableFormat`.
struct TableReader {
    /// What stands for a target that a file does not name.
    static let unnamed = "unnamed"

    /// The file, or nil when no table of this format is in it.
    ///
    /// A program may write one table for each channel, below one another or in sheets.
    static func read(
        _ grids: [Grid], as format: TableFormat, _ options: InstrumentFile.Options
    ) throws(InstrumentFaults) -> InstrumentFile? {
        var file = InstrumentFile(format: format.format)
        var faults: [InstrumentFault] = []
        var isFound = false
        for grid in grids {
            var rest = grid
            while let heading = HeadingRow.find(in: rest, format.headings) {
                isFound = true
                var columns = format.columns(heading)
                let channel = Channel(before: heading.index, in: rest, format.format)
                if columns.target == nil { columns.fixedTarget = channel.target }
                if columns.dye == nil { columns.fixedDye = channel.dye }
                if columns.target == nil, columns.dye == nil, channel.target == nil {
                    columns.fixedTarget = unnamed
                    file.warnings.append(
                        InstrumentWarning(
                            place: FilePlace(rest.part),
                            words: "the file names no target; its readings are called unnamed"))
                }
                let strange = format.strange(heading).map { rest.rows[heading.index][$0] }
                if !strange.isEmpty {
                    file.warn(
                        rest.place(rest.rows[heading.index]),
                        "columns that are not understood: \(strange.joined(separator: ", "))")
                }
                describe(&file, rest.facts(before: heading.index), rest)
                let table = ResultTable(
                    rest, below: heading.index, columns, told: options.plate)
                file.wells += table.readings
                file.warnings += table.warnings
                file.unsaid += table.unsaid
                faults += table.faults
                rest.rows.removeFirst(heading.index + 1)
            }
        }
        guard isFound else { return nil }
        faults += file.unite()
        guard faults.isEmpty else { throw InstrumentFaults(faults) }
        guard !file.wells.isEmpty else {
            throw InstrumentFaults("no result stands below the heading; export it again")
        }
        return file
    }

    private static func describe(
        _ file: inout InstrumentFile, _ facts: [String: String], _ grid: Grid
    ) {
        file.instrument =
            file.instrument ?? facts.first(KnownNames.instrument)
        file.plate = file.plate ?? facts.first(KnownNames.barcodes)
        if file.software == nil {
            file.software = facts.first(KnownNames.versions)
            let first = grid.rows.first?[0] ?? ""
            if file.format == .sds, first.hasPrefix("SDS") {
                file.software = String(first.prefix { !$0.isLetter || "SDS".contains($0) }).trimmed
            }
        }
    }

    /// What is said above a table of its channel.
    private struct Channel {
        var target: String?
        var dye: String?

        init(before heading: Int, in grid: Grid, _ format: InstrumentFormat) {
            let above = grid.rows[..<heading].reversed()
            switch format {
            case .lightCycler480:
                for row in above {
                    guard let mark = row[0].firstRange(of: KnownNames.selectedFilter) else {
                        continue
                    }
                    dye = String(row[0][mark.upperBound...]).trimmed.nonEmpty
                    target = dye
                    return
                }
            case .rotorGene:
                for row in above {
                    let opening = KnownNames.rotorGeneTitle
                    guard row[0].hasPrefix(opening) else { continue }
                    take(rotorGene: row[0].dropFirst(opening.count))
                    return
                }
            default:
                if case .sheet(let name) = grid.part, name.count <= 12, name != "0" {
                    dye = name
                    target = name
                }
            }
        }

        /// `Cycling A.Green (28S)`: the channel, and what the page is called.
        private mutating func take(rotorGene text: Substring) {
            let parts = text.split(separator: "(", maxSplits: 1)
            let channel = parts.first.map { String($0).trimmed } ?? ""
            dye = channel.split(separator: ".").last.map(String.init)
            let page = parts.count > 1 ? String(parts[1].prefix { $0 != ")" }).trimmed : ""
            target = page.isEmpty || page.lowercased().hasPrefix("page") ? dye : page
        }
    }
}
