import Foundation
import LabDomain
import LabOperations
import LabTables
import Testing

@Suite("Mapped exports of a laboratory")
struct ExportMappedTests {
    static let mapping = """
        format: csv
        columns:
          - { name: tube, field: specimen.tube }
          - { name: name, field: person.name }
          - { name: place, field: specimen.place }
          - { name: result, field: result.outcome, codes: { detected: "1", not-detected: "0" } }
        """

    private func rows(
        _ bench: Bench, _ choice: MappedChoice, as handle: String = Bench.supervisor
    ) throws -> [[String]] {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("mapped-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let answer = try bench.laboratory.exportMapped(
            to: folder, mapping: Self.mapping, named: "map.yaml", choice, as: handle)
        #expect(answer.held.isEmpty)
        let data = try #require(FileManager.default.contents(atPath: answer.file))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder) == ["results.csv"])
        let table = try DelimitedTable.parse(try TextDecoding.decode(Array(data)))
        #expect(table.rows.count == answer.written)
        return table.rows.map(\.fields)
    }

    @Test("MAP-4: released results stream to one file, places to another, and nothing is recorded")
    func streams() throws {
        let bench = try Bench()
        // More than a page, with mixed tubes across its edge.
        let people = (1...520).map { person in
            bench.row(
                tube: 1_000 + (person - 1) / 5, kind: "5:1", person: person, box: "B1")
        }
        try bench.perform(
            bench.manifest(
                people + [
                    bench.row(tube: 9_001, kind: "environment", person: 0, place: "Gate"),
                    bench.row(tube: 9_002, kind: "1:1", person: 900),
                ]))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let found = Bench.barcode(9_002)
        for plate in try bench.test(cqs: { $0 == found ? Bench.positive : Bench.negative }) {
            try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        }
        // Found by the first kit: the second one confirms it.
        for plate in try bench.test(.second, cqs: { _ in Bench.positive }) {
            try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        }
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        try bench.perform(Release(.tubes([found])), as: Bench.supervisor)

        let all = try rows(bench, MappedChoice())
        #expect(all.count == 521)
        #expect(Set(all.map { $0[1] }).count == 521)
        #expect(all.filter { $0[3] == "1" }.map { $0[0] } == [found])
        #expect(all.allSatisfy { $0[2].isEmpty })
        let places = try rows(bench, MappedChoice(isEnvironment: true))
        #expect(places == [[Bench.barcode(9_001), "", "Gate", "0"]])
        let day = Zone.china.day(of: bench.now)
        #expect(try rows(bench, MappedChoice(day: day)).count == 521)
        #expect(try rows(bench, MappedChoice(day: day.next)).isEmpty)
        #expect(try bench.laboratory.status(as: Bench.supervisor).reports == 0)
        #expect(throws: Refusal.self) {
            try rows(bench, MappedChoice(), as: Bench.technician)
        }
    }
}
