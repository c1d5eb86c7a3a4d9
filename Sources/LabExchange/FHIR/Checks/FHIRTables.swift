internal import Foundation

/// The types of FHIR R4, read from the file that ships with Swabline (`Schemas/fhir-r4.txt`, which
/// names its source).
struct FHIRTables: Sendable {
    /// An element of a type.
    struct Element: Sendable {
        let type: String
        let isRequired: Bool
        let repeats: Bool
    }

    /// The elements of each type by their names.
    private(set) var types: [String: [String: Element]] = [:]
    /// The value sets from which a code must come.
    private(set) var codes: [String: Set<String>] = [:]

    /// The tables that ship with Swabline; empty ones when the file is missing, which
    /// `FHIRCheck.init` tells.
    static let shipped: FHIRTables = {
        let file = Bundle.module.url(
            forResource: "fhir-r4", withExtension: "txt", subdirectory: "Schemas")
        let data = file.flatMap { try? Data(contentsOf: $0) } ?? Data()
        return FHIRTables(String(decoding: data, as: UTF8.self))
    }()

    /// Reads tables: a line each, `type` or `codes`, its name and its parts.
    init(_ text: String) {
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ").map(String.init)
            guard words.count > 2 else { continue }
            if words[0] == "codes" {
                codes[words[1]] = Set(words.dropFirst(2))
            } else {
                types[words[1]] = Dictionary(
                    words.dropFirst(2).map(Self.element), uniquingKeysWith: { one, _ in one })
            }
        }
    }

    private static func element(_ word: String) -> (String, Element) {
        let parts = word.split(separator: ":", maxSplits: 1)
        let type = parts[1].prefix { $0 != "!" && $0 != "*" }
        return (
            String(parts[0]),
            Element(
                type: String(type), isRequired: word.contains("!"), repeats: word.hasSuffix("*"))
        )
    }
}
