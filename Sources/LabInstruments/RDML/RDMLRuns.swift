internal import LabDomain

/// Which runs of a file are read.
enum RDMLRuns {
    /// The run that is wanted, the only one, or those that are the channels of one plate.
    static func chosen(
        from runs: [RDMLModel.Run], wanted: String?, entry: String
    ) throws(InstrumentFaults) -> [RDMLModel.Run] {
        let place = FilePlace(.entry(entry), element: "/rdml/experiment/run")
        guard let first = runs.first else {
            throw InstrumentFaults(
                place, "the file holds no run; export it again with its results")
        }
        if let wanted {
            let named = runs.filter { $0.id == wanted || "\($0.experiment)/\($0.id)" == wanted }
            if named.count == 1 { return named }
            if named.isEmpty, let number = Int(wanted), runs.indices.contains(number - 1) {
                return [runs[number - 1]]
            }
            throw InstrumentFaults(
                place,
                named.isEmpty
                    ? "no such run; choose one of: \(RDMLModel.list(runs))"
                    : "several runs have this id; choose by number: \(RDMLModel.list(runs))")
        }
        if runs.count == 1 || areChannels(runs) { return runs }
        throw InstrumentFaults(
            FilePlace(.entry(entry), line: first.line, element: "/rdml/experiment/run"),
            "the file holds \(runs.count) runs; choose one of: \(RDMLModel.list(runs))")
    }

    /// Whether the runs are one pass of one plate, a run for each channel, as CFX software writes.
    ///
    /// They then stand in one experiment, have the same reactions with the same samples, and no
    /// target of a reaction twice.
    private static func areChannels(_ runs: [RDMLModel.Run]) -> Bool {
        guard let first = runs.first, runs.allSatisfy({ $0.experiment == first.experiment }),
            runs.allSatisfy({ $0.rows == first.rows && $0.columns == first.columns }),
            runs.allSatisfy({ $0.instrument == first.instrument })
        else { return false }
        let samples = first.reacts.map { [$0.id, $0.sample ?? ""] }.sorted { $0[0] < $1[0] }
        var seen: Set<[String]> = []
        for run in runs {
            let these = run.reacts.map { [$0.id, $0.sample ?? ""] }.sorted { $0[0] < $1[0] }
            guard these == samples else { return false }
            for react in run.reacts {
                for datum in react.data {
                    guard seen.insert([react.id, datum.target ?? ""]).inserted else {
                        return false
                    }
                }
            }
        }
        return true
    }
}

/// Which well a reaction's id means.
struct RDMLWells {
    private(set) var columns = 12
    private(set) var rows = 8
    private(set) var warning: Wording?

    /// Finds out how a run counts its wells: along the rows, from 1.
    init(_ run: RDMLModel.Run) {
        if let rows = run.rows, let columns = run.columns {
            (self.rows, self.columns) = (rows, columns)
        } else {
            let numbers = run.reacts.compactMap { Int($0.id) }
            let format = run.format.lowercased()
            if format.hasPrefix("384") || numbers.contains(where: { $0 > 96 }) {
                (rows, columns) = (16, 24)
            } else if format.hasPrefix("48-") {
                (rows, columns) = (6, 8)
            } else if !numbers.isEmpty, !format.hasPrefix("96") {
                warning = "the run does not tell its plate's format; it is read as 96 wells"
            }
        }
        // A rotor has one row of tubes, or one column.
        if min(rows, columns) == 1, max(rows, columns) > 24 || rows > 16 {
            (rows, columns) = (16, 12)
            warning = "the run numbers its tubes; they are read as the wells of 96, row by row"
        }
    }

    func well(of id: String) -> WellPosition? {
        guard let number = Int(id) else { return WellPosition(text: id) }
        guard number >= 1, number <= rows * columns, columns <= 24, rows <= 16 else { return nil }
        return WellPosition(row: (number - 1) / columns, column: (number - 1) % columns)
    }
}
