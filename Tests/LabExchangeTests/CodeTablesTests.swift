import LabDomain
import LabXML
import Testing

@testable import LabExchange

@Suite("Codes of messages")
struct CodeTablesTests {
    @Test("CODE-1: the files that ship are sound, and every code has its check digit")
    func shipped() throws {
        #expect(CodeTables.fault == nil)
        #expect(CodeTables.shipped.pathogens["SARS-CoV-2"]?.code == "94500-6")
        for type in Report.SpecimenType.allCases {
            #expect(CodeTables.shipped.code(of: type).system == "SCT")
        }
        // Published codes, one digit wrong, two digits swapped.
        #expect(Luhn.checkDigit(of: "94500".utf8) == UInt8(ascii: "6"))
        #expect(Luhn.checkDigit(of: "94501".utf8) != UInt8(ascii: "6"))
        #expect(Verhoeff.verifies("462371000124108".utf8))
        #expect(!Verhoeff.verifies("462371000124180".utf8))
        #expect(!Verhoeff.verifies("462371000124109".utf8))
    }

    static let sound = [
        "targets": "pathogen,targets,presence,presence text,cycles,cycles text,note\n"
            + "X,,94500-6,Some RNA,,,\nX,n,94533-7,N,94745-7,N cycles,yes\n",
        "panels": "pathogens,code,text\n",
        "results": "result,code,text,flag\ndetected,260373001,D,A\nnot-detected,260415000,N,N\n"
            + "not-detected-in-pool,895231008,N,N\ndetected-in-pool,462371000124108,D,A\n"
            + "inconclusive,419984006,I,\n",
        "specimens": "specimen,code,text\n"
            + Report.SpecimenType.allCases.map { "\($0.rawValue),258529004,T\n" }.joined(),
    ]

    @Test(
        "CODE-2: a file with a wrong, doubled or missing code is refused with its line",
        arguments: [
            ("targets", "94500-6", "94500-7", 2), ("targets", "94533-7", "945337", 3),
            ("targets", "X,n", "Y,n", 3), ("results", "260373001", "260373002", 2),
            ("results", "inconclusive", "detected", 6),
            ("results", "260415000,N,N", "260415000,N,Z", 3),
            ("targets", "X,n,", "X,n n,", 3), ("specimens", "environment", "other", 0),
            ("specimens", "specimen,", "specimens,", 1), ("targets", "Some RNA", "", 2),
        ])
    func refused(_ file: String, _ what: String, _ other: String, _ line: Int) throws {
        func read(_ spoil: Bool) throws -> CodeTables {
            try CodeTables { (name) throws(CodeFault) in
                let text = Self.sound[name] ?? ""
                return spoil && name == file ? text.replacing(what, with: other) : text
            }
        }
        _ = try read(false)
        #expect {
            _ = try read(true)
        } throws: { ($0 as? CodeFault)?.line == line }
    }

    private func message(
        _ targets: [String], _ testing: Report.Testing, _ outcome: Outcome = .notDetected
    ) throws -> XMLElement {
        let report = try ReportSamples.report(
            testing: testing, outcome: outcome,
            method: Report.Method(assay: "A", kit: "K", targets: targets))
        return try XMLReader.read(try MessageWriter().write(report))
    }

    @Test("REP-19: a test for several pathogens is ordered as a panel, with a result for each")
    func panel() throws {
        let four = ["N", "Flu A", "Flu B", "RSV"]
        let mixed = try message(four, .mixedTube(people: 10))
        #expect(mixed.texts("OBR.4/CE.1") == ["95941-1"])
        #expect(
            mixed.texts("OBX.3/CE.1") == ["94500-6", "92142-9", "92141-1", "92131-2"])
        let single = try message(
            four,
            .alone([
                Report.TargetReading(name: "N", cq: nil, call: .notDetected),
                Report.TargetReading(name: "Flu A", cq: Cq(24), call: .detected),
            ]), .detected)
        #expect(single.texts("OBX.3/CE.1") == ["94533-7", "92142-9"])
        #expect(single.texts("OBX.5/CWE.1") == ["260415000", "260373001"])
    }

    @Test("REP-19: one pathogen is ordered by its own code, whichever it is")
    func single() throws {
        let mpox = try message(
            ["MPXV"], .alone([Report.TargetReading(name: "MPXV", cq: nil, call: .notDetected)]))
        #expect(mpox.texts("OBR.4/CE.1") == ["100383-9"])
        #expect(mpox.texts("OBX.3/CE.1") == ["100383-9"])
        let cdc = try message(["2019-nCoV_N1", "2019-nCoV_N2"], .mixedTube(people: 5))
        #expect(cdc.texts("OBR.4/CE.1") == ["94500-6"])
    }

    @Test(
        "REP-19: a test for which no order has a code is held",
        arguments: [["Something"], ["N", "MPXV"]])
    func held(_ targets: [String]) throws {
        let report = try ReportSamples.report(
            method: Report.Method(assay: "A", kit: "K", targets: targets))
        #expect(throws: MessageFaults.withoutCode) { try MessageWriter().write(report) }
        #expect(throws: MessageFaults.withoutCode) {
            try BundleWriter().write(.person(report), as: .json)
        }
    }
}
