internal import LabDomain
package import LabPooling
internal import LabTables

/// Results of pools and members as a file gives them: `test,kind,members,result`.
package struct ResultTable {
    /// One member after all results.
    package struct Member: Codable, Sendable {
        package let member: String
        package let outcome: MemberOutcome
        package let posterior: Double
    }

    /// A well that should be tested next.
    package struct Next: Codable, Sendable {
        package let members: [String]
        package let positive: Double
    }

    /// What the results say.
    package struct Decoded: Codable, Sendable {
        package let members: [Member]
        package let nextTests: [Next]
        /// Expected tests until all who wait for a retest are known.
        package let expectedTests: Double
    }

    private let names: [String]
    private let tests: [MemberTest]

    /// Reads a file of results.
    ///
    /// - Throws: `Refusal` with every faulty line.
    package init(_ bytes: [UInt8]) throws {
        let (header, rows) = try PoolingTable.read(bytes)
        let needed = ["kind", "members", "result"]
        guard needed.allSatisfy(header.contains) else {
            throw Refusal(
                .badData, "The file holds no results of pools and members.",
                remedy: "Its columns must be test,kind,members,result.")
        }
        var places: [String: Int] = [:]
        var names: [String] = []
        var faults: [Refusal.Place] = []
        var tests: [MemberTest] = []
        for row in rows {
            func complain(_ column: String, _ message: Wording, _ remedy: Wording) {
                faults.append(
                    Refusal.Place(
                        line: row.line, column: row.places[column].map { $0 + 1 }, subject: column,
                        code: column, message: message, remedy: remedy))
            }
            let members = (row["members"] ?? "").split(whereSeparator: \.isWhitespace)
                .map(String.init)
            let kind = MemberTest.Kind(rawValue: row["kind"] ?? "")
            let result = MemberTest.Result(rawValue: row["result"] ?? "")
            if kind == nil { complain("kind", "No kind of test.", "Write single, pool or mixed.") }
            if result == nil {
                complain(
                    "result", "No result.", "Write detected, not-detected, grey or invalid.")
            }
            if members.isEmpty || (kind == .single && members.count > 1) {
                complain(
                    "members", "A single test has one member, a pool one or more.",
                    "Join the names by blanks.")
            }
            if Set(members).count < members.count {
                complain("members", "A member stands in the pool twice.", "Name each once.")
            }
            guard let kind, let result else { continue }
            let indices = members.map { name in
                if let place = places[name] { return place }
                places[name] = names.count
                names.append(name)
                return names.count - 1
            }
            tests.append(MemberTest(kind: kind, members: indices, result: result))
        }
        guard faults.isEmpty, !tests.isEmpty else {
            throw Refusal(
                .badData, "The results cannot be used; nothing was computed.",
                remedy: "Mend the places below, or give one result at least.", places: faults)
        }
        self.names = names
        self.tests = tests
    }

    /// Computes what the results say of each member.
    ///
    /// Invalid results say nothing; a grey single test says nothing yet, a grey pool counts as
    /// detected. A person whose results name them negative though they are positive with a chance
    /// above `doubt`, or positive though it is below one half, is discordant and tested again.
    /// - Throws: `PoolingFault` for numbers outside their range, `Refusal` when the results
    ///   cannot all be true under the accuracies.
    package func decode(
        prevalence: Double, pool: Accuracy, single: Accuracy, mostPeople: Int, floor: Double,
        doubt: Double = 0.05
    ) throws -> Decoded {
        let readings = tests.compactMap { test -> PoolReading? in
            guard test.result != .invalid, test.kind != .single || test.result != .grey else {
                return nil
            }
            return PoolReading(
                members: test.members, isPositive: test.result != .notDetected,
                accuracy: test.kind == .single ? single : pool)
        }
        let evidence = try Evidence(
            risks: Array(repeating: prevalence, count: names.count), readings: readings)
        guard let posteriors = evidence.posteriors() else {
            throw Refusal(
                .badData, "The results cannot all be true with tests that are never wrong.",
                remedy: "Give sensitivities and specificities below 1.")
        }
        let named = outcomes(of: names.count, after: tests)
        let doubtful = names.indices.filter {
            switch named[$0] {
            case .negative, .discordant: posteriors[$0] > doubt
            case .positive: posteriors[$0] < 0.5
            default: false
            }
        }
        var outcomes = named
        for place in doubtful { outcomes[place] = .discordant }
        let waiting = outcomes.indices.filter {
            outcomes[$0] == .awaitingRetest || outcomes[$0] == .invalid
                || doubtful.contains($0)
        }
        let next = evidence.nextTests(
            for: waiting, pool: pool, single: single, mostPeople: mostPeople, floor: floor)
        return Decoded(
            members: names.indices.map {
                Member(
                    member: names[$0], outcome: outcomes[$0] ?? .invalid, posterior: posteriors[$0])
            },
            nextTests: (next?.tests ?? []).map { test in
                Next(members: test.members.map { names[$0] }, positive: test.positive)
            },
            expectedTests: next?.expected ?? 0)
    }
}
