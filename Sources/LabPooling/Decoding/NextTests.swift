extension Evidence {
    /// A next test: who goes into one well together.
    package struct NextTest: Hashable, Sendable {
        package let members: [Int]
        /// P(it reads positive | all readings so far).
        package let positive: Double
    }

    /// The wells that answer for some people with the fewest expected tests.
    ///
    /// People whom pools tie together are sorted by what is known of them and cut into stretches:
    /// each is one well, and its people are tested singly when it reads positive. That is exact
    /// over all such cuts. People whom nothing ties to others are one such row. Where exact
    /// chances of stretches would take too long, everybody of the row goes singly.
    /// - Parameters:
    ///   - people: Who waits for a test.
    ///   - pool: The accuracy of a well of several people.
    ///   - single: The accuracy of a single test.
    ///   - mostPeople: People in a well at most.
    ///   - floor: The least chance of being found that a positive person keeps from here on.
    /// - Returns: The wells with the expected tests, retests included; nil when the readings cannot
    ///   all be true.
    package func nextTests(
        for people: [Int], pool: Accuracy, single: Accuracy, mostPeople: Int, floor: Double
    ) -> (tests: [NextTest], expected: Double)? {
        guard let posteriors = posteriors() else { return nil }
        let isPoolEnough = pool.sensitivity * single.sensitivity >= floor - 1e-12
        let longest = isPoolEnough ? max(1, mostPeople) : 1
        let wanted = Set(people)
        var free: [Int] = []
        var tests: [NextTest] = []
        var expected = 0.0
        func take(_ row: [Int], longest: Int, clear: @escaping ([Int]) -> Double) {
            let cut = RowCut(pool: pool, single: single, longest: longest, clear: clear)
            let found = cut.best(row.sorted { (posteriors[$0], $0) < (posteriors[$1], $1) })
            tests += found.tests
            expected += found.expected
        }
        for tied in Self.parts(of: readings, people: risks.count) {
            let row = tied.people.filter(wanted.contains)
            guard !row.isEmpty else { continue }
            guard !tied.pools.isEmpty else {
                free += row
                continue
            }
            let any = Part(tied, risks: risks, readings: readings).likelihood
            let cost =
                Double(row.count * longest * tied.people.count) * Double(1 << tied.pools.count)
            take(row, longest: cost < 3e8 ? longest : 1) { stretch in
                if stretch.count == 1 { return 1 - posteriors[stretch[0]] }
                var known = risks
                for person in stretch { known[person] = 0 }
                let prior = stretch.reduce(1) { $0 * (1 - risks[$1]) }
                return prior * Part(tied, risks: known, readings: readings).likelihood / any
            }
        }
        take(free, longest: longest) { $0.reduce(1) { $0 * (1 - posteriors[$1]) } }
        return (tests, expected)
    }
}

/// The cheapest cut of a sorted row into wells.
private struct RowCut {
    let pool: Accuracy
    let single: Accuracy
    let longest: Int
    /// P(nobody of a stretch is positive | all readings).
    let clear: ([Int]) -> Double

    func best(_ row: [Int]) -> (tests: [Evidence.NextTest], expected: Double) {
        var best = [Double](repeating: .infinity, count: row.count + 1)
        var last = [(length: Int, positive: Double)](repeating: (1, 0), count: row.count + 1)
        best[0] = 0
        for end in row.indices.map({ $0 + 1 }) {
            for length in 1...min(longest, end) {
                let stretch = Array(row[(end - length)..<end])
                let read = (length == 1 ? single : pool).positive(clear: clear(stretch))
                let cost = best[end - length] + 1 + (length == 1 ? 0 : Double(length) * read)
                if cost < best[end] - 1e-12 { (best[end], last[end]) = (cost, (length, read)) }
            }
        }
        var tests: [Evidence.NextTest] = []
        var end = row.count
        while end > 0 {
            let (length, positive) = last[end]
            tests.append(
                Evidence.NextTest(members: Array(row[(end - length)..<end]), positive: positive))
            end -= length
        }
        return (tests.reversed(), best[row.count])
    }
}
