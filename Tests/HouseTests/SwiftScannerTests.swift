import Testing

@Suite("Taking Swift apart")
struct SwiftScannerTests {
    @Test("A comment is not code, nor is a comment inside a comment")
    func comments() {
        #expect(code("a // try! b\nc") == ["a          ", "c"])
        #expect(code("f(/* x /* y */ z\n */1)") == ["f(              ", "   1)"])
    }

    @Test("What a literal says is not code; what it interpolates is")
    func literals() {
        let file = SwiftFile("a.swift", #"f("as! \(g("h", (1))) \"i", 2)"#)
        #expect(file.code == [#"f("     (g(" ", (1)))    ", 2)"#])
        #expect(file.literals.map(\.text) == ["h", #"as!  \"i"#])
    }

    @Test("Raw and multi-line literals end where Swift ends them")
    func longLiterals() {
        #expect(code(##"f(#"a " b"#, c)"##) == [##"f(#"     "#, c)"##])
        let file = SwiftFile("a.swift", "a\n\"\"\"\nsay \"b\"\n\"\"\"\nc")
        #expect(file.code == ["a", "\"\"\"", "       ", "\"\"\"", "c"])
        #expect(
            file.literals == [.init(line: 2, text: "\nsay \"b\"\n", isMultiline: true)])
    }

    @Test("A quote that is no literal's does no harm beyond its line")
    func loneQuote() {
        #expect(code("let quote = /\"/\nfatal()").last == "fatal()")
    }

    @Test("A word is found where it stands alone, with its line")
    func words() {
        let file = SwiftFile("a.swift", "reprint(a)\nprint(b)\nx = y as! Z // try! it")
        #expect(file.lines(with: "print(") == [2])
        #expect(file.lines(with: "as!") == [3])
        #expect(file.lines(with: "try!") == [])
    }

    @Test("The arguments of a call are read up to its own parenthesis, over lines")
    func calls() {
        let file = SwiftFile("a.swift", "x\nd.pick(\n  in: (1, f()),\n  using: &r) + d.pick()")
        let calls = file.arguments(ofCallsTo: ".pick(")
        #expect(calls.map(\.line) == [2, 4])
        #expect(calls.map(\.arguments) == ["\n  in: (1, f()),\n  using: &r", ""])
    }

    private func code(_ text: String) -> [Substring] { SwiftFile("a.swift", text).code }
}
