import Testing

@Suite("The house: rules and the tests that name them")
struct RuleNumbersTests {
    @Test(
        "HOUSE-6: every rule is named by a test, and a test names only rules that exist",
        .enabled(if: Tree.isCheckout))
    func rules() throws {
        let stated = RuleNumbers.stated(in: try Tree.file("specs/rules.md"))
        let named = try Tree.tests().flatMap(RuleNumbers.named(in:))
        #expect(!stated.isEmpty, "specs/rules.md states no rule")
        expectNone(RuleNumbers.repeated(stated))
        expectNone(RuleNumbers.unnamed(stated, among: named))
        expectNone(RuleNumbers.unstated(named, among: stated))
    }

    @Test("HOUSE-6: rules are read from lists and tables, and not from other text")
    func stated() {
        let text = "# A\n- **RES-3** b\n| **HL7-12** | c |\nsee **RES-4**\n- RES-5 d"
        let stated = RuleNumbers.stated(in: SourceFile("specs/rules.md", text))
        #expect(stated.map(\.number) == ["RES-3", "HL7-12"])
        #expect(stated.map(\.line) == [2, 3])
    }

    @Test("HOUSE-6: only the opening of a test's name names rules, on the line of @Test or below")
    func named() {
        let text = """
            @Test("RES-3: a") func a() { f("RES-4: b") }
            @Test(
                "RES-5, RES-6: c RES-7: d", arguments: ["RES-8: e"])
            @Test("POOL-1 and POOL-2 f")
            // @Test("RES-9: g")
            @Test("HL7 h")
            @Test(arguments: ["RES-10: i"])
            """
        let named = RuleNumbers.named(in: SwiftFile("Tests/A/A.swift", text))
        #expect(named.map(\.number) == ["RES-3", "RES-5", "RES-6", "POOL-1", "POOL-2"])
        #expect(named.map(\.line) == [1, 3, 3, 4, 4])
    }

    @Test("HOUSE-6: a rule without a test, a test without a rule and a number twice are found")
    func gaps() {
        let rules = SourceFile("specs/rules.md", "- **RES-1** a\n- **RES-2** b\n- **RES-1** c")
        let tests = SwiftFile("Tests/A/A.swift", "@Test(\"RES-1: a\")\n@Test(\"RES-3: b\")")
        let stated = RuleNumbers.stated(in: rules)
        let named = RuleNumbers.named(in: tests)
        #expect(RuleNumbers.unnamed(stated, among: named).map(\.line) == [2])
        #expect(RuleNumbers.unstated(named, among: stated).map(\.line) == [2])
        #expect(RuleNumbers.repeated(stated).map(\.line) == [3])
    }
}
