import Testing

@Suite("The house: scripts")
struct ScriptsTests {
    @Test(
        "HOUSE-10: every script can be started and begins by saying what it is for",
        .enabled(if: Tree.isCheckout))
    func scripts() throws {
        let scripts = try Tree.files().filter(Scripts.applies(to:))
        #expect(scripts.contains { $0.path == "tools/test" })
        expectNone(scripts.flatMap(Scripts.faults(of:)))
    }

    @Test("HOUSE-10: a script without its run bit, its first line or its purpose is found")
    func faults() {
        let good = "#!/usr/bin/env bash\n# Shows the laboratory at work.\n"
        #expect(faults(of: good) == 0)
        #expect(faults(of: "#!/usr/bin/env python3\n\"\"\"Times two programs.\"\"\"\n") == 0)
        #expect(faults(of: good, isExecutable: false) == 1)
        #expect(faults(of: "\n" + good.dropFirst(20)) == 1)
        #expect(faults(of: "#!/usr/bin/env bash\nset -eu\n# Shows the laboratory.\n") == 1)
        #expect(faults(of: "#!/usr/bin/env bash\n#\n") == 1)
    }

    @Test("HOUSE-10: lists and C programs are no scripts")
    func applies() {
        #expect(Scripts.applies(to: SourceFile("tools/demo", "")))
        #expect(Scripts.applies(to: SourceFile("tools/benchmarks/a/run", "")))
        #expect(!Scripts.applies(to: SourceFile("tools/packages", "")))
        #expect(!Scripts.applies(to: SourceFile("tools/benchmarks/a/b.c", "")))
        #expect(!Scripts.applies(to: SourceFile("Sources/tools/a", "")))
    }

    private func faults(of text: String, isExecutable: Bool = true) -> Int {
        Scripts.faults(of: SourceFile("tools/a", text, isExecutable: isExecutable)).count
    }
}
