/// The operating characteristics of pools that are cut into smaller ones.
///
/// A pool is tested when all pools above it read positive. Of nested pools the larger are truly
/// positive down to some depth and clear below it, so
///
///     P(all read positive) = Σ_j P(the first j are positive, the others clear) Π Se Π (1 − Sp)
///
/// and the expected tests are the sum of that over all pools. Source: H.-Y. Kim, M. G. Hudgens,
/// J. M. Dreyfuss, D. J. Westreich, C. D. Pilcher, "Comparison of group testing algorithms for
/// case identification in the presence of test error", Biometrics 63 (2007) 1152, written for any
/// tree of pools.
struct HierarchyReading {
    let crowd: Crowd
    /// One for each stage.
    let accuracies: [Accuracy]

    private struct Sum {
        var tests = 0.0
        var people: [Characteristics.Person] = []
    }

    func characteristics(of trees: [PoolTree], withVariance: Bool) -> Characteristics {
        var sum = Sum()
        var start = 0
        for tree in trees {
            add(tree, at: start, under: [], to: &sum)
            start += tree.size
        }
        return Characteristics(
            tests: sum.tests, variance: withVariance ? variance(of: trees) : nil, people: sum.people
        )
    }

    /// P(all pools of a chain, the largest first, read positive), given P(clear) of each.
    static func allPositive(_ clear: [Double], _ accuracies: [Accuracy]) -> Double {
        // The first `positive` pools hold somebody positive, the others are clear.
        var total = 0.0
        var above = 0.0
        for positive in 0...clear.count {
            let here = positive < clear.count ? clear[positive] : 1
            var reading = here - above
            for (stage, _) in clear.enumerated() {
                reading *=
                    stage < positive
                    ? accuracies[stage].sensitivity : 1 - accuracies[stage].specificity
            }
            total += reading
            above = here
        }
        return total
    }

    private func add(
        _ tree: PoolTree, at start: Int, under above: [Double], to sum: inout Sum
    ) {
        sum.tests += Self.allPositive(above, accuracies)
        let chain = above + [crowd.clear(start..<start + tree.size)]
        guard tree.size > 1 else { return sum.people.append(person(start, in: chain)) }
        var place = start
        for part in tree.parts {
            add(part, at: place, under: chain, to: &sum)
            place += part.size
        }
    }

    private func person(_ place: Int, in chain: [Double]) -> Characteristics.Person {
        let risk = crowd.risk(of: place)
        let sensitivity = accuracies.prefix(chain.count).reduce(1) { $0 * $1.sensitivity }
        // Given that this person is negative, a pool is clear when all the others in it are.
        let clear = chain.map { risk < 1 ? min(1, $0 / (1 - risk)) : 1 }
        return Characteristics.Person(
            risk: risk, sensitivity: sensitivity,
            specificity: min(1, 1 - Self.allPositive(clear, accuracies)))
    }
}
