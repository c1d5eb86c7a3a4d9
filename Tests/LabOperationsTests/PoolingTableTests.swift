import LabOperations
import LabPooling
import ReferenceFiles
import Testing

@Suite("Tables that others computed")
struct PoolingTableTests {
    private func bytes(_ name: String) throws -> [UInt8] {
        try Reference.bytes("pooling/\(name).csv")
    }

    private func check(_ name: String, tolerance: Double? = nil) throws -> TableCheck {
        try PoolingTable(try bytes(name)).check(
            vectors: try PoolingTable.vectors(try bytes("prob_vectors")), tolerance: tolerance)
    }

    @Test(
        "CHECK-1: every row of the reference tables is recomputed to 1e-9",
        .needs(reference: "pooling/bingroup2.csv"),
        arguments: [("bingroup2", 24), ("gtcorr", 3)])
    func reference(_ name: String, families: Int) throws {
        let check = try check(name, tolerance: 1e-9)
        #expect(check.isWithin)
        #expect(check.recomputed == check.rows)
        #expect(check.families.count == families)
    }

    @Test(
        "CHECK-2: dilution is published to six digits and held to 1e-6, all else to 1e-9",
        .needs(reference: "pooling/bingroup2.csv"),
        arguments: ["informative-dorfman-dp", "dilution"])
    func short(_ name: String) throws {
        let check = try check(name)
        #expect(check.isWithin && check.recomputed > 0)
        #expect(check.tolerance == (name == "dilution" ? 1e-6 : 1e-9))
        #expect(try self.check(name, tolerance: 1e-9).isWithin == (name != "dilution"))
        #expect(!check.hasFaults)
        let undone = check.families.filter { $0.recomputed < $0.rows }.map(\.family)
        #expect(undone == (name == "dilution" ? ["ct_shift"] : []))
    }

    private static let head = """
        id,family,algorithm,stages,n,p,prob_vector,se1,se2,sp1,sp2,expected_tests,pse

        """

    private func checkRows(_ rows: String) throws -> TableCheck {
        try PoolingTable(Array((Self.head + rows).utf8)).check(
            vectors: ["V": [0.1, 0.2]], tolerance: nil)
    }

    @Test("CHECK-3: one wrong digit is found, with its family, column and line")
    func wrong() throws {
        let right = try checkRows("1,F,D2,5>1,5,0.01,,1,1,1,1,1.24504975049999,1\n")
        #expect(right.isWithin)
        let wrong = try checkRows(
            "1,F,D2,5>1,5,0.01,,1,1,1,1,1.24504975049999,1\n"
                + "2,F,D2,5>1,5,0.01,,1,1,1,1,1.24504985049999,1\n")
        #expect(!wrong.isWithin)
        let column = try #require(wrong.families.first?.columns.first { !$0.isWithin })
        #expect(column.column == "expected_tests" && column.line == 3)
        #expect(abs(column.largestError - 1e-7) < 1e-12)
        #expect(try !checkRows("1,F,D2,5>1,5,0.01,,1,1,1,1,2,1\n").isWithin)
    }

    @Test(
        "CHECK-4: rows that cannot be done are listed with their reason",
        arguments: [
            ("1,F,D2,5>4>1,5,0.01,,1,1,1,1,1,1", "nest"),
            ("1,F,D2,5>1,5,1.5,,1,1,1,1,1,1", "p is not in 0 ... 1"),
            ("1,F,D2,5>1,5,x,,1,1,1,1,1,1", "p is no number"),
            ("1,F,ID2,pools(2)>1,2,,W,1,1,1,1,1,1", "risk vector W is not given"),
            ("1,F,ID2,pools(3)>1,3,,V,1,1,1,1,1,1", "3 places and 2 people"),
            ("1,F,D2,5>1,5,0.01,,,,,,1,1", "se1 is empty"),
            ("1,F,D2,5>1,5,0.01,,1,1,1,1,,", "no figure to compare"),
            ("1,F,D2,5>1,6,0.01,,1,1,1,1,1,1", "n is 6, not 5"),
            ("1,F,D9,5>1,5,0.01,,1,1,1,1,1,1", "algorithm is none of"),
            ("1,F,D2,5>1,5,0.01,,,1,1,1,1,1", "se1 is empty"),
        ])
    func cannot(_ row: String, _ reason: String) throws {
        let family = try #require(try checkRows(row + "\n").families.first)
        #expect(family.recomputed == 0 && family.rows == 1)
        #expect(family.cannotDo.first?.isFaulty == !reason.contains("not given"))
        #expect(family.cannotDo.first?.reason.contains(reason) == true, "\(family.cannotDo)")
    }

    @Test("CHECK-5: what is no such table is refused")
    func refused() {
        for text in ["", "a,b\n1,2\n", Self.head, Self.head + "1,2\n"] {
            #expect(throws: Refusal.self) { try PoolingTable(Array(text.utf8)) }
        }
        for text in ["prob_vector,index,p\nV,1,2\n", "p\n1\n"] {
            #expect(throws: Refusal.self) { try PoolingTable.vectors(Array(text.utf8)) }
        }
    }

    @Test("DEC-7: nobody is called negative or positive against the odds")
    func doubtful() throws {
        func decode(_ lines: [String]) throws -> ResultTable.Decoded {
            let text = (["test,kind,members,result"] + lines).joined(separator: "\n")
            let pool = try Accuracy(sensitivity: 0.95, specificity: 0.995)
            let single = try Accuracy(sensitivity: 0.99, specificity: 0.999)
            return try ResultTable(Array(text.utf8)).decode(
                prevalence: 0.01, pool: pool, single: single, mostPeople: 5, floor: 0.85)
        }
        // One negative pool stands against three positive ones.
        let pools = try decode([
            "1,pool,a b,not-detected", "2,pool,a c,detected", "3,pool,a d,detected",
            "4,pool,a e,detected",
        ])
        #expect(pools.members[0].outcome == .discordant && pools.members[0].posterior > 0.99)
        #expect(pools.nextTests.contains { $0.members.contains("a") })
        #expect(pools.members[1].outcome == .negative)
        let singles = try decode(["1,single,a,detected", "2,single,a,not-detected"])
        #expect(singles.members[0].outcome == .discordant && singles.nextTests.count == 1)
    }

    @Test("DEC-4: a file of results names every member's outcome and what to test next")
    func results() throws {
        let text = """
            test,kind,members,result
            1,pool,a b c d,detected
            2,pool,a b,not-detected
            3,single,c,not-detected
            4,mixed,x y,detected
            5,single,z,invalid
            """
        let decoded = try ResultTable(Array(text.utf8)).decode(
            prevalence: 0.01, pool: .perfect, single: .perfect, mostPeople: 4, floor: 0)
        #expect(
            decoded.members.map { "\($0.member) \($0.outcome.rawValue)" } == [
                "a negative", "b negative", "c negative", "d awaiting-retest",
                "x awaiting-recollection", "y awaiting-recollection", "z invalid",
            ])
        #expect(decoded.members[3].posterior == 1)
        #expect(decoded.nextTests.flatMap(\.members).sorted() == ["d", "z"])
        for text in ["kind,members,result\npool,a a,detected", "a,b\n1,2", "kind,members,result\n"]
        {
            #expect(throws: Refusal.self) { try ResultTable(Array(text.utf8)) }
        }
    }
}
