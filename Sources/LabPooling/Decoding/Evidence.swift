/// What one test of a pool, or of a single person, read.
package struct PoolReading: Hashable, Sendable {
    /// Who was in the well, by index.
    package let members: [Int]
    package let isPositive: Bool
    package let accuracy: Accuracy

    /// A reading; each member is named once.
    package init(members: [Int], isPositive: Bool, accuracy: Accuracy) {
        self.members = members
        self.isPositive = isPositive
        self.accuracy = accuracy
    }

    /// P(this reading | somebody in the pool is positive), P(this reading | nobody is).
    var likelihoods: (positive: Double, clear: Double) {
        isPositive
            ? (accuracy.sensitivity, 1 - accuracy.specificity)
            : (1 - accuracy.sensitivity, accuracy.specificity)
    }
}

/// How likely each person is positive after any set of readings, exactly.
///
/// Bayes' rule over all states of the people. The states are summed person by person: what matters
/// of those before is only which pools hold somebody positive already, so n people in m pools cost
/// n·2ᵐ steps instead of 2ⁿ. All terms are positive; nothing cancels.
package struct Evidence: Sendable {
    /// Risks before the readings, by person.
    package let risks: [Double]
    package let readings: [PoolReading]

    /// The most sums over states that one set of overlapping pools may cost: some seconds.
    private static let mostSums = 1e9

    /// Independent people and what was read of them.
    ///
    /// - Throws: `PoolingFault` for risks that are no probabilities, members that do not exist or
    ///   stand twice in a pool, and more overlapping pools than can be summed over.
    package init(risks: [Double], readings: [PoolReading]) throws(PoolingFault) {
        try Crowd.risks(risks).check()
        for reading in readings {
            guard !reading.members.isEmpty else { throw .empty(field: "members") }
            guard Set(reading.members).count == reading.members.count else {
                throw .beyond("a person stands twice in one pool; name each once")
            }
            guard reading.members.allSatisfy(risks.indices.contains) else {
                throw .range(field: "member", from: 1, to: Double(risks.count))
            }
        }
        self.risks = risks
        self.readings = readings
        for part in Self.parts(of: readings, people: risks.count) {
            let pools = part.pools.count
            guard pools < 40,
                Double(1 << pools) * Double(part.people.count) < Self.mostSums / 8
            else {
                throw .beyond(
                    "\(pools) pools of \(part.people.count) people overlap, which are too many to "
                        + "decode together; decode parts of them")
            }
        }
    }

    /// P(positive | all readings) of each person; nil when the readings cannot all be true.
    package func posteriors() -> [Double]? {
        var posteriors = risks
        for part in Self.parts(of: readings, people: risks.count) {
            guard let own = Part(part, risks: risks, readings: readings).posteriors() else {
                return nil
            }
            for (person, posterior) in zip(part.people, own) { posteriors[person] = posterior }
        }
        return posteriors
    }

    /// P(nobody of these people is positive | all readings); nil when the readings cannot all be
    /// true.
    package func clear(_ people: [Int]) -> Double? {
        var clear = 1.0
        let wanted = Set(people)
        for part in Self.parts(of: readings, people: risks.count)
        where !wanted.isDisjoint(with: part.people) {
            let any = Part(part, risks: risks, readings: readings).likelihood
            guard any > 0 else { return nil }
            var known = risks
            for person in part.people where wanted.contains(person) { known[person] = 0 }
            let without = wanted.intersection(part.people).reduce(1) { $0 * (1 - risks[$1]) }
            clear *= without * Part(part, risks: known, readings: readings).likelihood / any
        }
        return clear
    }

    /// People whom pools tie together, and those pools.
    struct Tied {
        var people: [Int]
        /// Readings of several people.
        var pools: [Int]
        /// Readings of one person.
        var singles: [Int]
    }

    /// Everybody falls into one part; single tests tie nobody.
    static func parts(of readings: [PoolReading], people: Int) -> [Tied] {
        var part = Array(0..<people)
        func root(_ person: Int) -> Int {
            var person = person
            while part[person] != person { person = part[person] }
            return person
        }
        for reading in readings {
            for member in reading.members.dropFirst() {
                let (one, other) = (root(reading.members[0]), root(member))
                part[max(one, other)] = min(one, other)
            }
        }
        var places: [Int: Int] = [:]
        var tied: [Tied] = []
        for person in 0..<people {
            let own = root(person)
            if let place = places[own] {
                tied[place].people.append(person)
            } else {
                places[own] = tied.count
                tied.append(Tied(people: [person], pools: [], singles: []))
            }
        }
        for (index, reading) in readings.enumerated() {
            guard let place = places[root(reading.members[0])] else { continue }
            if reading.members.count > 1 {
                tied[place].pools.append(index)
            } else {
                tied[place].singles.append(index)
            }
        }
        return tied
    }
}
