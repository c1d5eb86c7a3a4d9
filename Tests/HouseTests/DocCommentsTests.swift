import Testing

@Suite("The house: doc comments")
struct DocCommentsTests {
    @Test(
        "HOUSE-12: what a target offers to others says in a sentence what it is",
        .enabled(if: Tree.isCheckout))
    func sentences() throws {
        expectNone(try Tree.sources().flatMap(DocComments.missing(in:)))
    }

    @Test(
        "HOUSE-12: a declaration without a sentence is found",
        arguments: [
            "package struct Tube {}", "public final class Tube {}", "    package init?(_ a: Int)",
            "@MainActor package func a()",
            "// A tube.\npackage enum Tube {}", "/// A tube.\n\npackage actor Tube {}",
            "@frozen\npublic struct Tube {}",
        ])
    func silent(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
        #expect(missing(text) == [lines])
    }

    @Test(
        "HOUSE-12: a declaration with its sentence, or that needs none, is let be",
        arguments: [
            "/// A tube.\npackage struct Tube {}", "struct Tube {}", "package extension Tube {}",
            "/// A tube.\n@frozen\n@available(*, deprecated)\npublic struct Tube {}",
            "package import LabDomain", "let a = \"\"\"\n    package struct Tube {}\n    \"\"\"",
            "package static func == (a: Self, b: Self) -> Bool {", "let package = Package(",
            "package var description: String { text }", "// package struct Tube {}",
            "package private(set) var a = 1", "package nonisolated static let a = 1",
        ])
    func sound(_ text: String) {
        #expect(missing(text) == [])
    }

    private func missing(_ text: String) -> [Int] {
        DocComments.missing(in: SwiftFile("Sources/LabDomain/Tube.swift", text)).map(\.line)
    }
}
