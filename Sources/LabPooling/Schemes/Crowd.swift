/// Who is tested: how likely each person is positive, and whether they share their fate.
package enum Crowd: Hashable, Sendable {
    /// Independent people, each with a risk, in the order of the scheme.
    case risks([Double])
    /// People of one prevalence in clusters of a size; whole clusters stand together in the row.
    case clusters(people: Int, prevalence: Double, size: Int, ClusterModel)
    /// People of one prevalence in households of these sizes, one after the other.
    case households([Int], prevalence: Double, ClusterModel)
    /// So many infected among so many people, who stand in the row in drawn order.
    case drawn(people: Int, infected: Int)

    /// Independent people of one prevalence.
    package static func alike(_ people: Int, prevalence: Double) -> Crowd {
        .risks(Array(repeating: prevalence, count: people))
    }

    /// How many people.
    package var count: Int {
        switch self {
        case .risks(let risks): risks.count
        case .clusters(let people, _, _, _): people
        case .households(let sizes, _, _): sizes.reduce(0, +)
        case .drawn(let people, _): people
        }
    }

    /// Whether what is known of one person says nothing about another.
    var isIndependent: Bool {
        switch self {
        case .risks: true
        case .clusters(_, _, let size, let model): size == 1 || model.correlation == 0
        case .households(let sizes, _, let model):
            model.correlation == 0 || sizes.allSatisfy { $0 == 1 }
        case .drawn: false
        }
    }

    /// The risk of one person.
    func risk(of person: Int) -> Double {
        switch self {
        case .risks(let risks): risks[person]
        case .clusters(_, let prevalence, _, _), .households(_, let prevalence, _): prevalence
        case .drawn(let people, let infected): Double(infected) / Double(people)
        }
    }

    /// P(nobody in a stretch of the row is positive).
    func clear(_ stretch: Range<Int>) -> Double {
        switch self {
        case .risks(let risks):
            return risks[stretch].reduce(1) { $0 * (1 - $1) }
        case .clusters(_, let prevalence, let size, let model):
            var product = 1.0
            var start = stretch.lowerBound
            while start < stretch.upperBound {
                let end = min(stretch.upperBound, (start / size + 1) * size)
                product *= model.clear(end - start, prevalence: prevalence)
                start = end
            }
            return product
        case .households(_, let prevalence, let model):
            return byHousehold(stretch).reduce(1) {
                $0 * model.clear($1.count, prevalence: prevalence)
            }
        case .drawn: return clear(count: stretch.count)
        }
    }

    /// A stretch of the row cut where its households end.
    private func byHousehold(_ stretch: Range<Int>) -> [Range<Int>] {
        guard case .households(let sizes, _, _) = self else { return [stretch] }
        var parts: [Range<Int>] = []
        var start = 0
        for size in sizes {
            let part = (start..<start + size).clamped(to: stretch)
            if !part.isEmpty { parts.append(part) }
            start += size
        }
        return parts
    }

    /// P(nobody among so many drawn people is infected): C(n − k, x) / C(n, x).
    private func clear(count: Int) -> Double {
        guard case .drawn(let people, let infected) = self else { return 1 }
        return (0..<infected).reduce(1) {
            $0 * max(0, Double(people - count - $1)) / Double(people - $1)
        }
    }

    /// P(nobody in either of two stretches that follow one another is positive).
    func clear(_ first: Range<Int>, _ second: Range<Int>) -> Double {
        if case .drawn = self { return clear(count: first.count + second.count) }
        if case .households(_, let prevalence, let model) = self {
            return clearOfHouseholds(first, second, prevalence, model)
        }
        guard case .clusters(_, let prevalence, let size, let model) = self,
            !first.isEmpty, !second.isEmpty,
            (first.upperBound - 1) / size == second.lowerBound / size
        else { return clear(first) * clear(second) }
        // The two share a cluster: its members are counted together.
        let shared = second.lowerBound / size * size..<(second.lowerBound / size + 1) * size
        let mine = first.clamped(to: shared)
        let theirs = second.clamped(to: shared)
        return clear(first.lowerBound..<mine.lowerBound)
            * clear(theirs.upperBound..<second.upperBound)
            * model.clear(mine.count + theirs.count, prevalence: prevalence)
    }

    /// Members of one household in both stretches are counted together.
    private func clearOfHouseholds(
        _ first: Range<Int>, _ second: Range<Int>, _ prevalence: Double, _ model: ClusterModel
    ) -> Double {
        guard case .households(let sizes, _, _) = self else { return 1 }
        var product = 1.0
        var start = 0
        for size in sizes {
            let home = start..<start + size
            let count = home.clamped(to: first).count + home.clamped(to: second).count
            product *= model.clear(count, prevalence: prevalence)
            start += size
        }
        return product
    }

    /// Refuses what is no probability, clusters of nobody and an empty crowd.
    package func check() throws(PoolingFault) {
        switch self {
        case .risks(let risks):
            guard !risks.isEmpty else { throw .empty(field: "risks") }
            for (index, risk) in risks.enumerated() {
                try PoolingFault.check(risk, named: "risk \(index + 1)")
            }
        case .clusters(let people, let prevalence, let size, let model):
            guard people > 0 else { throw .empty(field: "people") }
            guard size > 0 else { throw .range(field: "cluster size", from: 1, to: 10_000) }
            try PoolingFault.check(prevalence, named: "prevalence")
            try model.check()
        case .households(let sizes, let prevalence, let model):
            guard !sizes.isEmpty, sizes.allSatisfy({ $0 > 0 }) else {
                throw .empty(field: "households")
            }
            try PoolingFault.check(prevalence, named: "prevalence")
            try model.check()
        case .drawn(let people, let infected):
            guard people > 0 else { throw .empty(field: "people") }
            guard (0...people).contains(infected) else {
                throw .range(field: "infected", from: 0, to: Double(people))
            }
        }
    }
}
