import Testing

@Suite("The house: size")
struct SizeTests {
    @Test(
        "HOUSE-4: no code file is longer than 400 lines, and no line wider than 100 columns",
        .enabled(if: Tree.isCheckout))
    func size() throws {
        expectNone(try Tree.files().filter(Size.applies(to:)).flatMap(Size.excess(in:)))
    }

    @Test("HOUSE-4: one line or one column too many is found")
    func excess() {
        let full = String(repeating: "a\n", count: 400)
        #expect(Size.excess(in: SourceFile("a.swift", full)) == [])
        #expect(Size.excess(in: SourceFile("a.swift", full + "a\n")).map(\.line) == [401])

        let wide = "a\n" + String(repeating: "管", count: 100)
        #expect(Size.excess(in: SourceFile("a.swift", wide)) == [])
        #expect(Size.excess(in: SourceFile("a.swift", wide + "!")).map(\.line) == [2])
    }

    @Test("HOUSE-4: scripts without an extension are code, data is not")
    func code() {
        #expect(Size.applies(to: SourceFile("tools/demo", "#!/usr/bin/env bash\n")))
        #expect(!Size.applies(to: SourceFile("Sources/LabExchange/Schemas/a.xsd", "<schema/>")))
    }
}
