import LabDomain
import LabStatistics
import LabXML
import Testing

@testable import LabExchange

@Suite("Tables of codes that receivers make")
struct ReceiverTableTests {
    private func faults(_ text: String) -> [CodeFaults.Fault] {
        do throws(CodeFaults) {
            try CodeTables.check(text, name: "city.csv")
            return []
        } catch {
            return error.faults
        }
    }

    @Test(
        "CODE-3: every line of a table that is wrong is told, with advice",
        arguments: [
            ("# Source: interface", "# From", 1, "source"), ("# Licence:", "# Free", 1, "licence"),
            ("kind,name", "sort,name", 4, "heading"), ("test,SARS", "order,SARS", 5, "kind"),
            ("NCOV-O,", ",", 6, "no code"), (",ORF1ab region", ",", 6, "no text"),
            (",ORF1ab region,99CITY", ",ORF1ab region,99 CITY", 6, "system"),
            (",N gene,99CITY,2.16.840.1.113883.19.5.2", ",N gene,99CITY,", 7, "OID"),
            ("NCOV-N,N gene,99CITY,", "94533-8,N gene,LN,", 7, "LOINC"),
            ("YS,咽拭子,99CITY", "258529005,咽拭子,SCT", 12, "SNOMED"),
            ("target,N1", "target,ORF1ab gene", 8, "twice"),
            ("target,N1,", "target,Norovirus,", 8, "no row 'test'"),
            ("target,N1,,,,", "target,N1,NCOV-N,x,99CITY,1.2.3", 8, "another target"),
            ("cycles,N,", "cycles,E,", 9, "without a code"),
            ("result,detected", "result,found", 10, "unknown result"),
            ("throat-swab", "thraot-swab", 12, "nasopharyngeal-swab"),
            ("result,not-detected,0", "result,inconclusive,0", 1, "not-detected"),
            ("NCOV-N,", "NCOV-NNNNNNNNNNNNNNNNNN,", 7, "20 characters"),
            ("99CITY,2.16.840.1.113883.19.5.3", "99CITY,1.2.3,more", 12, "cells"),
        ])
    func refused(_ what: String, _ other: String, _ line: Int, _ words: String) throws {
        #expect(faults(ReceiverCodesTests.table).isEmpty)
        let spoiled = ReceiverCodesTests.table.replacing(what, with: other)
        try #require(spoiled != ReceiverCodesTests.table)
        let found = faults(spoiled)
        #expect(
            found.contains { $0.line == line && $0.message.contains(words) }, "\(found)")
    }

    @Test("CODE-3: all faults of a table come at once, in the order of its lines")
    func everyFault() {
        let spoiled = ReceiverCodesTests.table.replacing("99CITY", with: "99 CITY")
        #expect(Set(faults(spoiled).map(\.line)).isSuperset(of: [5, 10, 11, 12]))
        let lines = faults(spoiled).map(\.line)
        #expect(lines == lines.sorted())
    }

    @Test("CODE-3: a table names tests of its own, with the targets that belong to them")
    func ownTest() throws {
        let text = """
            # Source: ours. Licence: free.
            kind,name,code,text,system,uri,pathogen
            test,norovirus,NORO,Norovirus RNA,99CITY,1.2.3,
            target,GII,NORO-2,Norovirus GII RNA,99CITY,1.2.3,norovirus
            result,detected,1,found,99CITY,1.2.3,
            result,not-detected,0,not found,99CITY,1.2.3,
            specimen,throat-swab,YS,swab,99CITY,1.2.3,

            """
        let report = try ReportSamples.report(
            testing: .alone([Report.TargetReading(name: "GII", cq: nil, call: .notDetected)]),
            method: Report.Method(assay: "A", kit: "K", targets: ["GII"]))
        let tables = try CodeTables(
            Receiver.Codes(.table(text, name: "own.csv", line: 1)), laboratory: "1.2")
        let writer = try MessageWriter(options: MessageOptions(codes: tables))
        let message = try XMLReader.read(try writer.write(report))
        #expect(message.texts("OBX.3/CE.1") == ["NORO", "NORO-2"])
        #expect(message.texts("OBX.3/CE.4").isEmpty)
    }

    @Test("CODE-3: no bytes bring the reader of tables down")
    func garbage() {
        let seed = UInt64.random(in: 1...1_000_000)
        var random = SeededGenerator(seed: seed)
        var refused = 0
        for _ in 0..<300 {
            var bytes = Array(ReceiverCodesTests.table.utf8)
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                let place = Int.random(in: bytes.indices, using: &random)
                bytes[place] = UInt8.random(in: 0...255, using: &random)
            }
            let found = faults(String(decoding: bytes, as: UTF8.self))
            if !found.isEmpty { refused += 1 }
            #expect(found.allSatisfy { !$0.message.isEmpty }, "seed \(seed)")
        }
        #expect(refused > 100, "seed \(seed)")
    }
}
