// swift-tools-version: 6.2
import PackageDescription

// The house: a target imports only from the floors below its own, and a library stands behind
// one target only. The floors are listed from the ground up; HouseTests holds the code to it.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

func floor(
    _ name: String, on below: [Target.Dependency] = [], resources: [Resource]? = nil,
    settings: [SwiftSetting] = []
) -> Target {
    .target(name: name, dependencies: below, resources: resources, swiftSettings: strict + settings)
}

/// What plays millions of events is optimised in debug builds too: its tests would take hours.
let quick: [SwiftSetting] = [
    .unsafeFlags(["-O"], .when(configuration: .debug))
]

/// Every test may read data written by others.
func tests(_ name: String, of tested: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: tested + ["ReferenceFiles"], swiftSettings: strict)
}

let package = Package(
    name: "swabline",
    products: [.executable(name: "swabline", targets: ["swabline"])],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        // Without its traits: their packages (configuration) are of no use here.
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    ],
    targets: [
        // C libraries of the system; tools/packages lists what Debian calls them.
        .systemLibrary(
            name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZint", providers: [.apt(["libzint-dev"])]),
        .systemLibrary(name: "CCoin", providers: [.apt(["coinor-libcbc-dev"])]),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),

        // 0
        floor("LabStatistics", settings: quick),
        floor("LabSpelling"),
        floor("LabWording"),
        // 1
        floor("LabPooling", on: ["LabStatistics"]),
        floor("LabCurves"),
        floor("LabTables", on: ["LabSpelling", "CZlib"]),
        floor("LabXML", on: ["CXML"]),
        floor(
            "LabSettings",
            on: ["LabSpelling", "LabWording", .product(name: "Yams", package: "Yams")]),
        floor("LabSecrets", on: ["CSodium"]),
        // 2
        floor("LabDomain", on: ["LabStatistics", "LabPooling", "LabCurves", "LabWording"]),
        // 3
        floor("LabProgramme", on: ["LabDomain", "LabSettings"], resources: [.copy("Rules")]),
        floor("LabSimulation", on: ["LabStatistics", "LabPooling", "LabDomain"], settings: quick),
        // 4
        floor(
            "LabStore",
            on: [
                "LabDomain", "LabSecrets", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        floor(
            "LabExchange", on: ["LabDomain", "LabTables", "LabXML", "LabSettings", "CCurl"],
            resources: [.copy("Schemas")]),
        floor(
            "LabInstruments",
            on: ["LabCurves", "LabDomain", "LabTables", "LabXML", "LabSettings", "CZip"]),
        floor(
            "LabScreening",
            on: [
                "LabStatistics", "LabPooling", "LabDomain", "LabSimulation", "LabSettings",
                "LabSpelling", "CCoin",
            ], resources: [.copy("Cities"), .copy("Census")], settings: quick),
        // 5
        floor(
            "LabOperations",
            on: [
                "LabStatistics", "LabPooling", "LabCurves", "LabDomain", "LabProgramme",
                "LabSimulation", "LabSecrets", "LabSettings", "LabTables", "LabStore",
                "LabExchange", "LabInstruments", "LabScreening",
            ], resources: [.copy("Words/Sentences")]),
        // 6
        floor(
            "LabWeb",
            on: [
                "LabPooling", "LabDomain", "LabProgramme", "LabSecrets", "LabStore",
                "LabOperations", "LabScreening", "LabSimulation", "LabSettings", "CZint",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ],
            resources: [
                .copy("Texts"), .copy("Templates"), .copy("Styles"), .copy("Assets"),
            ]),
        // 7
        .executableTarget(
            name: "swabline",
            dependencies: [
                "LabDomain", "LabOperations", "LabPooling", "LabScreening", "LabSettings",
                "LabSimulation", "LabStatistics", "LabStore", "LabTables", "LabWeb",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),

        .target(name: "ReferenceFiles", path: "Tests/ReferenceFiles", swiftSettings: strict),
        tests("HouseTests", of: []),
        tests("LabStatisticsTests", of: ["LabStatistics"]),
        tests("LabPoolingTests", of: ["LabPooling", "LabStatistics", "LabTables"]),
        tests("LabCurvesTests", of: ["LabCurves", "LabStatistics"]),
        tests(
            "GroundTests",
            of: ["LabStatistics", "LabTables", "LabXML", "LabSettings", "LabSecrets"]),
        tests("LabDomainTests", of: ["LabDomain", "LabPooling", "LabStatistics"]),
        tests(
            "LabProgrammeTests",
            of: ["LabProgramme", "LabDomain", "LabSettings", "LabStatistics"]),
        tests(
            "LabSimulationTests",
            of: ["LabSimulation", "LabDomain", "LabStatistics", "LabTables"]),
        tests(
            "LabScreeningTests",
            of: ["LabScreening", "LabSimulation", "LabDomain", "LabSettings", "LabStatistics"]),
        tests(
            "LabExchangeTests",
            of: [
                "LabStatistics", "LabPooling", "LabCurves", "LabTables", "LabXML", "LabSettings",
                "LabDomain", "LabExchange", "LabInstruments",
            ]),
        tests(
            "LabInstrumentsTests",
            of: [
                "LabInstruments", "LabStatistics", "LabDomain", "LabCurves", "LabXML", "LabTables",
                "LabSettings", "CZip",
            ]),
        tests(
            "LabStoreTests",
            of: [
                "LabStore", "LabDomain", "LabSecrets",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        tests(
            "LabOperationsTests",
            of: [
                "LabOperations", "LabDomain", "LabExchange", "LabPooling", "LabStatistics",
                "LabStore", "LabTables", "LabScreening", "LabSimulation", "LabSettings",
            ]),
        tests(
            "LabWebTests",
            of: [
                "LabWeb", "LabOperations", "LabDomain", "LabStore", "LabSecrets", "LabExchange",
                "LabScreening", "LabSimulation", "LabStatistics",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        tests("FollowingASampleTests", of: ["swabline"]),
    ]
)
