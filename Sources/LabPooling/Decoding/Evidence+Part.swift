extension Evidence {
    /// People whom pools tie together, ready to be summed over.
    struct Part {
        /// Weights of each person's two states, single tests included.
        private let negative: [Double]
        private let positive: [Double]
        /// The pools that each person stands in, one bit each.
        private let masks: [Int]
        /// P(readings | which pools hold somebody positive), by the bits of those pools.
        private let likelihoods: [Double]

        init(_ tied: Tied, risks: [Double], readings: [PoolReading]) {
            var negative = tied.people.map { 1 - risks[$0] }
            var positive = tied.people.map { risks[$0] }
            let places = Dictionary(
                uniqueKeysWithValues: zip(tied.people, tied.people.indices))
            for index in tied.singles {
                let reading = readings[index]
                guard let place = places[reading.members[0]] else { continue }
                positive[place] *= reading.likelihoods.positive
                negative[place] *= reading.likelihoods.clear
            }
            var masks = Array(repeating: 0, count: tied.people.count)
            var likelihoods = [1.0]
            for (bit, pool) in tied.pools.enumerated() {
                for member in readings[pool].members {
                    if let place = places[member] { masks[place] |= 1 << bit }
                }
                let own = readings[pool].likelihoods
                likelihoods =
                    likelihoods.map { $0 * own.clear } + likelihoods.map { $0 * own.positive }
            }
            self.negative = negative
            self.positive = positive
            self.masks = masks
            self.likelihoods = likelihoods
        }

        /// P(readings).
        var likelihood: Double {
            var states = start
            for person in masks.indices { states = added(person, to: states) }
            return zip(states, likelihoods).reduce(0) { $0 + $1.0 * $1.1 }
        }

        /// P(positive | readings) of each person; nil when P(readings) is 0.
        func posteriors() -> [Double]? {
            var posteriors = Array(repeating: 0.0, count: masks.count)
            var isPossible = true
            leaveOut(masks.indices, from: start) { person, others in
                var weights = (positive: 0.0, negative: 0.0)
                for (hit, weight) in others.enumerated() where weight > 0 {
                    weights.negative += weight * negative[person] * likelihoods[hit]
                    weights.positive += weight * positive[person] * likelihoods[hit | masks[person]]
                }
                let whole = weights.positive + weights.negative
                if whole > 0 {
                    posteriors[person] = weights.positive / whole
                } else {
                    isPossible = false
                }
            }
            return isPossible ? posteriors : nil
        }

        private var start: [Double] {
            var states = Array(repeating: 0.0, count: likelihoods.count)
            states[0] = 1
            return states
        }

        /// Sums over one person more.
        private func added(_ person: Int, to states: [Double]) -> [Double] {
            var next = Array(repeating: 0.0, count: states.count)
            let (mask, negative, positive) = (masks[person], negative[person], positive[person])
            for (hit, weight) in states.enumerated() where weight > 0 {
                next[hit] += weight * negative
                next[hit | mask] += weight * positive
            }
            return next
        }

        /// Calls back with everybody but one summed up, for each one: halves of the row are added
        /// in turns, so that n people cost n log n sums and not n².
        private func leaveOut(
            _ people: Range<Int>, from states: [Double],
            _ found: (_ person: Int, _ others: [Double]) -> Void
        ) {
            guard people.count > 1 else {
                if let person = people.first { found(person, states) }
                return
            }
            let middle = people.lowerBound + people.count / 2
            var left = states
            for person in middle..<people.upperBound { left = added(person, to: left) }
            leaveOut(people.lowerBound..<middle, from: left, found)
            var right = states
            for person in people.lowerBound..<middle { right = added(person, to: right) }
            leaveOut(middle..<people.upperBound, from: right, found)
        }
    }
}
