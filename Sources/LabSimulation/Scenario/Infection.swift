internal import LabPooling
internal import LabStatistics

/// Who carries the virus among the people of one tube, household by household.
///
/// People come as households of one size; within one, infections are beta-binomial with the
/// district's correlation, between households independent.
struct Infection: Sendable {
    private let prevalence: Double
    private let household: Int
    // P(nobody among the first n of a household).
    private let clearOf: [Double]
    private let shape: (a: Double, b: Double)?
    /// P(nobody among n people of a tube), n from 0 on.
    let clear: [Double]

    init(prevalence: Double, household: Int, correlation: Double, most members: Int) {
        self.prevalence = prevalence
        self.household = household
        let isClustered = correlation > 0 && prevalence > 0 && prevalence < 1 && household > 1
        let model =
            isClustered ? ClusterModel.betaBinomial(correlation: correlation) : .independent
        clearOf = (0...household).map { model.clear($0, prevalence: prevalence) }
        let scale = (1 - correlation) / max(correlation, 1e-300)
        shape = isClustered ? (prevalence * scale, (1 - prevalence) * scale) : nil
        let clearOf = clearOf
        clear = (0...members).map { count in
            var product = clearOf[count % household]
            for _ in 0..<(count / household) { product *= clearOf[household] }
            return product
        }
    }

    /// One bit for each infected, given that there is one at least.
    func draw(_ members: Int, _ random: inout SeededGenerator) -> UInt32 {
        var bits: UInt32 = 0
        var rest = random.uniform() * (1 - clear[members])
        var start = 0
        // The first household with somebody infected, then its first infected member.
        var isFound = false
        while start < members {
            let size = min(household, members - start)
            if isFound {
                bits |= free(size, after: (0, 0), &random) << UInt32(start)
            } else if rest < 1 - clearOf[size] || start + size >= members {
                bits |= first(size, min(rest, 1 - clearOf[size]), &random) << UInt32(start)
                isFound = true
            } else {
                rest = (rest - (1 - clearOf[size])) / clearOf[size]
            }
            start += size
        }
        return bits
    }

    /// A household with one infected at least; `rest` is uniform below 1 − P(nobody).
    private func first(_ size: Int, _ rest: Double, _ random: inout SeededGenerator) -> UInt32 {
        var member = 0
        while member < size - 1, 1 - clearOf[member + 1] <= rest { member += 1 }
        let others = free(size - member - 1, after: (member + 1, 1), &random)
        return 1 << UInt32(member) | others << UInt32(member + 1)
    }

    /// Members of whom nothing is known, after some of their household (Pólya's urn).
    private func free(
        _ size: Int, after seen: (people: Int, infected: Int), _ random: inout SeededGenerator
    ) -> UInt32 {
        var bits: UInt32 = 0
        var infected = seen.infected
        for member in 0..<max(0, size) {
            var chance = prevalence
            if let shape {
                chance =
                    (shape.a + Double(infected))
                    / (shape.a + shape.b + Double(seen.people + member))
            }
            if random.uniform() < chance {
                bits |= 1 << UInt32(member)
                infected += 1
            }
        }
        return bits
    }

    /// P(exactly j infected among n people of a tube), j from 0 on.
    func distribution(_ members: Int) -> [Double] {
        var sum = [1.0]
        var left = members
        while left > 0 {
            let size = min(household, left)
            let one = ofHousehold(size)
            var next = [Double](repeating: 0, count: sum.count + size)
            for (j, p) in sum.enumerated() {
                for (k, q) in one.enumerated() { next[j + k] += p * q }
            }
            sum = next
            left -= size
        }
        return sum
    }

    /// P(exactly k infected among the first n of a household), by Pólya's urn.
    private func ofHousehold(_ size: Int) -> [Double] {
        var states = [1.0]
        for seen in 0..<size {
            var next = [Double](repeating: 0, count: states.count + 1)
            for (k, p) in states.enumerated() {
                var chance = prevalence
                if let shape {
                    chance = (shape.a + Double(k)) / (shape.a + shape.b + Double(seen))
                }
                next[k] += p * (1 - chance)
                next[k + 1] += p * chance
            }
            states = next
        }
        return states
    }
}
