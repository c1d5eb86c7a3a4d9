import Testing

@Suite("x")
struct WordsTests {
    @Test("dump")
    func dump() throws {
        for template in Templates.all(in: try Tree.sources()) {
            print("T|\(template.path):\(template.line)|\(template.text)")
        }
    }
}
