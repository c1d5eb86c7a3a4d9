extension Evidence {
    /// A next test: who goes into one well together.
    package struct NextTest: Hashable, Sendable {
        package let members: [Int]
        /// P(it reads positive | all readings so far).
        package let positive: Double
    }

    /// The wells that answer for some people with the fewest expected tests.
    ///
    /// The people are sorted by what is known of them and cut into stretches: each is one well,
    /// and its people are tested singly when it reads positive. Exact over all such cuts, with the
    /// people's states tied together by what was read.
    /// - Parameters:
    ///   - people: Who waits for a test.
    ///   - pool: The accuracy of a well of several people.
    ///   - single: The accuracy of a single test.
    ///   - mostPeople: People in a well at most.
    ///   - floor: The least chance of being found that a positive person keeps from here on.
    /// - Returns: The wells in ascending risk with the expected tests, retests included; nil when
    ///   the readings cannot all be true.
    /// - Complexity: O(n²) posteriors of stretches.
    package func nextTests(
        for people: [Int], pool: Accuracy, single: Accuracy, mostPeople: Int, floor: Double
    ) -> (tests: [NextTest], expected: Double)? {
        guard let posteriors = posteriors() else { return nil }
        let row = people.sorted { (posteriors[$0], $0) < (posteriors[$1], $1) }
        guard !row.isEmpty else { return ([], 0) }
        let isPoolEnough = pool.sensitivity * single.sensitivity >= floor - 1e-12
        let longest = isPoolEnough ? max(1, mostPeople) : 1
        var best = [Double](repeating: .infinity, count: row.count + 1)
        var last = [(length: Int, positive: Double)](repeating: (1, 0), count: row.count + 1)
        best[0] = 0
        for end in 1...row.count {
            for length in 1...min(longest, end) {
                let stretch = Array(row[(end - length)..<end])
                guard let clear = clear(stretch) else { return nil }
                let read = (length == 1 ? single : pool).positive(clear: clear)
                let cost = best[end - length] + 1 + (length == 1 ? 0 : Double(length) * read)
                if cost < best[end] - 1e-12 { (best[end], last[end]) = (cost, (length, read)) }
            }
        }
        var tests: [NextTest] = []
        var end = row.count
        while end > 0 {
            let (length, positive) = last[end]
            tests.append(
                NextTest(members: Array(row[(end - length)..<end]), positive: positive))
            end -= length
        }
        return (tests.reversed(), best[row.count])
    }
}
