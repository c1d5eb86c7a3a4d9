import Foundation
import LabDomain
import Testing

@testable import LabStore

@Suite("Facts as JSON")
struct FactCodecTests {
    private static func person(_ number: Int, _ token: Bytes?) -> RegisteredPerson {
        RegisteredPerson(
            id: PersonID("P\(number)"),
            identity: SealedIdentity(
                details: Bytes((0..<number).map { UInt8($0 & 255) }), document: Bytes([1, 2]),
                name: Bytes([255]), telephone: token, address: token))
    }

    private static func fact(_ tube: CollectedTube, _ text: String) -> TubeRegistered {
        TubeRegistered(
            tube: tube,
            people: tube.people.indices.map { person($0 * 7 + 1, $0 == 0 ? nil : Bytes([9])) },
            manifest: ManifestID("MF1"), unit: text, site: text + "/", box: BoxID(text),
            risk: .medium, collectedAt: Timestamp(milliseconds: -1))
    }

    private static let texts = [
        "", "plain", "景德镇 é 𠮷", "\"quoted\" \\ / <tag>",
        "\u{1}\u{8}\u{9}\u{A}\u{C}\u{D}\u{1F}\u{7F}",
        "\u{2028}\u{FEFF}",
    ]

    @Test(
        "STORE-1: the fast writer of a registered tube writes what JSONEncoder writes",
        arguments: texts)
    func fastWriter(_ text: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let people = ["P1", "P2", "P3"].map { PersonID($0) }
        let tubes: [CollectedTube] = [
            .single(SingleTube(id: TubeID(text), person: people[0])),
            .mixed(try MixedTube(id: TubeID("T2"), ratio: .five, members: people)),
            .environmental(EnvironmentalTube(id: TubeID("T3"), place: text)),
        ]
        for tube in tubes {
            let fact = Self.fact(tube, text)
            #expect(
                String(decoding: fact.json, as: UTF8.self)
                    == String(decoding: try encoder.encode(fact), as: UTF8.self))
            let stored = String(
                decoding: try FactCodec.encode(.tubeRegistered(fact)), as: UTF8.self)
            #expect(try FactCodec.decode(.tubeRegistered, stored) == .tubeRegistered(fact))
        }
    }
}
