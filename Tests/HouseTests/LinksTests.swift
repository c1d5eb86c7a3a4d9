import Testing

@Suite("The house: links")
struct LinksTests {
    @Test(
        "HOUSE-8: every relative link in a document leads to a file of the repository",
        .enabled(if: Tree.isCheckout))
    func links() throws {
        let reachable = Links.reachable(from: try Tree.paths())
        let documents = try Tree.files().filter { $0.fileExtension == "md" }
        expectNone(documents.flatMap { Links.broken(in: $0, among: reachable) })
    }

    @Test(
        "HOUSE-8: a link to nothing, or out of the repository, is found",
        arguments: ["[a](gone.md)", "[a](../../b.md)", "[a][b]\n\n[b]: gone.md", "![a](gone.png)"])
    func broken(_ text: String) {
        #expect(findings(in: text).count == 1)
    }

    @Test(
        "HOUSE-8: files, folders, headings, web addresses and code are let be",
        arguments: [
            "[a](rules.md)", "[a](./rules.md#b)", "[a](../Sources)", "[a](../README.md \"b\")",
            "[a](#b)", "[a](https://example.org/c.md)", "[a](mailto:a@example.org)",
            "`[a](gone.md)`", "```\n[a](gone.md)\n```", "- [ ] a (gone.md)",
        ])
    func sound(_ text: String) {
        #expect(findings(in: text) == [])
    }

    private func findings(in text: String) -> [Finding] {
        let paths = ["README.md", "specs/README.md", "specs/rules.md", "Sources/A/A.swift"]
        let document = SourceFile("specs/README.md", text)
        return Links.broken(in: document, among: Links.reachable(from: paths))
    }
}
