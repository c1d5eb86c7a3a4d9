import Testing

@Suite("The house: SQL")
struct StatementsTests {
    @Test("HOUSE-11: SQL lives in LabStore only", .enabled(if: Tree.isCheckout))
    func statements() throws {
        expectNone(try Tree.sources().flatMap(Statements.strays(in:)))
    }

    @Test(
        "HOUSE-11: a statement in a literal is found, on one line or several",
        arguments: [
            "\"SELECT id FROM tube\"", "\"INSERT OR IGNORE INTO tube VALUES (1)\"",
            "\"\"\"\nUPDATE tube\nSET box = \\(box)\n\"\"\"", "#\"DELETE FROM tube\"#",
            "\"CREATE TABLE tube (id TEXT)\"", "\"PRAGMA user_version\"",
        ])
    func strays(_ literal: String) {
        #expect(Statements.strays(in: swift("LabOperations", "f(\(literal))")).count == 1)
        #expect(Statements.strays(in: swift("LabStore", "f(\(literal))")) == [])
    }

    @Test(
        "HOUSE-11: English and comments are let be",
        arguments: [
            "\"Select a box from the list\"", "// SELECT id FROM tube", "\"SELECTED FROM\"",
        ])
    func prose(_ text: String) {
        #expect(Statements.strays(in: swift("LabOperations", text)) == [])
    }

    private func swift(_ target: String, _ text: String) -> SwiftFile {
        SwiftFile("Sources/\(target)/A.swift", text)
    }
}
