import Testing

@Suite("The house: banned words")
struct BannedWordsTests {
    @Test(
        "HOUSE-5: nothing crashes on purpose, and time, chance and the terminal are the shell's",
        .enabled(if: Tree.isCheckout))
    func words() throws {
        let sources = try Tree.sources()
        expectNone(sources.flatMap(BannedWords.words(in:)))
        expectNone(sources.flatMap(BannedWords.unseededDraws(in:)))
    }

    @Test(
        "HOUSE-5: no note of work left undone stands in the code",
        .enabled(if: Tree.isCheckout))
    func leftovers() throws {
        let code = try Tree.files().filter(Size.applies(to:))
        expectNone(code.flatMap(BannedWords.leftovers(in:)))
    }

    @Test(
        "HOUSE-5: each banned word is found in code, and let be in comments and literals",
        arguments: BannedWords.everywhere.keys.sorted() + BannedWords.belowTheShell.keys.sorted())
    func banned(_ word: String) {
        let text = "let a = b ?? \(word)\n// \(word)\nlet c = \"\(word)\""
        let found = BannedWords.words(in: SwiftFile("Sources/LabStore/A.swift", text))
        #expect(found.map(\.line) == [1])
    }

    @Test("HOUSE-5: the shell may ask for the time and print, but not crash")
    func shell() {
        let text = "print(Date(), Int.random(in: 1...6))\nfatalError(\"\")"
        let file = SwiftFile("Sources/swabline/Swabline.swift", text)
        #expect(BannedWords.words(in: file).map(\.line) == [2])
        #expect(BannedWords.unseededDraws(in: file) == [])
    }

    @Test("HOUSE-5: a draw without a generator is found", arguments: BannedWords.draws)
    func draw(_ draw: String) {
        let text = "a\(draw)in: 1...6,\n using: &random)\na\(draw))"
        let file = SwiftFile("Sources/LabSimulation/A.swift", text)
        #expect(BannedWords.unseededDraws(in: file).map(\.line) == [3])
    }

    @Test("HOUSE-5: a note of work left undone is found in comments too")
    func leftover() {
        let file = SourceFile("tools/a", "a\n# \(BannedWords.leftovers[0]): b\nMASTODON\n")
        #expect(BannedWords.leftovers(in: file).map(\.line) == [2])
    }
}
