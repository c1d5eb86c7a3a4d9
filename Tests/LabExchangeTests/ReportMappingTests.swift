import Foundation
import LabDomain
import LabSettings
import LabTables
import Testing

@testable import LabExchange

@Suite("Mapped exports")
struct ReportMappingTests {
    static let columns = """
        columns:
          - { name: XM, field: person.name, required: true }
          - { name: SFZH, field: person.document-number }
          - { name: XB, field: person.sex, codes: { male: "1", female: "2", unknown: "9" } }
          - { name: CSRQ, field: person.birth-date, format: yyyyMMdd }
          - { name: CYSJ, field: times.collected, format: "yyyy-MM-dd HH:mm:ss" }
          - { name: BGSJ, field: times.released, format: unix }
          - { name: JCJG, field: result.outcome, codes: { detected: Y, not-detected: N } }
          - { name: FS, field: specimen.testing }
          - { name: RS, field: specimen.people }
          - { name: JGDM, text: LAB-1 }

        """

    private func written(
        _ mapping: String, _ results: [ReportedResult]
    ) throws -> [UInt8] {
        var records = MappedRecords(try ReportMapping(mapping, name: "map.yaml"))
        var bytes = records.opening
        for result in results { bytes += try records.record(result) }
        return bytes + records.closing
    }

    private func people() throws -> [ReportedResult] {
        try ["single-detected", "mixed-tube-not-detected", "pool-member-not-detected"].map {
            .person(try ReportSamples.named($0))
        }
    }

    @Test("MAP-1: CSV, JSON and NDJSON say what the mapping names")
    func formats() throws {
        let csv = try written("format: csv\n" + Self.columns, try people())
        let table = try DelimitedTable.parse(try TextDecoding.decode(csv))
        #expect(
            table.header == [
                "XM", "SFZH", "XB", "CSRQ", "CYSJ", "BGSJ", "JCJG", "FS", "RS", "JGDM",
            ])
        #expect(
            table.rows.map(\.fields) == [
                [
                    "张三", "103212194603210332", "1", "19460321", "2021-07-30 08:15:00",
                    "1627632900", "Y", "alone", "1", "LAB-1",
                ],
                [
                    "张三", "103212194603210332", "1", "19460321", "2021-07-30 08:15:00",
                    "1627632900", "N", "mixed-tube", "10", "LAB-1",
                ],
                [
                    "张三", "103212194603210332", "1", "19460321", "2021-07-30 08:15:00",
                    "1627632900", "N", "laboratory-pool", "5", "LAB-1",
                ],
            ])
        let json = try written("format: json\n" + Self.columns, try people())
        let list = try #require(
            try JSONSerialization.jsonObject(with: Data(json)) as? [[String: Any]])
        let lines = try written("format: ndjson\n" + Self.columns, try people())
        let objects = try lines.split(separator: 0x0A).map {
            try #require(try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])
        }
        for (number, row) in table.rows.enumerated() {
            for (name, cell) in zip(table.header, row.fields) {
                #expect("\(list[number][name] ?? "-")" == cell)
                #expect("\(objects[number][name] ?? "-")" == cell)
            }
            #expect(objects[number]["BGSJ"] is NSNumber && !(objects[number]["XB"] is NSNumber))
        }
        #expect(try written("format: json\n" + Self.columns, []) == Array("[\n]\n".utf8))
    }

    @Test("MAP-1: CSV is made as the mapping says, and runs no formula unless it is told to")
    func csv() throws {
        let report = try ReportSamples.report(person: ReportSamples.person(name: "=1+1;x"))
        func line(_ more: String) throws -> String {
            String(
                decoding: try written(
                    "format: csv\n\(more)columns: [{ name: A, field: person.name }, "
                        + "{ name: B, text: b }]\n", [.person(report)]), as: UTF8.self)
        }
        #expect(try line("") == "A,B\r\n\"'=1+1;x\",b\r\n")
        #expect(
            try line("delimiter: tab\nheading: false\nguard-formulas: false\n")
                == "\"=1+1;x\"\tb\r\n")
        #expect(try line("mark: true\n").utf8.starts(with: [0xEF, 0xBB, 0xBF]))
    }

    @Test(
        "MAP-2: what is wrong with a mapping is told with its line and column",
        arguments: [
            ("format: xls\ncolumns: [{ name: A, text: b }]", 1, 9),
            ("format: csv\ncolumns: [{ name: A, field: person.nam }]", 2, 29),
            ("format: csv\ncolumns:\n  - { name: A, text: b, colour: red }", 3, 25),
            ("format: csv\ncolumns:\n  - { name: A, text: b }\n  - { name: A, text: c }", 4, 13),
            ("format: json\nmark: true\ncolumns: [{ name: A, text: b }]", 2, 7),
            (
                "format: csv\ncolumns:\n"
                    + "  - { name: A, field: result.outcome, codes: { detected: 1 } }", 3, 46
            ),
            (
                "format: csv\ncolumns:\n  - { name: A, field: times.tested, format: yyyy-QQ }", 3,
                45
            ),
            ("format: csv\ncolumns:\n  - { name: A, field: person.name, format: yyyy }", 3, 44),
            (
                "format: csv\ncolumns:\n  - { name: A, field: person.birth-date, format: yyyyHH }",
                3, 50
            ),
            ("format: csv\ncolumns:\n  - { name: A, field: person.name, text: x }", 3, 23),
            ("format: csv\ncolumns: []", 2, 10), ("format: csv", 1, 1),
        ])
    func refused(_ text: String, _ line: Int, _ column: Int) throws {
        #expect {
            _ = try ReportMapping(text, name: "map.yaml")
        } throws: { error in
            guard let faults = (error as? SettingsFaults)?.faults else { return false }
            return faults.contains { $0.place.line == line && $0.place.column == column }
        }
    }

    @Test("MAP-3: a record is held for what it lacks, for its length and for control characters")
    func held() throws {
        let mapping = try ReportMapping(
            """
            format: csv
            columns:
              - { name: A, field: person.address, required: true, longest: 3 }
              - { name: B, field: person.name }
              - { name: C, field: specimen.place, required: true }
            """, name: "map.yaml")
        var records = MappedRecords(mapping)
        let bad = try ReportSamples.report(
            person: ReportSamples.person(name: "张\u{7}三", address: "very long"))
        #expect {
            try records.record(.person(bad))
        } throws: { error in
            let faults = (error as? MappingFaults)?.faults ?? []
            return faults.count == 3 && !faults.contains { $0.contains("very") || $0.contains("三") }
        }
        #expect(throws: MappingFaults.self) { try records.record(try FHIRSamples.environment()) }
        let place = try ReportMapping(
            "format: csv\ncolumns: [{ name: C, field: specimen.place, required: true }]",
            name: "map.yaml")
        var places = MappedRecords(place)
        let record = try places.record(try FHIRSamples.environment())
        #expect(record == Array("\"Cold store 3, door handle\"\r\n".utf8))
    }
}
