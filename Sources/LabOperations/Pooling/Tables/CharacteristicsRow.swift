internal import LabPooling

/// A row of operating characteristics: a scheme, its people and tests, and what others computed.
struct CharacteristicsRow {
    let row: TableRow
    let risks: [Double]?
    let algorithm: String
    let accuracies: [Accuracy]

    private static let algorithms = [
        "D2", "D3", "D4", "A2", "A2M", "ID2", "ID3", "IA2", "PSOD", "OD", "TOD", "H", "OH", "UH",
        "1SIS", "2SIS", "FIS",
    ]

    init(_ row: TableRow, _ vectors: [String: [Double]]) throws {
        self.row = row
        algorithm = row["algorithm"] ?? ""
        guard Self.algorithms.contains(algorithm) else {
            throw RowFault("the algorithm is none of \(Self.algorithms.joined(separator: ", "))")
        }
        accuracies = try row.accuracies()
        guard let name = row["prob_vector"] else {
            risks = nil
            return
        }
        guard let vector = vectors[name] else {
            throw RowFault(
                "the risk vector \(name) is not given; name its file with --vectors",
                isFaulty: false)
        }
        risks = vector
    }

    func recompute() throws -> Recomputed {
        let scheme = try scheme()
        try row.agree("n", scheme.people)
        // Parts of one person end a path early, so that the last accuracies may have no test.
        let ours = try scheme.characteristics(
            among: crowd(for: scheme),
            accuracies: accuracies.count == 1
                ? accuracies : Array(accuracies.prefix(scheme.stages)))
        let values =
            try row.compare("expected_tests", ours.tests)
            + row.compare("expected_tests_per_individual", ours.testsPerPerson)
            + row.compare("variance_tests", ours.variance)
            + row.compare("pse", ours.sensitivity) + row.compare("psp", ours.specificity)
            + row.compare("pppv", ours.positivePredictiveValue)
            + row.compare("pnpv", ours.negativePredictiveValue)
        guard !values.isEmpty else { throw RowFault("the row has no figure to compare") }
        return .values(values + (try optimum(against: ours)))
    }

    private func scheme() throws -> Scheme {
        var text = row["stages"] ?? ""
        switch algorithm {
        case "1SIS": text += "(1)"
        case "2SIS": text += "(2)"
        default: break
        }
        return try Scheme(text)
    }

    /// Individual risks stand in the order in which the algorithm uses them.
    private func crowd(for scheme: Scheme) throws -> Crowd {
        guard let risks else {
            return .alike(scheme.people, prevalence: try row.probability("p"))
        }
        switch algorithm {
        case "UH": return .risks(risks)
        case "1SIS", "2SIS", "FIS": return .risks(risks.sorted(by: >))
        // Arrays in gradient arrangement: the highest risks share the first rows.
        case "IA2": return .risks(Array(risks.sorted(by: >).prefix(scheme.people)))
        default: return .risks(risks.sorted())
        }
    }

    /// What the table's search found beside the best that ours finds over the same schemes.
    private func optimum(against ours: Characteristics) throws -> [Compared] {
        guard let objective = row["objective"], let search = row["search"] else { return [] }
        guard let range = Self.sizes(in: search) else {
            throw RowFault("search is not written group.sz=from:to")
        }
        let question = try SchemeQuestion(objective == "MAR" ? .testsPerCorrect : .tests, floor: 0)
        let best: Double?
        switch algorithm {
        case "D2", "D3":
            let search = try SchemeSearch(
                prevalence: row.probability("p"), sizes: range,
                model: TestModel(stages: accuracies),
                question: question)
            best = try search.schemes(ofStages: algorithm == "D2" ? 2 : 3)
                .map { question.value(of: $0.characteristics) }.min()
        case "A2", "A2M":
            let prevalence = try row.probability("p")
            best = try range.map { side in
                let scheme = Scheme.array(side: side, hasMaster: algorithm == "A2M")
                return question.value(
                    of: try scheme.characteristics(
                        among: .alike(scheme.people, prevalence: prevalence),
                        accuracies: accuracies))
            }.min()
        case "ID2", "ID3": best = try informativeOptimum(in: range)
        default: best = nil
        }
        guard let best else {
            throw RowFault("no search of ours for \(algorithm)", isFaulty: false)
        }
        return [Compared(column: "optimum", given: question.value(of: ours), ours: best)]
    }

    private func informativeOptimum(in range: ClosedRange<Int>) throws -> Double? {
        guard let risks, range.count == 1, range.lowerBound == risks.count else { return nil }
        let people = Double(risks.count)
        let model = try TestModel(stages: accuracies)
        if algorithm == "ID3" {
            return try RiskSearch(
                risks: risks, mostPeople: risks.count, model: model, floor: 0
            ).oneThreeStagePool().map { $0.tests / people }
        }
        // That search never keeps the block together as one pool.
        return try RiskSearch(
            risks: risks, mostPeople: max(1, risks.count - 1), model: model, floor: 0
        ).twoStages().map { $0.tests / people }
    }

    /// `group.sz=3:24` or `group.sz=12`.
    static func sizes(in search: String) -> ClosedRange<Int>? {
        guard let text = search.split(separator: "=").last else { return nil }
        let ends = text.split(separator: ":").compactMap { Int($0) }
        guard let first = ends.first, let last = ends.last, first <= last, ends.count <= 2,
            last <= 500
        else { return nil }
        return first...last
    }
}
