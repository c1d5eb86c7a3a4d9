import Testing

@Suite("The house: dependencies")
struct DependenciesTests {
    @Test(
        "HOUSE-9: every dependency has one exact version",
        .enabled(if: Tree.isCheckout))
    func versions() throws {
        expectNone(Dependencies.floating(in: SwiftFile(try Tree.file("Package.swift"))))
    }

    @Test(
        "HOUSE-9: a range, a branch and a folder beside us are found",
        arguments: [
            #".package(url: "https://example.org/a", from: "1.0.0")"#,
            #".package(url: "https://example.org/a", branch: "main"),  // exact: "1.0.0""#,
            #".package(path: "../a")"#,
        ])
    func floating(_ dependency: String) {
        #expect(Dependencies.floating(in: SwiftFile("Package.swift", dependency)).count == 1)
    }

    @Test("HOUSE-9: an exact version is let be, on one line or two, and so is a product")
    func exact() {
        let text = """
            .package(url: "https://example.org/a", exact: "1.0.0"),
            .package(
                url: "https://example.org/b",
                exact: "1.0.0"),
            .product(name: "A", package: "a")
            """
        #expect(Dependencies.floating(in: SwiftFile("Package.swift", text)) == [])
    }
}
