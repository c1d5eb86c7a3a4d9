import LabDomain
import LabStatistics
import LabXML
import Testing

@testable import LabExchange

@Suite("Codes that a receiver gets")
struct ReceiverCodesTests {
    static let table = """
        # Codes of the city's CDC.
        # Source: interface description of 2022-03-01, section 4.
        # Licence: for reports to the city's CDC.
        kind,name,code,text,system,uri
        test,SARS-CoV-2,NCOV,Novel coronavirus RNA,99CITY,2.16.840.1.113883.19.5.2
        target,ORF1ab,NCOV-O,ORF1ab region,99CITY,2.16.840.1.113883.19.5.2
        target,N gene,NCOV-N,N gene,99CITY,2.16.840.1.113883.19.5.2
        target,N1,,,,
        cycles,N,NCOV-NCT,N gene cycle,99CITY,2.16.840.1.113883.19.5.2
        result,detected,1,阳性,99CITY,https://example.org/results
        result,not-detected,0,阴性,99CITY,https://example.org/results
        specimen,throat-swab,YS,咽拭子,99CITY,2.16.840.1.113883.19.5.3

        """

    private func tables(
        _ text: String = table, alternates: Bool = true
    ) throws -> CodeTables {
        try CodeTables(
            Receiver.Codes(
                .table(text, name: "city.csv", line: 1), hasAlternates: alternates),
            laboratory: "2.16.840.1.113883.19.99")
    }

    private func laboratory() throws -> CodeTables {
        try CodeTables(
            Receiver.Codes(.laboratory, hasAlternates: true),
            laboratory: "2.16.840.1.113883.19.99")
    }

    private static let readings = [
        Report.TargetReading(name: "ORF1a/b gene", cq: nil, call: .notDetected),
        Report.TargetReading(name: "N", cq: Cq(25.1), call: .detected),
        Report.TargetReading(name: "N1", cq: Cq(26), call: .detected),
    ]

    private func report(
        _ testing: Report.Testing = .alone(readings), outcome: Outcome = .detected,
        type: Report.SpecimenType = .throatSwab, targets: [String] = ["ORF1ab", "N"]
    ) throws -> Report {
        try ReportSamples.report(
            testing: testing, type: type, outcome: outcome,
            method: Report.Method(assay: "A", kit: "K", targets: targets))
    }

    private func element(_ report: Report, _ tables: CodeTables) throws -> XMLElement {
        let writer = try MessageWriter(options: MessageOptions(codes: tables))
        return try XMLReader.read(try writer.write(report))
    }

    @Test("CODE-4: the receiver's codes stand first, and LOINC and SNOMED CT beside them")
    func alternates() throws {
        let message = try element(try report(), try tables())
        #expect(message.texts("OBR.4/CE.1") == ["NCOV"])
        #expect(message.texts("OBX.3/CE.1") == ["NCOV", "NCOV-O", "NCOV-N", "NCOV-NCT"])
        #expect(Set(message.texts("OBX.3/CE.3")) == ["99CITY"])
        #expect(message.texts("OBX.3/CE.4") == ["94500-6", "94559-2", "94533-7", "94745-7"])
        #expect(Set(message.texts("OBX.3/CE.6")) == ["LN"])
        #expect(message.texts("OBX.5/CWE.1") == ["1", "0", "1"])
        #expect(message.texts("OBX.5/CWE.4") == ["260373001", "260415000", "260373001"])
        #expect(message.texts("OBX.8") == ["A", "N", "A"])
        #expect(message.texts("SPM.4/CWE.1") == ["YS"])
        #expect(message.texts("SPM.4/CWE.5") == ["Throat swab"])
    }

    @Test("CODE-4: without alternates the receiver's codes stand alone")
    func alone() throws {
        let message = try element(try report(), try tables(alternates: false))
        #expect(message.texts("OBX.3/CE.1").count == 4)
        #expect(message.texts("OBX.3/CE.4").isEmpty && message.texts("OBX.5/CWE.4").isEmpty)
    }

    @Test("CODE-4: a message in a receiver's codes has no fault, in either encoding")
    func sound() throws {
        for tables in [try tables(), try tables(alternates: false), try laboratory()] {
            let writer = try MessageWriter(options: MessageOptions(codes: tables))
            let reports = [
                try report(), try report(.mixedTube(people: 10), outcome: .notDetected),
            ]
            for report in reports {
                for encoding in [HL7Transcoder.Encoding.er7, .xml] {
                    let bytes = try writer.write(report, as: encoding)
                    let found = try MessageCheck().findings(in: bytes).1
                    #expect(!found.contains { $0.level == .error }, "\(found)")
                }
                let bundle = try BundleWriter(options: MessageOptions(codes: tables))
                    .write(.person(report), as: .json)
                #expect(try FHIRCheck().findings(in: bundle).1.isEmpty)
            }
        }
    }

    @Test("CODE-4: FHIR has a coding for each system, by its OID or URI")
    func codings() throws {
        let writer = try BundleWriter(options: MessageOptions(codes: try tables()))
        let bytes = try writer.write(.person(try report()), as: .xml)
        let root = try XMLReader.read(bytes)
        let observation = try #require(root.descendants(named: "Observation").first)
        let codings = observation.children("code").flatMap { $0.children("coding") }
        #expect(
            codings.flatMap { $0.children("system") }.compactMap { $0.attribute("value") }
                == ["urn:oid:2.16.840.1.113883.19.5.2", "http://loinc.org"])
        let value = try #require(observation.child("valueCodeableConcept"))
        #expect(
            value.children("coding").compactMap { $0.child("system")?.attribute("value") }
                == ["https://example.org/results", "http://snomed.info/sct"])
    }

    @Test("CODE-4: what the table lacks holds the result, with every reason")
    func lacking() throws {
        let tables = try tables()
        let grey = [Report.TargetReading(name: "E gene", cq: Cq(39), call: .grey)]
        let found = ReportCodes.missing(
            for: try report(.alone(grey), type: .sputum).parts, .first, in: tables)
        #expect(
            found == [
                .notInTable(.target, name: "E gene"), .notInTable(.specimen, name: "sputum"),
            ])
        let pooled = try report(.laboratoryPool(PoolID("P1"), size: 5), outcome: .notDetected)
        #expect(
            ReportCodes.missing(for: pooled.parts, .first, in: tables)
                == [.notInTable(.result, name: "not-detected-in-pool")])
        let mpox = try report(.mixedTube(people: 5), outcome: .notDetected, targets: ["MPXV"])
        #expect(
            ReportCodes.missing(for: mpox.parts, .first, in: tables)
                == [.notInTable(.test, name: "mpox")])
        let writer = try MessageWriter(options: MessageOptions(codes: tables))
        #expect(throws: MessageFaults.self) { try writer.write(try report(type: .sputum)) }
        #expect(throws: MessageFaults.self) {
            try BundleWriter(options: MessageOptions(codes: tables))
                .write(.person(try report(type: .sputum)), as: .json)
        }
    }

    @Test("CODE-4: the laboratory's own names are codes of system L, none longer than HL7 allows")
    func ownNames() throws {
        let tables = try laboratory()
        let message = try element(try report(), tables)
        #expect(message.texts("OBX.3/CE.1") == ["SARS-CoV-2", "orf1ab", "n", "n-ct"])
        #expect(message.texts("OBX.3/CE.3") == ["L", "L", "L", "L"])
        #expect(message.texts("OBX.3/CE.4")[1] == "94559-2")
        #expect(message.texts("SPM.4/CWE.1") == ["throat-swab"])
        let all =
            Array(tables.pathogens.values) + tables.specimens.values
            + tables.findings.values.map(\.coded) + tables.targets.values.compactMap(\.presence)
        #expect(all.allSatisfy { !$0.isMissing && $0.code.count <= 20 && $0.text.count <= 199 })
        let own = all.filter { $0.system == "L" }
        #expect(own.count > 30)
        #expect(
            own.allSatisfy {
                $0.uri == "urn:oid:2.16.840.1.113883.19.99" && $0.alternates.count == 1
            })
    }

    @Test("CODE-1: specimens of a screening laboratory each have a code of their own")
    func specimens() throws {
        let codes = Report.SpecimenType.allCases.map { CodeTables.shipped.code(of: $0) }
        #expect(codes.allSatisfy { Verhoeff.verifies($0.code.utf8) && !$0.text.isEmpty })
        #expect(Set(codes.map(\.code)).count == 11)
        let sputum = try element(try report(type: .sputum), .standard)
        #expect(sputum.texts("SPM.4/CWE.1") == ["119334006"])
    }
}
