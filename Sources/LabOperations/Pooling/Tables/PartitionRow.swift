internal import LabPooling

/// A row of informative two-stage partitions: the exact optimum beside a greedy one.
struct PartitionRow {
    let row: TableRow
    let risks: [Double]

    init(_ row: TableRow, _ vectors: [String: [Double]]) throws {
        self.row = row
        guard let name = row["prob_vector"] else { throw RowFault("prob_vector is empty") }
        guard let vector = vectors[name] else {
            throw RowFault(
                "the risk vector \(name) is not given; name its file with --vectors",
                isFaulty: false)
        }
        risks = vector.sorted()
        try row.agree("n", vector.count)
    }

    func recompute() throws -> Recomputed {
        let accuracy = try Accuracy(
            sensitivity: row.probability("se"), specificity: row.probability("sp"))
        let search = try RiskSearch(
            risks: risks, mostPeople: row.whole("max_pool"), model: TestModel(stages: [accuracy]),
            floor: 0)
        guard let best = try search.twoStages() else { throw RowFault("no partition exists") }
        let greedy = try tests(of: "psod_pools", accuracy)
        var values =
            try row.compare("dp_expected_tests", best.tests)
            + row.compare("psod_expected_tests", greedy)
        if let greedy {
            // Published to four decimals: compared as it is printed.
            let percent = (1e6 * (greedy - best.tests) / greedy).rounded() / 1e4
            values += try row.compare("gain_percent", percent)
        }
        // The pools that the table calls best cost what it says: many partitions tie.
        if let named = try tests(of: "dp_pools_ascending_risk", accuracy) {
            values.append(
                Compared(
                    column: "dp_pools_ascending_risk", given: try row.number("dp_expected_tests"),
                    ours: named))
        }
        return .values(values)
    }

    private func tests(of column: String, _ accuracy: Accuracy) throws -> Double? {
        guard let pools = row[column] else { return nil }
        let scheme = try Scheme("pools(\(pools))>1")
        return try scheme.characteristics(among: .risks(risks), accuracies: [accuracy]).tests
    }
}
