import Testing

@Suite("The house: floors and libraries")
struct FloorsTests {
    @Test(
        "HOUSE-1: a target imports only from floors below its own",
        .enabled(if: Tree.isCheckout))
    func floors() throws {
        expectNone(try Tree.sources().flatMap(Floors.upwardImports(in:)))
        let sources = try Tree.paths().filter { $0.hasPrefix("Sources/") }
        expectNone(Floors.homeless(among: sources))
    }

    @Test(
        "HOUSE-2: a library stands behind one target only",
        .enabled(if: Tree.isCheckout))
    func libraries() throws {
        expectNone(try Tree.sources().flatMap(Floors.strayLibraries(in:)))
    }

    @Test(
        "HOUSE-3: statistics, pooling, domain and simulation do without Foundation",
        .enabled(if: Tree.isCheckout))
    func purity() throws {
        expectNone(try Tree.sources().flatMap(Floors.impurities(in:)))
    }

    @Test("HOUSE-1: an import from the same floor or above is found, one from below is not")
    func upwardImport() {
        let file = SwiftFile(
            "Sources/LabStore/Store.swift",
            """
            import LabDomain
            // import LabOperations
            internal import LabExchange
            @preconcurrency import struct LabOperations.Clock
            """)
        #expect(Floors.upwardImports(in: file).map(\.line) == [3, 4])
    }

    @Test("HOUSE-1: a folder on no floor is found, a shim around a C library is not")
    func homeless() {
        let paths = [
            "Sources/LabAttic/Box.swift", "Sources/LabDomain/Tube.swift",
            "Sources/CXML/module.modulemap", "Sources/CXML/shim.h",
        ]
        #expect(Floors.homeless(among: paths).map(\.path) == ["Sources/LabAttic"])
    }

    @Test("HOUSE-2: a library that belongs to another target, or to none, is found")
    func strayLibrary() {
        let text = "import GRDB\nimport Yams\nimport Foundation\nimport Alamofire\nimport Logging"
        let store = SwiftFile("Sources/LabStore/Store.swift", text)
        #expect(Floors.strayLibraries(in: store).map(\.line) == [2, 4])
        let domain = SwiftFile("Sources/LabDomain/Tube.swift", text)
        #expect(Floors.strayLibraries(in: domain).map(\.line) == [1, 2, 4, 5])
    }

    @Test("HOUSE-3: Foundation is found in a target that only computes")
    func impurity() {
        let text = "import LabStatistics\nimport FoundationEssentials"
        #expect(Floors.impurities(in: SwiftFile("Sources/LabDomain/A.swift", text)).count == 1)
        #expect(Floors.impurities(in: SwiftFile("Sources/LabStore/A.swift", text)) == [])
    }
}
