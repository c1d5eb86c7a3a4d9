internal import LabPooling

/// A row of expected tests when the people of a pool share their fate.
struct ClusterRow {
    let row: TableRow

    init(_ row: TableRow) {
        self.row = row
    }

    func recompute() throws -> Recomputed {
        let scheme = try Scheme(row["stages"] ?? "")
        let rho = try row.probability("rho")
        let model: ClusterModel
        switch row["model"] {
        case "beta-binomial": model = .betaBinomial(correlation: rho)
        case "Madsen": model = .madsen(correlation: rho)
        case "Morel-Neerchal": model = .morelNeerchal(correlation: rho)
        default: throw RowFault("the model is none of beta-binomial, Madsen, Morel-Neerchal")
        }
        let ours = try scheme.characteristics(
            among: .clusters(
                people: scheme.people, prevalence: row.probability("p"),
                size: row.whole("cluster_size"), model),
            accuracies: [
                Accuracy(sensitivity: row.probability("se"), specificity: row.probability("sp"))
            ])
        return .values(
            try row.compare("expected_tests", ours.tests)
                + row.compare("expected_tests_per_individual", ours.testsPerPerson))
    }
}
