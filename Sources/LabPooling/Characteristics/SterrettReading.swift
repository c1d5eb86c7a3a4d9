/// The operating characteristics of Sterrett searches.
///
/// The people of a positive pool are tested one by one until one is found; the rest is pooled
/// again. A rest of one person is tested individually. Source: C. R. Bilder, J. M. Tebbs, P. Chen,
/// "Informative retesting", Journal of the American Statistical Association 105 (2010) 942, with
/// test error; the first two moments follow from a recursion over the rest of the row.
struct SterrettReading {
    /// In the order of individual testing: the likeliest first where risks are known.
    let risks: [Double]
    let accuracy: Accuracy

    /// The first two moments of a number, whatever the states, and when all are negative.
    private struct Moments {
        var any = (first: 0.0, second: 0.0)
        var negative = (first: 0.0, second: 0.0)

        static func constant(_ number: Double) -> Moments {
            Moments(any: (number, number * number), negative: (number, number * number))
        }
    }

    /// What is counted: every test, or whether one person is tested individually.
    private enum Counted {
        case tests
        case person(Int)
    }

    func characteristics(_ search: Scheme.Search) -> Characteristics {
        let tests = moments(search, of: risks, counting: .tests).any
        let people = risks.indices.map { place in
            var known = risks
            known[place] = 1
            let found = moments(search, of: known, counting: .person(place)).any.first
            known[place] = 0
            let tested = moments(search, of: known, counting: .person(place)).any.first
            return Characteristics.Person(
                risk: risks[place], sensitivity: accuracy.sensitivity * found,
                specificity: 1 - (1 - accuracy.specificity) * tested)
        }
        return Characteristics(
            tests: tests.first, variance: max(0, tests.second - tests.first * tests.first),
            people: people)
    }

    private func moments(
        _ search: Scheme.Search, of risks: [Double], counting counted: Counted
    ) -> Moments {
        let pooled: Int
        switch search {
        case .once: pooled = 1
        case .twice: pooled = 2
        case .full: pooled = 0
        }
        let clear = suffixProducts(risks)
        // From the last person backwards, for each number of searches that are left.
        var pools = Array(repeating: Moments(), count: pooled + 1)
        var walks = pools
        for place in risks.indices.reversed() {
            let left = risks.count - place
            var nextPools = pools
            var nextWalks = walks
            for searches in 0...pooled {
                let isLast = pooled > 0 && searches == 0
                let walk: Moments
                if isLast {
                    walk = everybody(from: place, left, counted)
                } else {
                    let found = pools[pooled == 0 ? 0 : searches - 1]
                    walk = step(place, risks[place], found, walks[searches], counted)
                }
                nextWalks[searches] = walk
                nextPools[searches] =
                    left == 1
                    ? everybody(from: place, 1, counted) : pool(walk, clear[place], counted)
            }
            pools = nextPools
            walks = nextWalks
        }
        return pools[pooled]
    }

    private func suffixProducts(_ risks: [Double]) -> [Double] {
        var products = risks.map { 1 - $0 }
        for place in risks.indices.dropLast().reversed() { products[place] *= products[place + 1] }
        return products
    }

    /// Everybody from a place on is tested individually.
    private func everybody(from place: Int, _ left: Int, _ counted: Counted) -> Moments {
        switch counted {
        case .tests: .constant(Double(left))
        case .person(let person): .constant(person >= place ? 1 : 0)
        }
    }

    /// One individual test, then the rest is pooled when it read positive, or the walk goes on.
    private func step(
        _ place: Int, _ risk: Double, _ pool: Moments, _ walk: Moments, _ counted: Counted
    ) -> Moments {
        let own: Double
        switch counted {
        case .tests: own = 1
        case .person(let person):
            if person == place { return .constant(1) }
            own = 0
        }
        func mixed(
            _ positive: Double, _ pool: (first: Double, second: Double),
            _ walk: (first: Double, second: Double)
        ) -> (Double, Double) {
            let first = positive * pool.first + (1 - positive) * walk.first
            let second = positive * pool.second + (1 - positive) * walk.second
            return (own + first, own * own + 2 * own * first + second)
        }
        return Moments(
            any: mixed(accuracy.positive(clear: 1 - risk), pool.any, walk.any),
            negative: mixed(1 - accuracy.specificity, pool.negative, walk.negative))
    }

    /// A pool that opens the walk when it reads positive.
    private func pool(_ walk: Moments, _ clear: Double, _ counted: Counted) -> Moments {
        let own: Double =
            switch counted {
            case .tests: 1
            case .person: 0
            }
        let falsely = 1 - accuracy.specificity
        func read(_ any: Double, _ negative: Double) -> Double {
            accuracy.sensitivity * (any - clear * negative) + falsely * clear * negative
        }
        func whole(_ first: Double, _ second: Double) -> (Double, Double) {
            (own + first, own * own + 2 * own * first + second)
        }
        return Moments(
            any: whole(
                read(walk.any.first, walk.negative.first),
                read(walk.any.second, walk.negative.second)),
            negative: whole(falsely * walk.negative.first, falsely * walk.negative.second))
    }
}
