import Testing

@Suite("The house: nothing of one machine")
struct MachinePathsTests {
    @Test(
        "HOUSE-7: no file holds an absolute path of one machine, and nothing built is tracked",
        .enabled(if: Tree.isCheckout))
    func paths() throws {
        expectNone(try Tree.files().flatMap(MachinePaths.absolute(in:)))
        expectNone(MachinePaths.built(among: try Tree.paths()))
    }

    @Test("HOUSE-7: an absolute path into a home is found", arguments: MachinePaths.homes)
    func absolute(_ home: String) {
        let text = "a\nsee \(home)ann/lab\n\"\(home)ann\""
        #expect(MachinePaths.absolute(in: SourceFile("a.md", text)).map(\.line) == [2, 3])
    }

    @Test("HOUSE-7: relative paths and web addresses are let be", arguments: MachinePaths.homes)
    func relative(_ home: String) {
        let text = "docs\(home)a https://example.org\(home)b ${prefix}\(home)c ..\(home)d"
        #expect(MachinePaths.absolute(in: SourceFile("a.md", text)) == [])
    }

    @Test("HOUSE-7: what the build makes is found among the tracked files")
    func built() {
        let paths = [".build/debug.yaml", "Package.resolved", ".build-x/a", "Sources/Build.swift"]
        #expect(MachinePaths.built(among: paths).map(\.path) == Array(paths[..<3]))
    }
}
