internal import Foundation

/// The structures, segments and data types of HL7 2.5.1, read from the file that ships with
/// Swabline (`Schemas/hl7-2.5.1.txt`, which names its source).
package struct HL7Tables: Sendable {
    /// How often something may stand in its place.
    struct Cardinality: Hashable, Sendable {
        let isRequired: Bool
        let repeats: Bool
    }

    /// A field or component: which data type it has.
    struct Slot: Sendable {
        /// The element's name in v2.xml: `PID.5`, `XPN.1`.
        let element: String
        /// The place of the data type among `types`; nil where 2.5.1 knows none.
        let type: Int?
        let cardinality: Cardinality
    }

    /// A data type; a text type has no components.
    struct DataType: Sendable {
        let name: String
        var components: [Slot] = []
        var isText: Bool { components.isEmpty }
    }

    /// A segment or group within a group.
    struct Member: Sendable {
        let name: String
        let cardinality: Cardinality
    }

    /// Every data type.
    private(set) var types: [DataType] = []
    /// The place of a data type among `types` by its name.
    private(set) var typeNumbers: [String: Int] = [:]
    /// The fields of each segment.
    private(set) var segments: [String: [Slot]] = [:]
    /// What each message or group holds.
    private(set) var groups: [String: [Member]] = [:]
    /// The structures of messages by their names.
    private(set) var structures: [String: MessageStructure] = [:]

    /// The tables that ship with Swabline; empty ones when the file is missing, which `check`
    /// tells.
    static let shipped: HL7Tables = {
        let file = Bundle.module.url(
            forResource: "hl7-2.5.1", withExtension: "txt", subdirectory: "Schemas")
        let data = file.flatMap { try? Data(contentsOf: $0) } ?? Data()
        return HL7Tables(String(decoding: data, as: UTF8.self))
    }()

    /// Reads tables: a line each, `type`, `segment` or `group`, its name and its parts.
    init(_ text: String) {
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { $0.split(separator: " ").map(String.init) }.filter { $0.count > 2 }
        // Types name each other in any order, so that all need their numbers first.
        let names =
            lines.filter { $0[0] == "type" }.map { $0[1] }
            + ["DT", "DTM", "FT", "GTS", "ID", "IS", "NM", "SI", "ST", "TM", "TN", "TX", "varies"]
        for name in names where typeNumbers[name] == nil {
            typeNumbers[name] = types.count
            types.append(DataType(name: name))
        }
        for line in lines {
            switch line[0] {
            case "type":
                if let number = typeNumbers[line[1]] {
                    types[number].components = slots(line.dropFirst(2), of: line[1])
                }
            case "segment": segments[line[1]] = slots(line.dropFirst(2), of: line[1])
            case "group":
                groups[line[1]] = line.dropFirst(2).map {
                    Member(name: Self.name($0), cardinality: Self.cardinality($0))
                }
            default: break
            }
        }
        for name in groups.keys where !name.contains(".") {
            structures[name] = MessageStructure(name, in: self)
        }
    }

    /// The data type of OBX-5 that OBX-2 names; nil for one that 2.5.1 does not know.
    func type(named name: String) -> DataType? {
        name == "varies" ? nil : typeNumbers[name].map { types[$0] }
    }

    private func slots(_ words: ArraySlice<String>, of owner: String) -> [Slot] {
        words.enumerated().map { place, word in
            Slot(
                element: "\(owner).\(place + 1)", type: typeNumbers[Self.name(word)],
                cardinality: Self.cardinality(word))
        }
    }

    private static func name(_ word: String) -> String {
        String(word.prefix { $0 != "!" && $0 != "*" })
    }

    private static func cardinality(_ word: String) -> Cardinality {
        Cardinality(isRequired: word.contains("!"), repeats: word.contains("*"))
    }
}
