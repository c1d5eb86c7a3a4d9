import Foundation
import LabDomain
import LabExchange
import LabOperations
import Testing

@Suite("Reports as files")
struct ReportTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("reports-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func released(_ people: Int) throws -> Bench {
        let bench = try Bench()
        try bench.perform(
            bench.manifest((1...people).map { bench.row(tube: $0, kind: "1:1", person: $0) }))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        for plate in try bench.test(cqs: { _ in Bench.negative }) {
            try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        }
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        return bench
    }

    private func files(in folder: String) throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        return Dictionary(
            uniqueKeysWithValues: try names.map {
                ($0, try Data(contentsOf: URL(fileURLWithPath: folder + "/" + $0)))
            })
    }

    @Test("REP-18: a report is written once, and once more byte for byte when it is asked for")
    func again() throws {
        let bench = try released(3)
        try withFolder { folder in
            let laboratory = bench.laboratory
            let first = try laboratory.exportReports(
                to: folder, as: Bench.supervisor, at: bench.now)
            #expect(first.written == 3 && first.held.isEmpty)
            let before = try files(in: folder)
            #expect(before.count == 3)
            let second = try laboratory.exportReports(
                to: folder, as: Bench.supervisor, at: bench.now)
            #expect(second.written == 0)
            try FileManager.default.removeItem(atPath: folder)
            let again = try laboratory.exportReports(
                to: folder, again: true, as: Bench.supervisor,
                at: bench.now.advanced(by: .hours(5)))
            #expect(again.written == 3)
            #expect(try files(in: folder) == before)
            #expect(try laboratory.status(as: Bench.supervisor).reports == 3)
        }
    }

    @Test("REP-18: a report that would differ from the one written before is held")
    func changed() throws {
        let bench = try released(2)
        try withFolder { folder in
            _ = try bench.laboratory.exportReports(
                to: folder, as: Bench.supervisor, at: bench.now)
            var row = bench.row(tube: 9, kind: "1:1", person: 1, box: "B9")
            row[.name] = "Another Name"
            try bench.perform(
                RegisterManifest(
                    file: ManifestFile.write([row]), mode: .allOrNothing, correctsNames: true))
            let again = try bench.laboratory.exportReports(
                to: folder, again: true, as: Bench.supervisor, at: bench.now)
            #expect(again.written == 1)
            #expect(again.held.map(\.tube.text) == [Bench.barcode(1)])
        }
    }

    @Test("HL7-14: reports leave in pipes, alone or in a batch with its true count")
    func forms() throws {
        let bench = try released(3)
        try withFolder { folder in
            let laboratory = bench.laboratory
            func export(_ form: ReportForm, again: Bool) throws -> [String: Data] {
                try? FileManager.default.removeItem(atPath: folder)
                let answer = try laboratory.exportReports(
                    to: folder, form: form, again: again, as: Bench.supervisor, at: bench.now)
                #expect(answer.written == 3 && answer.held.isEmpty)
                return try files(in: folder)
            }
            let xml = try export(.xml, again: false)
            let er7 = try export(.er7, again: true)
            #expect(er7.keys.allSatisfy { $0.hasSuffix(".hl7") } && er7.count == 3)
            for (name, bytes) in er7 {
                let twin = name.replacing(".hl7", with: ".xml")
                #expect(Data(try TranscodedMessages(Array(bytes)).bytes) == xml[twin])
            }
            let batch = try export(.batch, again: true)
            #expect(batch.count == 1)
            let bytes = Array(try #require(batch.values.first))
            let file = try HL7Transcoder.read(bytes)
            #expect(file.messages.count == 3 && file.faults.isEmpty)
            #expect(file.batches[0].trailer?.text(1) == "3" && file.trailer?.text(1) == "1")
            #expect(Set(file.messages.map { $0.controlID + ".hl7" }) == Set(er7.keys))
            #expect(try CheckedMessages(bytes).errors == 0)
            #expect(try export(.batch, again: true) == batch)
        }
    }

    @Test("FHIR-10: reports leave as FHIR, alone or one a line, and are recorded like any")
    func bundles() throws {
        let bench = try released(3)
        try withFolder { folder in
            let laboratory = bench.laboratory
            func export(_ form: ReportForm, again: Bool) throws -> [String: Data] {
                try? FileManager.default.removeItem(atPath: folder)
                let answer = try laboratory.exportReports(
                    to: folder, form: form, again: again, as: Bench.supervisor, at: bench.now)
                #expect(answer.written == 3 && answer.held.isEmpty)
                return try files(in: folder)
            }
            let json = try export(.fhirJSON, again: false)
            #expect(json.count == 3 && json.keys.allSatisfy { $0.hasSuffix(".fhir.json") })
            let lines = try export(.fhirLines, again: true)
            #expect(lines.count == 1)
            let bundles = try #require(lines.values.first).split(separator: 0x0A).map { Data($0) }
            #expect(Set(bundles) == Set(json.values))
            #expect(try export(.fhirXML, again: true).keys.allSatisfy { $0.hasSuffix(".fhir.xml") })
            // The record is that of the message in XML: it says the same of every form.
            #expect(try export(.xml, again: true).count == 3)
        }
    }

    @Test("FHIR-10: results of the environment leave as FHIR, as often as they are asked for")
    func environment() throws {
        let bench = try Bench()
        try bench.perform(
            bench.manifest([
                bench.row(tube: 1, kind: "environment", person: 0, place: "Cold store 3"),
                bench.row(tube: 2, kind: "environment", person: 0, place: "Gate"),
                bench.row(tube: 3, kind: "1:1", person: 3),
            ]))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        for plate in try bench.test(cqs: { _ in Bench.negative }) {
            try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        }
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        try withFolder { folder in
            func export() throws -> [String: Data] {
                let answer = try bench.laboratory.exportEnvironment(
                    to: folder, form: .fhirJSON, as: Bench.supervisor)
                #expect(answer.written == 2 && answer.held.isEmpty)
                return try files(in: folder)
            }
            let first = try export()
            #expect(first.count == 2)
            for bytes in first.values {
                let text = String(decoding: bytes, as: UTF8.self)
                #expect(text.contains("\"Location\"") && !text.contains("\"Patient\""))
            }
            #expect(try export() == first)
            #expect(throws: Refusal.self) {
                try bench.laboratory.exportEnvironment(
                    to: folder, form: .er7, as: Bench.supervisor)
            }
            #expect(throws: Refusal.self) {
                try bench.laboratory.exportEnvironment(
                    to: folder, form: .fhirJSON, as: Bench.technician)
            }
        }
    }

    @Test("OPS-3: nobody exports without the right, and nothing is written then")
    func rights() throws {
        let bench = try released(1)
        try withFolder { folder in
            #expect(throws: Refusal.self) {
                try bench.laboratory.exportReports(
                    to: folder, as: Bench.technician, at: bench.now)
            }
            #expect(!FileManager.default.fileExists(atPath: folder))
        }
    }
}
