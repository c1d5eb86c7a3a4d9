/// What is known of a person after tests of pools and members.
package enum MemberOutcome: String, CaseIterable, Hashable, Sendable, Codable {
    /// Cleared by a negative test of their own or of a pool.
    case negative
    /// Found by a test of their own.
    case positive
    /// In a positive laboratory pool: the kept tube is tested next.
    case awaitingRetest = "awaiting-retest"
    /// In a positive mixed tube: there is no tube of their own, so they are swabbed again.
    case awaitingRecollection = "awaiting-recollection"
    /// No test of theirs could be read.
    case invalid
    /// In a positive pool whose members are all cleared: the pool's signal is unexplained.
    case discordant
}

/// One test as a laboratory has it.
package struct MemberTest: Hashable, Sendable {
    /// What stood in the well.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case single
        case pool
        case mixed
    }

    /// What the well read; grey counts as detected in pools and mixed tubes.
    package enum Result: String, CaseIterable, Hashable, Sendable {
        case detected
        case notDetected = "not-detected"
        case grey
        case invalid
    }

    package let kind: Kind
    package let members: [Int]
    package let result: Result

    /// A test; a single one has one member.
    package init(kind: Kind, members: [Int], result: Result) {
        self.kind = kind
        self.members = members
        self.result = result
    }

    var isPositive: Bool { result == .detected || (result == .grey && kind != .single) }
    var isNegative: Bool { result == .notDetected }
}

/// Turns the results of pools and members into the outcome of each person.
///
/// - Parameters:
///   - people: How many people there are, by index from 0.
///   - tests: In any order; members out of range are not looked at.
/// - Returns: The outcome of each person; nil for somebody who was never tested.
package func outcomes(of people: Int, after tests: [MemberTest]) -> [MemberOutcome?] {
    var cleared = Set<Int>()
    var found = Set<Int>()
    for test in tests {
        if test.isNegative { cleared.formUnion(test.members) }
        if test.kind == .single, test.isPositive { found.formUnion(test.members) }
    }
    // A single test says more of its person than any pool.
    cleared.subtract(found)
    for test in tests where test.kind == .single && test.result == .grey {
        let isSettled = tests.contains {
            $0.kind == .single && $0.isNegative && $0.members == test.members
        }
        if !isSettled { cleared.subtract(test.members) }
    }
    let unexplained = tests.filter { $0.isPositive && $0.members.allSatisfy(cleared.contains) }
        .reduce(into: Set<Int>()) { $0.formUnion($1.members) }
    return (0..<people).map { person in
        let own = tests.filter { $0.members.contains(person) }
        guard !own.isEmpty else { return nil }
        if found.contains(person) { return .positive }
        if unexplained.contains(person) { return .discordant }
        if cleared.contains(person) { return .negative }
        if own.contains(where: { $0.isPositive && $0.kind == .mixed }) {
            return .awaitingRecollection
        }
        if own.contains(where: { $0.isPositive || $0.result == .grey }) { return .awaitingRetest }
        return .invalid
    }
}
